"""Signing a sheet: checked once more on the server, frozen, hashed, and sent on its way, all in one transaction."""

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
from portal.intake.rules_progress import count_answered, missing_answers
from portal.intake.rules_signing import capacity_of, check_typed_name, is_asked_to_sign
from portal.intake.rules_visibility import items_that_apply
from portal.intake.sealing import SheetAnswers, open_signature, seal_document, seal_signature
from portal.intake.service_filling import find_readable, named_signers
from portal.intake.views import Submitted
from portal.kit.ids import new_id
from portal.models import FormResponse, FormSignature
from portal.notifications.outbox import enqueue_mail


@dataclass(frozen=True, slots=True)
class _Frozen:
    """A sheet as it is signed: canonical JSON and its fingerprint."""

    document: str
    sha256: str


async def sign_and_submit(
    work: Work, access: ClientAccess, *, assignment_id: UUID, typed_name: str, agreed: bool
) -> Submitted:
    """Sign a sheet and send it. Who signs, and as what, comes from `access` alone; the name has to be typed.

    Signing twice (a lost reply) returns the first signature. Raises NotFound for a sheet out of reach, Conflict when
    somebody else signed it, NotPermitted when somebody else is asked to sign, Invalid when something is missing.
    """
    rows = await find_readable(work, access, assignment_id, lock=True)
    row = rows[0]
    if row.status not in OPEN:
        return await _signed_before(work, access, row)
    if not is_asked_to_sign(access.standing, access.contact_id, named_signers(rows)):
        raise NotPermitted(words.SIGNED_BY_OTHERS)
    name = _checked_name(access, typed_name, agreed=agreed)
    form = await form_of(work, row.version_id, row.form_sha256)
    frozen = await _freeze(work, access, row, form)
    if not await changes.close_sheet(work, assignment_id, work.now):
        raise Conflict(words.CLOSED)
    response_id = await _keep(work, access, assignment_id, frozen, name)
    await _tell(work, access, assignment_id, response_id, frozen)
    return Submitted(str(assignment_id), row.title, moment_text(work.now), capacity_of(access), frozen.sha256)


async def _signed_before(work: Work, access: ClientAccess, row: Found) -> Submitted:
    mine = await queries.signature_by(work, row.assignment_id, access.actor.account_id)
    if mine is None:
        raise Conflict(words.CLOSED)
    capacity = open_signature(work.ring, mine.id, "capacity", mine.capacity)
    return Submitted(str(row.assignment_id), row.title, moment_text(mine.signed_at), capacity, mine.sha256)


def _checked_name(access: ClientAccess, typed_name: object, *, agreed: object) -> str:
    if not isinstance(typed_name, str):
        raise Invalid(words.TYPE_NAME)
    is_client = access.standing is Standing.CLIENT
    name = check_typed_name(typed_name, access.actor.name, access.client_name, is_client=is_client)
    if agreed is not True:
        raise Invalid(words.PLEASE_CONFIRM)
    return name


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


async def _keep(work: Work, access: ClientAccess, assignment_id: UUID, frozen: _Frozen, name: str) -> UUID:
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
    names = canonical_json({"signer": access.actor.name, "typed": name})
    signature = FormSignature(
        id=(signature_id := new_id()),
        organization_id=access.organization_id,
        assignment_id=assignment_id,
        response_id=response_id,
        account_id=access.actor.account_id,
        contact_id=access.contact_id if access.standing is Standing.CONTACT else None,
        name=seal_signature(work.ring, signature_id, "name", names),
        capacity=seal_signature(work.ring, signature_id, "capacity", capacity_of(access)),
        sha256=frozen.sha256,
        signed_at=work.now,
    )
    work.add(signature)
    await work.flush()
    return response_id


async def _tell(work: Work, access: ClientAccess, assignment_id: UUID, response_id: UUID, frozen: _Frozen) -> None:
    """Let open tabs, the client's therapists and the audit chain know. Nothing of the answers goes with it."""
    work.tell(f"forms:{access.organization_id}")
    work.tell(f"client:{access.client_id}")
    for therapist in await queries.therapists_of(work, access):
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
        action="form.submitted",
        client_id=access.client_id,
        object_id=assignment_id,
        detail={"response": str(response_id), "sha256": frozen.sha256},
    )
