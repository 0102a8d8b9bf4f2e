"""Signing a sheet: checked once more on the server, frozen, hashed, and sent on its way, all in one transaction."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from portal.access.actor import ClientAccess, Standing
from portal.audit.service import record_change
from portal.database import Work
from portal.errors import Conflict, Invalid, NotPermitted
from portal.intake import changes, queries, words
from portal.intake.facts import facts_for
from portal.intake.fhir.canonical import canonical_json, fingerprint
from portal.intake.fhir.form import Form
from portal.intake.fhir.response import About, build_response
from portal.intake.forms_cache import form_of
from portal.intake.presenting import moment_text
from portal.intake.queries import OPEN, Found
from portal.intake.rules_all_sign import is_fully_signed
from portal.intake.rules_drawing import check_drawing
from portal.intake.rules_progress import count_answered, missing_answers
from portal.intake.rules_signing import capacity_of, check_typed_name, is_asked_to_sign
from portal.intake.rules_visibility import items_that_apply
from portal.intake.sealing import SheetAnswers, open_signature, seal_document, seal_signature
from portal.intake.service_filling import find_readable, named_signers
from portal.intake.views import Submitted
from portal.kit.ids import new_id
from portal.models import AssignmentStatus, FormResponse, FormSignature
from portal.notifications.outbox import enqueue_mail


@dataclass(frozen=True, slots=True)
class _Frozen:
    """A sheet as it is signed: canonical JSON and its fingerprint."""

    document: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Hand:
    """What somebody signs with: the name they typed, and the path of what they drew, "" for nothing."""

    name: str
    drawing: str


async def sign_and_submit(
    work: Work, access: ClientAccess, *, assignment_id: UUID, typed_name: str, agreed: bool, drawing: str = ""
) -> Submitted:
    """Sign a sheet and send it. Who signs, and as what, comes from `access` alone; the name has to be typed.

    A signature may be drawn as well. Signing twice (a lost reply) returns the first signature. Raises NotFound for a
    sheet out of reach, Conflict when somebody else signed it, NotPermitted when somebody else is asked to sign, Invalid
    when something is missing.
    """
    rows = await find_readable(work, access, assignment_id, lock=True)
    row = rows[0]
    if row.status is AssignmentStatus.SIGNING:
        return await _sign_below(work, access, rows, _hand(access, typed_name, drawing, agreed=agreed))
    if row.status not in OPEN:
        return await _signed_before(work, access, row)
    if not is_asked_to_sign(access.standing, access.contact_id, named_signers(rows)):
        raise NotPermitted(words.SIGNED_BY_OTHERS)
    hand = _hand(access, typed_name, drawing, agreed=agreed)
    form = await form_of(work, row.version_id, row.form_sha256)
    frozen = await _freeze(work, access, row, form)
    signed_by = access.contact_id if access.standing is Standing.CONTACT else None
    is_done = is_fully_signed(row.signer_rule, named_signers(rows), {signed_by})
    if not await changes.close_sheet(work, assignment_id, work.now, is_done=is_done):
        raise Conflict(words.CLOSED)
    response_id = await _keep(work, access, assignment_id, frozen, hand)
    await _tell(work, access, assignment_id, response_id, frozen.sha256, is_done=is_done)
    return Submitted(str(assignment_id), row.title, moment_text(work.now), capacity_of(access), frozen.sha256)


async def _sign_below(work: Work, access: ClientAccess, rows: Sequence[Found], hand: Hand) -> Submitted:
    """Sign what others signed already: the same frozen answers, so that all signed the same."""
    row, mine = rows[0], access.contact_id if access.standing is Standing.CONTACT else None
    if any(one.signer_contact_id == mine and one.signer_has_signed for one in rows):
        return await _signed_before(work, access, row)
    if not is_asked_to_sign(access.standing, access.contact_id, named_signers(rows)):
        raise Conflict(words.CLOSED)
    newest = await queries.newest_response(work, row.assignment_id)
    signed = {one.signer_contact_id for one in rows if one.signer_has_signed} | {mine}
    is_done = is_fully_signed(row.signer_rule, named_signers(rows), signed)
    await _put_signature(work, access, row.assignment_id, newest.id, newest.sha256, hand)
    if is_done and not await changes.finish_signing(work, row.assignment_id, work.now):
        raise Conflict(words.CLOSED)
    await _tell(work, access, row.assignment_id, newest.id, newest.sha256, is_done=is_done)
    return Submitted(str(row.assignment_id), row.title, moment_text(work.now), capacity_of(access), newest.sha256)


async def _signed_before(work: Work, access: ClientAccess, row: Found) -> Submitted:
    mine = await queries.signature_by(work, row.assignment_id, access.actor.account_id)
    if mine is None:
        raise Conflict(words.CLOSED)
    capacity = open_signature(work.ring, mine.id, "capacity", mine.capacity)
    return Submitted(str(row.assignment_id), row.title, moment_text(mine.signed_at), capacity, mine.sha256)


def _hand(access: ClientAccess, typed_name: object, drawing: str, *, agreed: object) -> Hand:
    if not isinstance(typed_name, str):
        raise Invalid(words.TYPE_NAME)
    is_client = access.standing is Standing.CLIENT
    name = check_typed_name(typed_name, access.actor.name, access.client_name, is_client=is_client)
    if agreed is not True:
        raise Invalid(words.PLEASE_CONFIRM)
    return Hand(name, check_drawing(drawing))


async def _freeze(work: Work, access: ClientAccess, row: Found, form: Form) -> _Frozen:
    """Check that nothing is missing and write the answers that apply as one document."""
    stored = await queries.standing_answers(work, row.assignment_id)
    answers = SheetAnswers(form, work.ring, stored, await facts_for(work, access, form))
    form = answers.form
    apply = items_that_apply(form, answers)
    if missing_answers(form, apply, answers):
        raise Invalid(words.STILL_MISSING)
    done, total = count_answered(form, apply, answers.answered)
    if total and not done:
        raise Invalid(words.NOTHING_ANSWERED)
    document = canonical_json(build_response(form, apply, answers, _about(access, row, form)))
    return _Frozen(document, fingerprint(document))


def _about(access: ClientAccess, row: Found, form: Form) -> About:
    canonical = "|".join(part for part in (form.url, form.version) if part) if form.url else ""
    client = f"Patient/{access.client_id}"
    return About(
        questionnaire=canonical or f"urn:uuid:{row.version_id}",
        subject=client,
        subject_name=access.client_name,
        author=client if access.standing is Standing.CLIENT else f"RelatedPerson/{access.contact_id}",
        author_name=access.actor.name,
        authored=access.now,
    )


async def _keep(work: Work, access: ClientAccess, assignment_id: UUID, frozen: _Frozen, hand: Hand) -> UUID:
    """Store the frozen sheet and the signature under it."""
    response = FormResponse(
        id=(response_id := new_id()),
        organization_id=access.organization_id,
        assignment_id=assignment_id,
        number=await queries.last_number(work, assignment_id) + 1,
        document=seal_document(work.ring, response_id, frozen.document),
        sha256=frozen.sha256,
        frozen_at=work.now,
        frozen_by=access.actor.account_id,
    )
    work.add(response)
    await work.flush()
    await _put_signature(work, access, assignment_id, response_id, frozen.sha256, hand)
    return response_id


async def _put_signature(
    work: Work, access: ClientAccess, assignment_id: UUID, response_id: UUID, sha256: str, hand: Hand
) -> None:
    names = canonical_json({"signer": access.actor.name, "typed": hand.name})
    signature = FormSignature(
        id=(signature_id := new_id()),
        organization_id=access.organization_id,
        assignment_id=assignment_id,
        response_id=response_id,
        account_id=access.actor.account_id,
        contact_id=access.contact_id if access.standing is Standing.CONTACT else None,
        name=seal_signature(work.ring, signature_id, "name", names),
        capacity=seal_signature(work.ring, signature_id, "capacity", capacity_of(access)),
        drawing=seal_signature(work.ring, signature_id, "drawing", hand.drawing) if hand.drawing else None,
        sha256=sha256,
        signed_at=work.now,
    )
    work.add(signature)
    await work.flush()


async def _tell(
    work: Work, access: ClientAccess, assignment_id: UUID, response_id: UUID, sha256: str, *, is_done: bool
) -> None:
    """Let open tabs, the client's therapists and the audit chain know. Nothing of the answers goes with it."""
    work.tell(f"forms:{access.organization_id}")
    work.tell(f"client:{access.client_id}")
    for therapist in await queries.therapists_of(work, access) if is_done else ():
        await enqueue_mail(
            work,
            kind="form_submitted",
            to_address=therapist.email,
            account_id=therapist.account_id,
            organization_id=access.organization_id,
            context={},
            dedupe_key=f"form_submitted:{response_id}:{therapist.id}",
        )
    await record_change(
        work,
        organization_id=access.organization_id,
        actor=access.actor,
        action="form.submitted" if is_done else "form.signed",
        client_id=access.client_id,
        object_id=assignment_id,
        detail={"response": str(response_id), "sha256": sha256},
    )
