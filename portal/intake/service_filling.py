"""Finding the forms of a client, opening one, and looking over what is missing."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from uuid import UUID

from portal.access.actor import ClientAccess, Sight
from portal.access.subjects import Subject
from portal.audit.looks import kind_of_look, record_look
from portal.audit.service import record_change
from portal.database import Work
from portal.errors import NotFound, NotPermitted
from portal.intake import changes, queries, words
from portal.intake.facts import facts_for
from portal.intake.forms_cache import form_of, forms_of
from portal.intake.presenting import assignment_view, progress_of, sheet_view
from portal.intake.queries import FROZEN, OPEN, SIGNED, Found
from portal.intake.remarks import remarks_on
from portal.intake.rules_progress import missing_answers
from portal.intake.rules_signing import is_asked_to_sign
from portal.intake.rules_visibility import items_that_apply
from portal.intake.sealing import SheetAnswers
from portal.intake.views import AssignmentView, MissingItem, Progress, Review, SheetView
from portal.kit.clock import today_in
from portal.models import AssignmentStatus, Permission

_NONE = Progress(0, 0)


async def list_assignments(work: Work, access: ClientAccess) -> list[AssignmentView]:
    """List the forms of one client: what is open first, by the day it is due, then what was sent. ≤ 3 statements."""
    require_sight(access)
    found = await queries.list_sheets(work, [access.client_id], only_open=False)
    if access.permission is Sight.SIGNED_FORMS:
        found = [row for row in found if row.status in SIGNED]
    account_id = access.eyes
    rows = _in_sight([row for row in found if is_in_reach(access.only_assignments, row.assignment_id)], account_id)
    progress = await _progress(work, rows) if access.viewing is None else {}
    views = [
        assignment_view(
            signers[0],
            access.client_name,
            access.today,
            progress.get(assignment_id, _NONE),
            can_sign=is_asked_to_sign(access.standing, access.contact_id, named_signers(signers)),
            still_signs=still_signs(signers, account_id),
        )
        for assignment_id, signers in _by_sheet(rows).items()
    ]
    return [view for view in views if view.open] + sorted(
        (view for view in views if not view.open), key=lambda view: view.submitted_at, reverse=True
    )


async def list_todos(
    work: Work, subjects: Sequence[Subject], *, account_id: UUID, with_progress: bool = True
) -> list[AssignmentView]:
    """List the open forms of everybody whose forms a person may fill in, what is due first on top. ≤ 3 statements.

    `subjects` come from the gate. `can_sign` is left out of account here: it is decided on the form itself. Progress is
    worked out from answers that staff may not read yet, so it is left out where they view as somebody.
    """
    reached = {subject.client_id: subject for subject in subjects if subject.may(Permission.FORMS)}
    if not reached:
        return []
    found = await queries.list_sheets(work, reached, only_open=True)
    rows = _in_sight(
        [row for row in found if is_in_reach(reached[row.client_id].only_assignments, row.assignment_id)], account_id
    )
    progress = await _progress(work, rows) if with_progress else {}
    return [
        assignment_view(
            signers[0],
            reached[signers[0].client_id].name,
            _today(reached[signers[0].client_id], work),
            progress.get(assignment_id, _NONE),
            can_sign=True,
            still_signs=still_signs(signers, account_id),
        )
        for assignment_id, signers in _by_sheet(rows).items()
        if signers[0].status in OPEN or still_signs(signers, account_id)
    ]


async def open_sheet(work: Work, access: ClientAccess, *, assignment_id: UUID) -> SheetView:
    """Open one sheet of this client, with all answers. 2 statements; one more for a form new to this process.

    Raises NotFound for a sheet that is not this client's, out of reach, revoked or expired.
    """
    rows = await find_readable(work, access, assignment_id)
    row = rows[0]
    form = await form_of(work, row.version_id, row.form_sha256)
    stored = await queries.standing_answers(work, assignment_id)
    answers = SheetAnswers(form, work.ring, stored, await facts_for(work, access, form))
    return sheet_view(
        access,
        row,
        form,
        answers,
        {path: found.answer_revision for path, found in stored.items()},
        may_sign=is_asked_to_sign(access.standing, access.contact_id, named_signers(rows)),
        remarks=await remarks_on(work, row),
    )


async def mark_seen(work: Work, access: ClientAccess, *, assignment_id: UUID) -> bool:
    """Note that a sheet was opened for the first time; False when it was before. In a writing unit.

    Raises NotFound like `open_sheet`.
    """
    row = (await find_readable(work, access, assignment_id))[0]
    if row.status is not AssignmentStatus.SENT or not await changes.note_seen(work, access, assignment_id):
        return False
    work.tell(f"forms:{access.organization_id}")
    await record_change(
        work,
        organization_id=access.organization_id,
        actor=access.actor,
        action="form.seen",
        client_id=access.client_id,
        object_id=assignment_id,
    )
    return True


async def note_look(work: Work, access: ClientAccess, *, assignment_id: UUID) -> None:
    """Log a look at a client's sheet outside of its page, such as at a file in it; pages are logged by the door."""
    if kind := kind_of_look(access, "answers"):
        await record_look(work, access, kind=kind, object_id=assignment_id)


