"""The forms of a practice, for those who send them: the list, new ones, copies, and what is no longer used."""

from dataclasses import dataclass
from uuid import UUID

from portal.access.actor import PracticeAccess, StaffTask
from portal.audit.service import record_change
from portal.database import Work
from portal.errors import Conflict, Invalid, NotFound, NotPermitted
from portal.intake import words as intake_words
from portal.intake.building import queries, words
from portal.intake.building.documents import write
from portal.intake.building.rules_building import new_document
from portal.intake.building.rules_form import set_title
from portal.intake.fhir.reading import parse_questionnaire
from portal.intake.presenting import moment_text
from portal.intake.queries import Found
from portal.intake.service_forms import import_questionnaire
from portal.intake.views import ImportReport
from portal.models import Form, FormDraft


@dataclass(frozen=True)
class FormRow:
    """A form of the practice. `number` is 0 while it was never published; `waiting` sheets are still to be signed."""

    id: str
    title: str
    number: int
    published_at: str
    has_draft: bool
    edited_at: str
    edited_by: str
    is_archived: bool
    waiting: int


def require_sending(access: PracticeAccess) -> None:
    """Refuse proof of access that was made for something else than sending forms."""
    if access.task is not StaffTask.SEND_FORMS:
        raise NotPermitted(intake_words.NOT_FOR_FORMS)


async def list_library(
    work: Work, access: PracticeAccess, *, looked_for: str = "", archived: bool = False
) -> list[FormRow]:
    """List the forms of the practice, those in use or those that are archived. One statement."""
    require_sending(access)
    found = await queries.list_all(work, access, looked_for=looked_for, archived=archived)
    return [_row(one) for one in found]


def _row(one: Found) -> FormRow:
    return FormRow(
        id=str(one.id),
        title=one.title,
        number=one.number or 0,
        published_at=moment_text(one.published_at),
        has_draft=one.revision is not None,
        edited_at=moment_text(one.edited_at),
        edited_by=one.edited_by or "",
        is_archived=one.archived_at is not None,
        waiting=one.waiting,
    )


async def create_form(work: Work, access: PracticeAccess, *, title: str) -> UUID:
    """Begin a form; returns its id. Raises Invalid without a title."""
    require_sending(access)
    name = " ".join(title.split())[:200]
    if not name:
        raise Invalid(words.NAME_IT)
    return await _begin(work, access, name, write(new_document(name)), "form.created")


async def duplicate_form(work: Work, access: PracticeAccess, *, form_id: UUID) -> UUID:
    """Begin a form as a copy of another one: of its draft, else of its newest version; returns the new id."""
    require_sending(access)
    found = await _find(work, access, form_id)
    name = words.COPY_OF.format(title=found.title)[:200]
    document = set_title(parse_questionnaire(found.draft or found.questionnaire), name)
    for mark in ("url", "version"):  # a copy is another form, so it has neither the address nor the number of the first
        document.pop(mark, None)
    return await _begin(work, access, name, write(document), "form.duplicated", source=str(form_id))


async def _begin(work: Work, access: PracticeAccess, title: str, text: str, action: str, **detail: str) -> UUID:
    form = Form(organization_id=access.organization_id, title=title, created_at=work.now)
    form_id: UUID = form.id
    work.add(form)
    await work.flush()
    work.add(
        FormDraft(
            organization_id=access.organization_id,
            form_id=form_id,
            questionnaire=text,
            edited_at=work.now,
            edited_by=access.actor.account_id,
        )
    )
    await work.flush()
    await _tell(work, access, action, form_id, **detail)
    return form_id


async def import_form(work: Work, access: PracticeAccess, *, text: str) -> ImportReport:
    """Bring in a FHIR Questionnaire as it stands, and name what is not acted upon. Raises Invalid, naming why not."""
    require_sending(access)
    report = await import_questionnaire(
        work, organization_id=access.organization_id, actor=access.actor, raw=text.encode()
    )
    work.tell(f"forms:{access.organization_id}")
    return report


async def export_form(work: Work, access: PracticeAccess, *, form_id: UUID) -> tuple[str, str]:
    """Return the title and the JSON of a form: its newest version as it was published, else its draft."""
    require_sending(access)
    found = await _find(work, access, form_id)
    return str(found.title), str(found.questionnaire or found.draft)


async def archive_form(work: Work, access: PracticeAccess, *, form_id: UUID) -> None:
    """Take a form out of use. Sheets that were sent go on as they are."""
    require_sending(access)
    await _find(work, access, form_id)
    if not await queries.set_archived(work, access, form_id, work.now):
        raise Conflict(words.ARCHIVED)
    await _tell(work, access, "form.archived", form_id)


async def restore_form(work: Work, access: PracticeAccess, *, form_id: UUID) -> None:
    """Put a form back into use."""
    require_sending(access)
    await _find(work, access, form_id)
    if await queries.set_archived(work, access, form_id, None):
        await _tell(work, access, "form.restored", form_id)


async def _find(work: Work, access: PracticeAccess, form_id: UUID) -> Found:
    found = await queries.find_form(work, access, form_id)
    if found is None:
        raise NotFound
    return found


async def _tell(work: Work, access: PracticeAccess, action: str, form_id: UUID, **detail: str) -> None:
    work.tell(f"forms:{access.organization_id}")
    await record_change(
        work,
        organization_id=access.organization_id,
        actor=access.actor,
        action=action,
        object_id=form_id,
        detail=detail,
    )
