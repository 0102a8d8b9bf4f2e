"""Sending a form about one client to those who are to fill it in."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from portal.access.actor import Actor, Person, PracticeAccess, StaffTask
from portal.access.facts import HeldGrant
from portal.access.gate import require_step_up
from portal.access.policies.standing import has_ended_with_age
from portal.audit.service import record_change
from portal.database import Work
from portal.errors import Invalid, NotFound, NotPermitted
from portal.intake import queries_staff, words
from portal.intake.building.rules_form import SignatureWish, signatures_of
from portal.intake.fhir.reading import parse_questionnaire
from portal.intake.handling.reminding import tell_people
from portal.kit.ids import new_id
from portal.models import AssignmentSigner, Basis, FormAssignment, Grant, Permission, SignerRule


@dataclass(frozen=True, slots=True)
class Signers:
    """Who is asked to sign: the client, and contacts of theirs by id; one of them or all, None: as the form says.

    `only`: nobody else on the client's side sees the form at all.
    """

    client: bool
    contacts: tuple[UUID, ...] = ()
    rule: SignerRule | None = None
    only: bool = False


async def send_form(
    work: Work,
    access: PracticeAccess,
    *,
    client_id: UUID,
    form_version_id: UUID,
    due_on: date | None = None,
    signers: Signers | None = None,
    packet: UUID | None = None,
) -> UUID:
    """Send a form about one client, and write to those who are asked; returns the assignment's id.

    Without `signers`, those sign whom the form asks for. Where it asks for nobody in particular, anyone with access to
    forms signs. A named contact without access to all forms gets it for this one, until it is signed; that is a grant,
    so StepUpNeeded is raised where whoever sends has not shown lately who they are. Raises NotFound for a client out of
    reach or a form that is not in use, Invalid for a day in the past and for signers who are not contacts.
    """
    found = await _find(work, access, client_id, form_version_id)
    if due_on is not None and due_on < access.today:
        raise Invalid(words.DUE_IN_THE_PAST)
    await _check_signers(work, client_id, signers)
    wish = signatures_of(parse_questionnaire(found.questionnaire))
    named = signers or await _whom_the_form_asks(work, access, found, wish)
    assignment_id = await assign_form(
        work,
        organization_id=access.organization_id,
        actor=access.actor,
        client_id=client_id,
        form_version_id=form_version_id,
        due_on=due_on,
        signer_rule=(named.rule if named else None) or wish.rule,
        only_signers=named is not None and named.only,
        needs_countersign=wish.countersign,
        packet=packet,
    )
    await _name_signers(work, access, client_id, assignment_id, named)
    await tell_people(work, access.organization_id, assignment_id, access.today, packet=packet)
    return assignment_id


async def _find(work: Work, access: PracticeAccess, client_id: UUID, form_version_id: UUID) -> Any:
    """Return the client and the form, both within reach."""
    if access.task is not StaffTask.SEND_FORMS:
        raise NotPermitted(words.NOT_FOR_FORMS)
    found = await queries_staff.find_client_and_version(work, access, client_id, form_version_id)
    if found is None:
        raise NotFound
    return found


async def _whom_the_form_asks(work: Work, access: PracticeAccess, found: Any, wish: SignatureWish) -> Signers | None:
    """Return who is to sign by the form's own wish, of those who have access; None where anyone of them may."""
    if wish.client and wish.contact and wish.rule is SignerRule.ANY:
        return None
    linked = await queries_staff.contacts_linked(work, found.id) if wish.contact else ()
    held = await queries_staff.grants_for_all_forms(work, found.id, linked) if linked else ()
    contacts = tuple(dict.fromkeys(row.contact_id for row in held if _covers(row, access.today)))
    client = wish.client and found.account_id is not None
    return Signers(client, contacts, wish.rule) if client or contacts else None


async def assign_form(
    work: Work,
    *,
    organization_id: UUID,
    actor: Actor,
    client_id: UUID,
    form_version_id: UUID,
    due_on: date | None = None,
    **more: Any,
) -> UUID:
    """Put a form on a client's list. Checks nothing but that all belongs to one practice: the database does that."""
    assignment_id = new_id()
    assignment = FormAssignment(
        id=assignment_id,
        organization_id=organization_id,
        client_id=client_id,
        form_version_id=form_version_id,
        due_on=due_on,
        sent_at=work.now,
        sent_by=actor.account_id if isinstance(actor, Person) else None,
        **more,
    )
    work.add(assignment)
    await work.flush()
    work.tell(f"client:{client_id}")
    work.tell(f"forms:{organization_id}")
    await record_change(
        work,
        organization_id=organization_id,
        actor=actor,
        action="form.sent",
        client_id=client_id,
        object_id=assignment_id,
        detail={"form_version": str(form_version_id)},
    )
    return assignment_id


async def _check_signers(work: Work, client_id: UUID, signers: Signers | None) -> None:
    if signers is None:
        return
    if not signers.client and not signers.contacts:
        raise Invalid(words.NO_SIGNER)
    wanted = set(signers.contacts)
    if wanted and await queries_staff.contacts_of(work, client_id, wanted) != wanted:
        raise Invalid(words.NO_SUCH_SIGNER)


async def _name_signers(
    work: Work, access: PracticeAccess, client_id: UUID, assignment_id: UUID, signers: Signers | None
) -> None:
    if signers is None:
        return
    contacts: Collection[UUID] = dict.fromkeys(signers.contacts)
    for contact_id in (*([None] if signers.client else []), *contacts):
        work.add(
            AssignmentSigner(organization_id=access.organization_id, assignment_id=assignment_id, contact_id=contact_id)
        )
    held = await queries_staff.grants_for_all_forms(work, client_id, contacts) if contacts else ()
    known = {row.contact_id for row in held if _covers(row, access.today)}
    if strangers := [contact_id for contact_id in contacts if contact_id not in known]:
        require_step_up(access)
        work.add_all(_grant(access, client_id, assignment_id, contact_id) for contact_id in strangers)
    await work.flush()


def _covers(row: Any, today: date) -> bool:
    """Whether a grant for all forms holds today; a parent's ends when the client comes of age."""
    grant = HeldGrant(Permission.FORMS, row.basis, row.first_day, row.last_day, is_renewed=row.renewed_at is not None)
    is_running = grant.first_day <= today and (grant.last_day is None or today <= grant.last_day)
    return is_running and not has_ended_with_age(grant, row.birth_date, row.majority_age, today)


def _grant(access: PracticeAccess, client_id: UUID, assignment_id: UUID, contact_id: UUID) -> Grant:
    """Access to one form, which the gate ends when the form is signed."""
    return Grant(
        organization_id=access.organization_id,
        client_id=client_id,
        contact_id=contact_id,
        permission=Permission.FORMS,
        basis=Basis.OTHER,
        first_day=access.today,
        assignment_id=assignment_id,
        given_at=access.now,
        given_by=access.actor.account_id,
    )