async def review_sheet(work: Work, access: ClientAccess, *, assignment_id: UUID) -> Review:
    """Say what is still missing before a sheet can be signed."""
    row = (await find_readable(work, access, assignment_id))[0]
    form = await form_of(work, row.version_id, row.form_sha256)
    stored = await queries.standing_answers(work, assignment_id)
    answers = SheetAnswers(form, work.ring, stored, await facts_for(work, access, form))
    apply = items_that_apply(answers.form, answers)
    return Review(str(assignment_id), missing_items(apply, answers), progress_of(apply, answers))


def missing_items(apply: Sequence[bool], answers: SheetAnswers) -> list[MissingItem]:
    """Return what keeps a sheet from being signed."""
    return [
        MissingItem(missing.item.path, missing.item.page, missing.item.label, missing.sentence)
        for missing in missing_answers(answers.form, apply, answers)
    ]


def require_forms(access: ClientAccess) -> None:
    """Refuse proof of access that was made for something else than forms."""
    if access.permission is not Permission.FORMS:
        raise NotPermitted(words.NOT_FOR_FORMS)


def require_sight(access: ClientAccess) -> None:
    """Refuse proof of access that was made for something else than forms, or the signed ones."""
    if access.permission is not Sight.SIGNED_FORMS:
        require_forms(access)


def is_in_reach(only_assignments: frozenset[UUID] | None, assignment_id: UUID) -> bool:
    """Whether a form is among those that somebody may see at all."""
    return only_assignments is None or assignment_id in only_assignments


async def find_readable(
    work: Work, access: ClientAccess, assignment_id: UUID, *, lock: bool = False
) -> Sequence[Found]:
    """Return the rows of a sheet that is open or signed, one per named signer. Raises NotFound.

    An archived client reaches what was signed, and nothing else.
    Staff read what was sent, not what is being written: who views as somebody else gets NotPermitted while it is open.
    """
    require_sight(access)
    if not is_in_reach(access.only_assignments, assignment_id):
        raise NotFound
    rows = await queries.find_sheet(work, access, assignment_id, lock=lock)
    in_sight = SIGNED if access.permission is Sight.SIGNED_FORMS else (*OPEN, *FROZEN)
    if not rows or rows[0].status not in in_sight:
        raise NotFound
    if access.viewing is not None and rows[0].status not in SIGNED:
        raise NotPermitted(words.VIEWED_WHILE_OPEN)
    return rows


def named_signers(rows: Sequence[Found]) -> list[UUID | None]:
    """Return who is asked to sign: contact ids, None for the client; empty when anyone with access may."""
    return [row.signer_contact_id for row in rows if row.signer_id is not None]


def _in_sight(rows: Sequence[Found], account_id: UUID) -> list[Found]:
    """Leave out the forms that only their signers may see, for everybody else."""
    mine = {row.assignment_id for row in rows if row.signer_account_id == account_id}
    return [row for row in rows if not row.only_signers or row.assignment_id in mine]


def still_signs(rows: Sequence[Found], account_id: UUID) -> bool:
    """Whether a sheet that others signed waits for this person's signature too."""
    is_signing = rows[0].status is AssignmentStatus.SIGNING
    return is_signing and any(row.signer_account_id == account_id and not row.signer_has_signed for row in rows)


def _by_sheet(rows: Iterable[Found]) -> dict[UUID, list[Found]]:
    found: dict[UUID, list[Found]] = {}
    for row in rows:
        found.setdefault(row.assignment_id, []).append(row)
    return found


def _today(subject: Subject, work: Work) -> date:
    return today_in(subject.zone, work.now)


async def _progress(work: Work, rows: Sequence[Found]) -> Mapping[UUID, Progress]:
    """Return how far each open sheet is."""
    sheets = {row.assignment_id: row for row in rows if row.status in OPEN}
    if not sheets:
        return {}
    forms = await forms_of(work, {row.version_id: row.form_sha256 for row in sheets.values()})
    stored = await queries.answers_of_many(work, sheets)
    found = {}
    for assignment_id, row in sheets.items():
        form = forms[row.version_id]
        answers = SheetAnswers(form, work.ring, stored.get(assignment_id, {}))
        found[assignment_id] = progress_of(items_that_apply(answers.form, answers), answers)
    return found
