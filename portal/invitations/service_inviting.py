"""Inviting clients and contacts: preview, send, send again, withdraw."""

from collections.abc import Collection, Mapping, Sequence
from uuid import UUID

from sqlmodel import col, update

from portal.access.actor import PracticeAccess, StaffTask
from portal.access.permissions import scope_of
from portal.accounts.mails import in_words
from portal.audit.service import Change, record_changes
from portal.clients.queries import require
from portal.database import Work
from portal.errors import Conflict, Invalid, NotFound, NotPermitted
from portal.intake import words as intake_words
from portal.intake.service import list_forms
from portal.intake.service_sending_many import assign_forms
from portal.invitations import queries, words
from portal.invitations.conditions import is_open
from portal.invitations.people import Somebody, gather
from portal.invitations.rules import LIFETIME, MOST_FORMS, check_message
from portal.invitations.sending import Letter, message_of, send_letter, send_letters, words_of
from portal.invitations.views import InvitationPreview, InvitationsSent, Invitee, NotInvited
from portal.kit.ids import new_id
from portal.models import Invitation


async def preview_invitation(
    work: Work,
    access: PracticeAccess,
    *,
    people: Sequence[Invitee],
    form_version_ids: Sequence[UUID] = (),
    message: str,
) -> list[InvitationPreview]:
    """Return what each person would get, or why they cannot be invited. Writes nothing.

    Raises as invite_people does.
    """
    text = check_message(message)
    titles = await _check_forms(work, access, form_version_ids)
    found = await gather(work, access, people, with_forms=bool(form_version_ids))
    return [_preview(access, somebody, text, list(titles.values())) for somebody in found]


async def invite_people(
    work: Work,
    access: PracticeAccess,
    *,
    people: Sequence[Invitee],
    form_version_ids: Sequence[UUID] = (),
    message: str,
    operation_id: UUID,
) -> InvitationsSent:
    """Invite clients and contacts, at most 200, and send them these forms.

    As many statements for many as for one. An open invitation of the same person dies with it. Whoever cannot be
    invited is passed over and named with the reason; a form that stands on the client's list already is not sent
    twice. `operation_id` is made by the browser for one press of the button: whoever got an invitation by it gets no
    second one, so that a press can be repeated, and done in parts. Raises NotFound for anybody out of reach, and
    Invalid for nobody, too many, an unknown placeholder, or a form that is not in use.
    """
    text = check_message(message)
    await _check_forms(work, access, form_version_ids)
    found = await gather(work, access, people, with_forms=bool(form_version_ids))
    passed_over = [_passed_over(somebody) for somebody in found if somebody.problem]
    done = {_whom(one): one.id for one in await queries.find_sent(work, access.organization_id, operation_id)}
    able = [one for one in found if not one.problem and (one.client_id, one.contact_id) not in done]
    forms = await _send_forms(work, access, able, form_version_ids)
    sent = await send_letters(work, access, [_letter(one, text, operation_id, _forms_of(one, forms)) for one in able])
    await _record(work, access, "invitation.sent", *sent)
    before = [done[whom] for one in found if (whom := (one.client_id, one.contact_id)) in done]
    return _sent([*before, *(invitation.id for invitation in sent)], passed_over)


async def resend_invitation(work: Work, access: PracticeAccess, *, invitation_id: UUID) -> UUID:
    """Send an invitation again, to the address on file now, with the same words and forms; returns the new one's id.

    The old link dies. Raises NotFound for one out of reach, Conflict for who has joined and for an invitation that is
    not the newest, Invalid for who cannot be invited any more.
    """
    old, somebody = await _open(work, access, invitation_id)
    if old.accepted_at is not None:
        raise Conflict(words.ALREADY_JOINED)
    if old.replaced_at is not None:
        raise Conflict(words.NOT_OPEN)
    if somebody.problem:
        raise Invalid(somebody.problem)
    forms = tuple(await queries.find_form_ids(work, old.id))
    new = await send_letter(work, access, _letter(somebody, message_of(work, old), new_id(), forms))
    await _record(work, access, "invitation.sent_again", new)
    return new.id


async def revoke_invitation(work: Work, access: PracticeAccess, *, invitation_id: UUID) -> None:
    """Withdraw an invitation: its link dies at once. Raises Conflict for one that was used, withdrawn or replaced."""
    invitation, _ = await _open(work, access, invitation_id)
    query = update(Invitation).where(col(Invitation.id) == invitation.id, is_open(work.now))
    if (await work.exec(query.values(revoked_at=work.now))).rowcount != 1:
        raise Conflict(words.NOT_OPEN)
    await _record(work, access, "invitation.revoked", invitation)


