"""Files that people attach: taken in, kept as sealed bytes beside the database, and given out again.

Taking in has three steps, because storage may not be reached while a unit of work is open: `prepare_file` (in a
thread), `store_file`, and `add_file` in a unit. A crash between the last two leaves bytes without a row: nothing
names them, and without the row's id they cannot be opened.
"""

import asyncio
import hashlib
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from portal.access.actor import ClientAccess, PracticeAccess
from portal.database import Work
from portal.errors import NotFound, TooMany
from portal.files import queries, words
from portal.files.images import rewrite_image
from portal.files.rules import IMAGES, kept_name, type_by_content
from portal.integrations.ports import Storage
from portal.kit.crypto import KeyRing, open_sealed, open_sealed_bytes, seal, seal_bytes
from portal.kit.ids import new_id
from portal.models import FileOwner, StoredFile

_MOST_IN_A_WHILE = 60
_WHILE = timedelta(minutes=10)
_UNCLAIMED = timedelta(days=1)
_AT_ONCE = asyncio.Semaphore(2)
"""Pictures that are opened at the same time: each may need as much memory as its pixels."""


Access = ClientAccess | PracticeAccess


@dataclass(frozen=True, slots=True)
class PreparedFile:
    """A file that was checked, cleaned and sealed, and waits to be kept."""

    id: UUID
    name: str
    content_type: str
    size: int
    sha256: str
    sealed: bytes


async def prepare_file(ring: KeyRing, content: bytes, name: str) -> PreparedFile:
    """Check a file by its contents and write a picture anew. Raises Invalid. Never inside a unit of work."""
    async with _AT_ONCE:
        return await asyncio.to_thread(_prepare, ring, content, name)


def _prepare(ring: KeyRing, content: bytes, name: str) -> PreparedFile:
    content_type = type_by_content(content, name)
    if content_type in IMAGES:
        content, content_type = rewrite_image(content, content_type)
    file_id = new_id()
    return PreparedFile(
        id=file_id,
        name=kept_name(name, content_type),
        content_type=content_type,
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        sealed=seal_bytes(ring, "stored_file", "content", file_id, content),
    )


async def store_file(storage: Storage, prepared: PreparedFile) -> None:
    """Put the sealed bytes in their place."""
    await storage.put(prepared.id.hex, prepared.sealed)


async def require_room(work: Work, access: Access) -> None:
    """Refuse a person who adds files faster than people do. Raises TooMany."""
    if await queries.count_since(work, access.actor.account_id, work.now - _WHILE) >= _MOST_IN_A_WHILE:
        raise TooMany(words.TOO_MANY)


async def add_file(
    work: Work, access: Access, *, owner: FileOwner, owner_id: UUID, prepared: PreparedFile
) -> StoredFile:
    """Note a file that belongs to something of this client; whoever calls has found that through `access`.

    Raises NotFound for staff whom the gate did not let through to one client.
    """
    if access.client_id is None:
        raise NotFound
    file = StoredFile(
        id=prepared.id,
        organization_id=access.organization_id,
        client_id=access.client_id,
        owner=owner,
        owner_id=owner_id,
        name=seal(work.ring, "stored_file", "name", prepared.id, prepared.name),
        content_type=prepared.content_type,
        size=prepared.size,
        sha256=prepared.sha256,
        uploaded_by=access.actor.account_id,
        created_at=work.now,
    )
    work.add(file)
    await work.flush()
    return file


async def keep_files(
    work: Work, access: Access, *, owner: FileOwner, owner_id: UUID, file_ids: list[UUID]
) -> list[StoredFile]:
    """Note that something refers to these files, so that they stay. Raises NotFound unless all are its own."""
    found = await queries.files_of(work, access, owner, owner_id, file_ids, lock=True)
    if set(found) != set(file_ids):
        raise NotFound
    for file in found.values():
        if file.kept_at is None:
            file.kept_at = work.now
            work.add(file)
    return [found[file_id] for file_id in file_ids]


def name_of(ring: KeyRing, file: StoredFile) -> str:
    """Return what a file is called."""
    return open_sealed(ring, "stored_file", "name", file.id, file.name)


async def read_content(storage: Storage, ring: KeyRing, file: StoredFile) -> bytes:
    """Return what is in a file. Raises FileNotFoundError. Never inside a unit of work."""
    sealed = await storage.get(file.id.hex)
    return await asyncio.to_thread(open_sealed_bytes, ring, "stored_file", "content", file.id, sealed)


async def forget_orphans(work: Work, most: int = 100) -> list[str]:
    """Forget files that nothing referred to within a day; returns their names, for the storage to remove after."""
    found = await queries.orphans(work, work.now - _UNCLAIMED, most)
    for file in found:
        await work.delete(file)
    return [file.id.hex for file in found]
