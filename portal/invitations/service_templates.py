"""Messages for invitations that a practice keeps."""

from uuid import UUID

from portal.access.actor import PracticeAccess, StaffTask
from portal.audit.service import record_change
from portal.clients.queries import require
from portal.database import Work
from portal.errors import Conflict, Invalid, NotFound
from portal.invitations import queries, words
from portal.invitations.rules import check_message
from portal.invitations.views import MessageTemplate
from portal.kit.text import fold, is_printable, tidy
from portal.models import InvitationTemplate
from portal.settings.queries import lock_practice

_MOST = 100


async def list_templates(work: Work, access: PracticeAccess) -> list[MessageTemplate]:
    """List the practice's messages by name; the first one is ours, has no id and cannot be changed."""
    require(access, StaffTask.EDIT_CLIENTS)
    kept = await queries.list_templates(work, access.organization_id)
    ours = MessageTemplate("", words.DEFAULT_NAME, words.DEFAULT_MESSAGE)
    return [ours, *(MessageTemplate(str(row.id), row.name, row.body) for row in kept)]


async def save_template(
    work: Work, access: PracticeAccess, *, name: str, body: str, template_id: UUID | None = None
) -> MessageTemplate:
    """Keep a message under a name; with an id, change that one. Raises Invalid, Conflict for a name that is taken."""
    require(access, StaffTask.EDIT_CLIENTS)
    title, text = _check_name(name), check_message(body)
    await lock_practice(work, access.organization_id)
    kept = {row.id: row for row in await queries.list_templates(work, access.organization_id)}
    if template_id is not None and template_id not in kept:
        raise NotFound
    if any(fold(row.name) == fold(title) and row.id != template_id for row in kept.values()):
        raise Conflict(words.TEMPLATE_NAME_TAKEN)
    if template_id is None and len(kept) >= _MOST:
        raise Conflict(words.TOO_MANY_TEMPLATES)
    row = kept[template_id] if template_id else _new(access)
    row.name, row.body, row.changed_at, row.changed_by = title, text, work.now, access.actor.account_id
    work.add(row)
    await work.flush()
    await _record(work, access, "invitation.template_saved", row.id)
    return MessageTemplate(str(row.id), title, text)


async def delete_template(work: Work, access: PracticeAccess, *, template_id: UUID) -> None:
    """Delete a message; raises NotFound for one that is not the practice's."""
    require(access, StaffTask.EDIT_CLIENTS)
    kept = await queries.list_templates(work, access.organization_id)
    row = next((row for row in kept if row.id == template_id), None)
    if row is None:
        raise NotFound
    await work.delete(row)
    await work.flush()
    await _record(work, access, "invitation.template_deleted", template_id)


def _new(access: PracticeAccess) -> InvitationTemplate:
    return InvitationTemplate(organization_id=access.organization_id, name="", body="", changed_at=access.now)


def _check_name(text: str) -> str:
    name = tidy(text)
    if not name or not is_printable(name):
        raise Invalid(words.TEMPLATE_NAME_MISSING)
    if len(name) > 80:
        raise Invalid(words.TEMPLATE_NAME_LONG)
    return name


async def _record(work: Work, access: PracticeAccess, action: str, template_id: UUID) -> None:
    await record_change(
        work, organization_id=access.organization_id, actor=access.actor, action=action, object_id=template_id
    )
