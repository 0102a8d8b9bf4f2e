"""From one client, and the forms and invitations, to what the page shows. Pure."""

import json
from collections.abc import Iterable
from datetime import date

from portal.clients.views import ClientFields, ClientStatus, ClientView, ContactFields, FieldConflict, TherapistChoice
from portal.intake.handling.service_reading import StepView
from portal.intake.moments import day_of, moment_in_words
from portal.intake.service_listing import ClientFormView
from portal.intake.words_pages import due
from portal.invitations.views import InvitationPreview, InvitationState, InvitationStatus
from portal.practice.client import words
from portal.practice.client.views import Card, ConflictRow, Fact, FormRow, FormStep, Invited, Option, Preview

_ON_ITS_WAY = {InvitationState.INVITED, InvitationState.FOLLOWED, InvitationState.MAIL_REFUSED}


def view_as(client_id: str, whom: str) -> str:
    """Return the address of what somebody sees of a client."""
    return f"/home?for={client_id}&as={whom}"


def card(client: ClientView, *, sees_all: bool, may_view: bool) -> Card:
    """Put a client into the head of the page. Who sees clients for the money gets contact data only."""
    fields = client.fields
    age = f" ({client.age} years old)" if client.age is not None else ""
    born = f"{words.day(fields.birth_date)}{age}" if fields.birth_date else ""
    therapists = ", ".join(one.name for one in client.therapists)
    personal = [(words.BIRTH_DATE, born or words.NOT_RECORDED), (words.THERAPISTS, therapists or words.NO_THERAPIST)]
    facts = [
        (words.EMAIL, fields.email or words.NOT_RECORDED),
        (words.PHONE, fields.phone or words.NOT_RECORDED),
        *(personal if sees_all else []),
    ]
    return Card(
        id=client.id,
        name=client.name,
        given_name=fields.given_name,
        status=client.status,
        status_label=client.status_label,
        is_archived=client.status is ClientStatus.ARCHIVED,
        mail=words.mail_fails(client.name, client.mail_fails),
        view_as=view_as(client.id, client.id) if may_view and client.status is ClientStatus.ACTIVE else "",
        facts=[Fact(label, text) for label, text in facts],
    )


def written(fields: ClientFields | ContactFields) -> str:
    """Write down what a form starts with, as it is sent back."""
    return json.dumps(fields.model_dump(), ensure_ascii=False)


def therapist_options(choices: Iterable[TherapistChoice], chosen: Iterable[TherapistChoice]) -> list[Option]:
    """List who can be a therapist of the client, with those who are."""
    ids = {one.id for one in chosen}
    return [Option(one.id, one.name, one.id in ids) for one in choices]


def conflicts(found: Iterable[FieldConflict], form: str) -> list[ConflictRow]:
    """Say for each field what two people wrote."""
    return [
        ConflictRow(one.label, words.conflict(one.theirs, one.mine), f"{form}-{one.field}", one.theirs) for one in found
    ]


def form_row(view: ClientFormView, today: date, zone: str) -> FormRow:
    """Say where a form stands."""
    is_sent_in = bool(view.submitted_at)
    when = moment_in_words(view.submitted_at, zone) if is_sent_in else due(day_of(view.due_on), today)
    return FormRow(
        id=view.assignment_id,
        title=view.title,
        status=words.FORM_STATUS.get(view.status, ""),
        detail=when,
        is_late=view.is_overdue,
        address=f"/practice/answers/{view.assignment_id}" if view.can_read else "",
        is_waiting=view.is_waiting,
        has_ended=view.has_ended,
        revision=view.revision,
    )


def form_step(step: StepView, zone: str) -> FormStep:
    """Say what happened to a form, and who did it when."""
    return FormStep(step.what, f"{step.who}, {moment_in_words(step.at, zone)}")


def invited(status: InvitationStatus | None, zone: str) -> Invited:
    """Say how somebody's newest invitation stands, and what can be done about it."""
    if status is None:
        return Invited()
    sent = f"Sent to {status.email} on {moment_in_words(status.sent_at, zone)}"
    return Invited(
        id=status.invitation_id,
        label=status.label,
        detail=sent,
        can_send_again=status.state is not InvitationState.JOINED,
        can_withdraw=status.state in _ON_ITS_WAY,
    )


def preview(view: InvitationPreview) -> Preview:
    """Show what somebody would get."""
    return Preview(
        whom=f"{view.name}, {view.email}" if view.email else view.name,
        subject=view.subject,
        before=view.before,
        button=view.button,
        after=view.after,
        until=view.until,
        forms=view.forms,
        problem=view.problem,
    )