async def _open(work: Work, access: PracticeAccess, invitation_id: UUID) -> tuple[Invitation, Somebody]:
    """Find an invitation of a client or contact within reach, and whom it is for; raises NotFound otherwise.

    Both are locked: the person first, as whoever invites or joins does.
    """
    require(access, StaffTask.EDIT_CLIENTS)
    invitation = await queries.find_invitation(work, access.organization_id, invitation_id)
    if invitation is None or invitation.membership_id is not None:
        raise NotFound
    client_id = invitation.client_id or invitation.about_client_id
    invitee = Invitee(client_id=str(client_id), contact_id=str(invitation.contact_id or ""))
    (somebody,) = await gather(work, access, [invitee], with_forms=False)
    return await queries.lock_invitation(work, invitation.id), somebody


async def _check_forms(work: Work, access: PracticeAccess, version_ids: Collection[UUID]) -> Mapping[UUID, str]:
    """Return the titles of the forms that were chosen, all of them in use in this practice."""
    if not version_ids:
        return {}
    if scope_of(access.role, StaffTask.SEND_FORMS) is None:
        raise NotPermitted(intake_words.NOT_FOR_FORMS)
    if len(set(version_ids)) > MOST_FORMS:
        raise Invalid(words.TOO_MANY_FORMS)
    known = {form.version_id: form.title for form in await list_forms(work, organization_id=access.organization_id)}
    if not set(version_ids) <= set(known):
        raise Invalid(words.NO_SUCH_FORM)
    return {version_id: known[version_id] for version_id in version_ids}


async def _send_forms(
    work: Work, access: PracticeAccess, people: Sequence[Somebody], version_ids: Sequence[UUID]
) -> dict[UUID, list[UUID]]:
    """Put the forms on every client's list, once; returns the assignments by client."""
    client_ids = list(dict.fromkeys(client_id for somebody in people for client_id in somebody.client_ids))
    if not client_ids or not version_ids:
        return {}
    there = await queries.find_open_forms(work, access.organization_id, client_ids, version_ids)
    pairs = [(client_id, version_id) for client_id in client_ids for version_id in dict.fromkeys(version_ids)]
    made = await assign_forms(work, access, [pair for pair in pairs if pair not in there])
    sent: dict[UUID, list[UUID]] = {client_id: [] for client_id in client_ids}
    for pair in pairs:
        sent[pair[0]].append(there.get(pair) or made[pair])
    return sent


def _forms_of(somebody: Somebody, forms: Mapping[UUID, Sequence[UUID]]) -> tuple[UUID, ...]:
    return tuple(one for client_id in somebody.client_ids for one in forms.get(client_id, ()))


def _whom(invitation: Invitation) -> tuple[UUID | None, UUID | None]:
    return invitation.client_id, invitation.contact_id


def _letter(somebody: Somebody, message: str, operation_id: UUID, assignment_ids: tuple[UUID, ...]) -> Letter:
    return Letter(
        given_name=somebody.given_name,
        email=somebody.email,
        message=message,
        operation_id=operation_id,
        therapists=somebody.therapists,
        client_id=somebody.client_id,
        contact_id=somebody.contact_id,
        about_client_id=somebody.client_ids[0] if somebody.contact_id else None,
        assignment_ids=assignment_ids,
    )


def _preview(access: PracticeAccess, somebody: Somebody, message: str, titles: list[str]) -> InvitationPreview:
    filled = words_of(access, message, somebody.given_name, somebody.therapists)
    return InvitationPreview(
        client_id=str(somebody.client_ids[0]),
        contact_id=str(somebody.contact_id or ""),
        name=somebody.name,
        email=somebody.email,
        subject=f"{words.SUBJECT} · {access.practice_name}",
        before=filled.before,
        button=words.BUTTON,
        after=filled.after,
        until=words.UNTIL.format(until=in_words(access.now + LIFETIME, access.zone)),
        forms=titles,
        problem=somebody.problem,
    )


def _passed_over(somebody: Somebody) -> NotInvited:
    return NotInvited(str(somebody.client_ids[0]), str(somebody.contact_id or ""), somebody.name, somebody.problem)


def _sent(ids: Sequence[UUID], passed_over: list[NotInvited]) -> InvitationsSent:
    sentence = words.sent(len(ids), len(passed_over))
    return InvitationsSent([str(one) for one in ids], passed_over, sentence)


async def _record(work: Work, access: PracticeAccess, action: str, *invitations: Invitation) -> None:
    changes = [Change(action, client_id=one.client_id or one.about_client_id, object_id=one.id) for one in invitations]
    await record_changes(work, organization_id=access.organization_id, actor=access.actor, changes=changes)
    for change in changes:
        work.tell(f"clients:{access.organization_id}")
        work.tell(f"client:{change.client_id}")
