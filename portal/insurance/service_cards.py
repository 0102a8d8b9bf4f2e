"""Photos of insurance cards: who may add one, and who may read one."""

from contextlib import suppress
from uuid import UUID

from sqlmodel import select

from portal.access.actor import ClientAccess, PracticeAccess, StaffTask
from portal.access.gate import open_client, open_practice
from portal.audit.looks import kind_of_look, record_look
from portal.audit.service import record_access
from portal.database import Work
from portal.errors import Invalid, NotFound, NotPermitted
from portal.files.rules import IMAGES
from portal.files.service import PreparedFile, add_file, require_room
from portal.insurance import words
from portal.insurance.service import require_insurance, require_review
from portal.models import FileOwner, Organization, Permission, StoredFile

_LOOK = "insurance"


async def require_card_room(work: Work, access: ClientAccess | PracticeAccess) -> UUID:
    """Return the client whose card a photo is to be of. Raises TooMany in a hurry."""
    client_id = require_review(access) if isinstance(access, PracticeAccess) else require_insurance(access)
    await require_room(work, access)
    return client_id


async def add_card(work: Work, access: ClientAccess | PracticeAccess, *, prepared: PreparedFile) -> StoredFile:
    """Note a photo that waits to be referred to. Raises Invalid for anything but a picture."""
    client_id = await require_card_room(work, access)
    if prepared.content_type not in IMAGES:
        raise Invalid(words.ONLY_PHOTOS)
    return await add_file(work, access, owner=FileOwner.INSURANCE, owner_id=client_id, prepared=prepared)


async def open_card(work: Work, session_hash: str, file: StoredFile) -> None:
    """Let somebody see a photo of a card, and write down that they looked. Raises SignedOut, NotFound.

    Until something refers to it only who added it sees it.
    """
    with suppress(NotFound, NotPermitted):
        access = await open_client(work, session_hash, file.client_id, Permission.INSURANCE)
        _require_kept(file, access)
        if kind := kind_of_look(access, _LOOK):
            await record_look(work, access, kind=kind)
        return
    try:
        await _open_for_staff(work, session_hash, file)
    except NotPermitted:
        raise NotFound from None


async def _open_for_staff(work: Work, session_hash: str, file: StoredFile) -> None:
    practice = (await work.exec(select(Organization.slug).where(Organization.id == file.organization_id))).one()
    task = StaffTask.INSURANCE_REVIEW
    staff = await open_practice(work, session_hash, task, practice=practice, client_id=file.client_id)
    _require_kept(file, staff)
    await record_access(work, staff, client_id=file.client_id, kind=_LOOK)


def _require_kept(file: StoredFile, access: ClientAccess | PracticeAccess) -> None:
    if file.kept_at is None and file.uploaded_by != access.actor.account_id:
        raise NotFound
