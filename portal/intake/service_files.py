"""Files of a form: who may add one, and who may read one. The form decides, as it does for its answers."""

from contextlib import suppress
from uuid import UUID

from portal.access.actor import ClientAccess, Scope, Sight, StaffTask
from portal.access.gate import open_client, open_practice
from portal.audit.service import record_access
from portal.database import Work
from portal.errors import Conflict, NotFound, NotPermitted
from portal.files.service import PreparedFile, add_file, require_room
from portal.intake import queries_staff, words
from portal.intake.queries import OPEN
from portal.intake.service_filling import find_readable, note_look
from portal.models import FileOwner, Permission, StoredFile


async def require_open_form(work: Work, access: ClientAccess, *, assignment_id: UUID) -> None:
    """Refuse a file for a form that takes none: NotFound out of reach, Conflict once signed, TooMany in a hurry."""
    row = (await find_readable(work, access, assignment_id))[0]
    if row.status not in OPEN:
        raise Conflict(words.CLOSED)
    await require_room(work, access)


async def add_form_file(work: Work, access: ClientAccess, *, assignment_id: UUID, prepared: PreparedFile) -> StoredFile:
    """Note a file that was added to a form. Raises like `require_open_form`."""
    await require_open_form(work, access, assignment_id=assignment_id)
    return await add_file(work, access, owner=FileOwner.FORM, owner_id=assignment_id, prepared=prepared)


async def open_form_file(work: Work, session_hash: str, file: StoredFile) -> None:
    """Let somebody read a file of a form, and write down that they looked. Raises SignedOut, NotFound.

    The client's side reads what belongs to a form within its reach; staff what was signed, if they may read answers.
    """
    for capability in (Permission.FORMS, Sight.SIGNED_FORMS):
        with suppress(NotFound, NotPermitted):
            access = await open_client(work, session_hash, file.client_id, capability)
            await find_readable(work, access, file.owner_id)
            await note_look(work, access, assignment_id=file.owner_id)
            return
    try:
        await _open_for_staff(work, session_hash, file)
    except NotPermitted:
        raise NotFound from None


async def _open_for_staff(work: Work, session_hash: str, file: StoredFile) -> None:
    practice = await queries_staff.practice_slug(work, file.organization_id)
    staff = await open_practice(work, session_hash, StaffTask.READ_ANSWERS, practice=practice, client_id=file.client_id)
    row = await queries_staff.find_submitted(work, staff, file.owner_id)
    if row is None or row.response_id is None or staff.scope is Scope.STATUS_ONLY:
        raise NotFound
    if file.kept_at is None or row.submitted_at is None or file.kept_at > row.submitted_at:
        raise NotFound
    await record_access(work, staff, client_id=file.client_id, kind="answers", object_id=file.owner_id)
