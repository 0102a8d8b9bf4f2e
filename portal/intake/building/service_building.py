"""Editing a form: the draft is kept after every edit, never over somebody else's, and published as the next version."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from portal.access.actor import PracticeAccess
from portal.audit.service import record_change
from portal.database import Work
from portal.errors import Conflict, Invalid, NotFound
from portal.intake.building import queries, words
from portal.intake.building.applying import apply_step
from portal.intake.building.documents import write
from portal.intake.building.rules_building import Document
from portal.intake.building.rules_checking import Hurdle, hurdles
from portal.intake.building.service_library import require_sending
from portal.intake.fhir.canonical import fingerprint
from portal.intake.fhir.compiling import title_of
from portal.intake.fhir.reading import parse_questionnaire
from portal.intake.presenting import moment_text
from portal.intake.queries import Found
from portal.models import FormVersion


@dataclass(frozen=True, slots=True)
class Draft:
    """A form as it is being edited. `revision` 0: nothing was changed since version `number` (0: never published)."""

    form_id: str
    title: str
    text: str
    revision: int
    number: int
    is_archived: bool
    edited_at: str
    edited_by: str

    @property
    def document(self) -> Document:
        """The Questionnaire itself."""
        return parse_questionnaire(self.text)


@dataclass(frozen=True)
class Version:
    """One published version of a form."""

    number: int
    published_at: str
    published_by: str


async def open_draft(work: Work, access: PracticeAccess, *, form_id: UUID) -> Draft:
    """Open a form for editing: its draft, else its newest version. One statement. Raises NotFound."""
    require_sending(access)
    found = await _find(work, access, form_id)
    return Draft(
        form_id=str(form_id),
        title=found.title,
        text=found.draft or found.questionnaire,
        revision=found.revision or 0,
        number=found.number or 0,
        is_archived=found.archived_at is not None,
        edited_at=moment_text(found.edited_at),
        edited_by=found.edited_by or "",
    )


async def list_versions(work: Work, access: PracticeAccess, *, form_id: UUID) -> list[Version]:
    """List the versions of a form, the newest first. One statement."""
    require_sending(access)
    return [
        Version(row.number, moment_text(row.published_at), row.published_by or "")
        for row in await queries.versions_of(work, access, form_id)
    ]


async def change_draft(work: Work, access: PracticeAccess, *, form_id: UUID, base: int, step: Any) -> tuple[Draft, str]:
    """Make one edit and keep it; returns the draft and the item to look at. `base` is the revision it was made on.

    Raises Conflict, with nothing changed, when somebody else was first; Invalid when the edit cannot be made.
    """
    draft = await _to_edit(work, access, form_id, base)
    document, path = apply_step(draft.document, step)
    return await _keep(work, access, draft, write(document)), path


async def put_draft(work: Work, access: PracticeAccess, *, form_id: UUID, base: int, text: str) -> Draft:
    """Let the form be what it was before (undo, redo). Raises Conflict when somebody else was first."""
    draft = await _to_edit(work, access, form_id, base)
    return await _keep(work, access, draft, write(parse_questionnaire(text)))


async def _to_edit(work: Work, access: PracticeAccess, form_id: UUID, base: int) -> Draft:
    draft = await open_draft(work, access, form_id=form_id)
    if draft.is_archived:
        raise Conflict(words.ARCHIVED)
    if draft.revision != base:
        raise _stale(access, draft)
    return draft


def _stale(access: PracticeAccess, draft: Draft) -> Conflict:
    if not draft.edited_by or draft.edited_by == access.actor.name:
        return Conflict(words.STALE_SELF)
    return Conflict(words.STALE.format(who=draft.edited_by))


async def _keep(work: Work, access: PracticeAccess, draft: Draft, text: str) -> Draft:
    form_id, title = UUID(draft.form_id), title_of(parse_questionnaire(text))
    values = {"questionnaire": text, "edited_at": work.now, "edited_by": access.actor.account_id}
    if draft.revision:
        kept = await queries.swap_draft(work, form_id, draft.revision, values)
    else:
        kept = await queries.insert_draft(work, access, form_id, values)
    if not kept:
        raise _stale(access, draft)
    if not draft.number and title != draft.title:
        await queries.rename(work, access, form_id, title)
    work.tell(f"form:{form_id}")
    return Draft(
        form_id=draft.form_id,
        title=title,
        text=text,
        revision=draft.revision + 1,
        number=draft.number,
        is_archived=False,
        edited_at=moment_text(work.now),
        edited_by=access.actor.name,
    )


async def find_hurdles(work: Work, access: PracticeAccess, *, form_id: UUID) -> list[Hurdle]:
    """Return what keeps a form from being published."""
    return hurdles((await open_draft(work, access, form_id=form_id)).document)


async def publish_draft(work: Work, access: PracticeAccess, *, form_id: UUID, base: int) -> int:
    """Publish a draft as the next version; returns its number. Sheets that were sent keep the version they have.

    Raises Invalid while something has to be put right, Conflict when somebody else was first.
    """
    draft = await _to_edit(work, access, form_id, base)
    if not draft.revision:
        raise Invalid(words.NOTHING_TO_PUBLISH)
    document = draft.document
    if hurdles(document):
        raise Invalid(words.NOT_PUBLISHED)
    text = write({**document, "status": "active"})
    if not await queries.drop_draft(work, form_id, base):
        raise _stale(access, draft)
    version = FormVersion(
        organization_id=access.organization_id,
        form_id=form_id,
        number=draft.number + 1,
        questionnaire=text,
        sha256=fingerprint(text),
        published_at=work.now,
        published_by=access.actor.account_id,
    )
    work.add(version)
    await work.flush()
    await queries.rename(work, access, form_id, title_of(document))
    work.tell(f"forms:{access.organization_id}")
    work.tell(f"form:{form_id}")
    await record_change(
        work,
        organization_id=access.organization_id,
        actor=access.actor,
        action="form.published",
        object_id=form_id,
        detail={"form_version": str(version.id), "sha256": version.sha256, "number": version.number},
    )
    return version.number


async def discard_draft(work: Work, access: PracticeAccess, *, form_id: UUID, base: int) -> None:
    """Give up a draft, so that the newest version stands again. Raises Invalid for a form that has no version."""
    draft = await _to_edit(work, access, form_id, base)
    if not draft.number:
        raise Invalid(words.NEVER_PUBLISHED)
    if draft.revision and not await queries.drop_draft(work, form_id, base):
        raise _stale(access, draft)
    work.tell(f"form:{form_id}")
    work.tell(f"forms:{access.organization_id}")


async def _find(work: Work, access: PracticeAccess, form_id: UUID) -> Found:
    found = await queries.find_form(work, access, form_id)
    if found is None:
        raise NotFound
    return found
