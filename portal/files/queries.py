"""Every SELECT on files."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import func
from sqlmodel import col, select

from portal.access.actor import ClientAccess, PracticeAccess
from portal.database import Work
from portal.models import FileOwner, StoredFile


async def files_of(
    work: Work,
    access: ClientAccess | PracticeAccess,
    owner: FileOwner,
    owner_id: UUID,
    file_ids: Iterable[UUID],
    *,
    lock: bool = False,
) -> dict[UUID, StoredFile]:
    """Return those of some files that belong to one object of this client, by id; `lock` holds them in this unit."""
    query = select(StoredFile).where(
        col(StoredFile.id).in_(list(file_ids)),
        StoredFile.organization_id == access.organization_id,
        StoredFile.client_id == access.client_id,
        StoredFile.owner == owner,
        StoredFile.owner_id == owner_id,
    )
    return {found.id: found for found in await work.exec(query.with_for_update() if lock else query)}


async def find_file(work: Work, file_id: UUID) -> StoredFile | None:
    """Return a file by its id; whoever asks has to be let through its owner's door before anything of it is shown."""
    return (await work.exec(select(StoredFile).where(StoredFile.id == file_id))).first()


async def count_since(work: Work, account_id: UUID, since: datetime) -> int:
    """Return how many files somebody added since a moment."""
    query = select(func.count()).where(StoredFile.uploaded_by == account_id, StoredFile.created_at >= since)
    return (await work.exec(query)).one()


async def orphans(work: Work, before: datetime, most: int) -> Sequence[StoredFile]:
    """Return files from before a moment that nothing refers to, held; one that is being kept just now is passed by."""
    query = (
        select(StoredFile)
        .where(col(StoredFile.kept_at).is_(None), StoredFile.created_at < before)
        .order_by(col(StoredFile.created_at))
        .limit(most)
        .with_for_update(skip_locked=True)
    )
    return (await work.exec(query)).all()
