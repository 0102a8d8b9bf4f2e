"""Every SELECT about those who are invited by staff, within the practice and the reach of whoever asks."""

from collections.abc import Collection, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, or_
from sqlalchemy import select as select_rows
from sqlmodel import col, func, select, update

from portal.access.actor import PracticeAccess
from portal.accounts.rules import email_key
from portal.clients.queries import in_reach
from portal.database import Work
from portal.intake.queries import OPEN
from portal.models import (
    Account,
    Client,
    Contact,
    ContactLink,
    FormAssignment,
    Grant,
    Invitation,
    InvitationForm,
    InvitationTemplate,
    OutboxMail,
    OutboxStatus,
    Permission,
)


async def find_clients(work: Work, access: PracticeAccess, client_ids: Collection[UUID]) -> dict[UUID, Client]:
    """Find clients within reach; locked in a writing unit, so that two who invite them at once see each other."""
    query = select(Client).where(in_reach(access), col(Client.id).in_(client_ids)).order_by(col(Client.id))
    if work.writes:
        query = query.with_for_update(key_share=True)
    return {row.id: row for row in (await work.exec(query)).all()}


async def find_contacts(
    work: Work, access: PracticeAccess, client_ids: Collection[UUID], contact_ids: Collection[UUID]
) -> dict[tuple[UUID, UUID], Contact]:
    """Find contacts by client and contact: those who are in the network of that client."""
    if not contact_ids:
        return {}
    query = (
        select(ContactLink.client_id, Contact)
        .join(Contact, col(Contact.id) == col(ContactLink.contact_id))
        .where(
            ContactLink.organization_id == access.organization_id,
            col(ContactLink.client_id).in_(client_ids),
            col(Contact.id).in_(contact_ids),
        )
        .order_by(col(Contact.id))
    )
    if work.writes:
        query = query.with_for_update(of=Contact, key_share=True)
    return {(client_id, contact.id): contact for client_id, contact in (await work.exec(query)).all()}


async def find_forms_access(
    work: Work, access: PracticeAccess, contact_ids: Collection[UUID]
) -> set[tuple[UUID, UUID]]:
    """Return (client, contact) of every grant for all forms that holds today."""
    if not contact_ids:
        return set()
    query = select(Grant.client_id, Grant.contact_id).where(
        Grant.organization_id == access.organization_id,
        col(Grant.contact_id).in_(contact_ids),
        Grant.permission == Permission.FORMS,
        col(Grant.assignment_id).is_(None),
        col(Grant.ended_at).is_(None),
        Grant.first_day <= access.today,
        or_(col(Grant.last_day).is_(None), col(Grant.last_day) >= access.today),
    )
    return set((await work.exec(query)).all())


async def find_logins(work: Work, organization_id: UUID, emails: Collection[str]) -> dict[str, UUID]:
    """Return whose login an e-mail address is among the practice's clients: client by folded address."""
    query = (
        select(Account.email_key, Client.id)
        .join(Client, col(Client.account_id) == col(Account.id))
        .where(
            Client.organization_id == organization_id,
            col(Account.email_key).in_([email_key(email) for email in emails]),
        )
    )
    return dict((await work.exec(query)).all())


async def find_network_emails(work: Work, organization_id: UUID, client_ids: Collection[UUID]) -> set[tuple[UUID, str]]:
    """Return (client, folded address) of everybody else in the clients' networks: as recorded, and as they sign in."""
    query: Any = (
        select_rows(col(ContactLink.client_id), col(Contact.email), col(Account.email_key))
        .join(Contact, col(Contact.id) == col(ContactLink.contact_id))
        .outerjoin(Account, col(Account.id) == col(Contact.account_id))
        .where(
            col(ContactLink.organization_id) == organization_id,
            col(ContactLink.client_id).in_(client_ids),
            or_(col(Contact.client_id).is_(None), col(Contact.client_id) != col(ContactLink.client_id)),
        )
    )
    rows = (await work.exec(query)).all()
    return {(client_id, key) for client_id, email, login in rows for key in (email_key(email), login) if key}


async def find_open_forms(
    work: Work, organization_id: UUID, client_ids: Collection[UUID], version_ids: Collection[UUID]
) -> dict[tuple[UUID, UUID], UUID]:
    """Return what stands on clients' lists already, not signed yet: assignment by client and form version."""
    query = select(FormAssignment.client_id, FormAssignment.form_version_id, FormAssignment.id).where(
        FormAssignment.organization_id == organization_id,
        col(FormAssignment.client_id).in_(client_ids),
        col(FormAssignment.form_version_id).in_(version_ids),
        col(FormAssignment.status).in_(OPEN),
    )
    return {(client, version): assignment for client, version, assignment in (await work.exec(query)).all()}


async def find_sent(work: Work, organization_id: UUID, operation_id: UUID) -> Sequence[Invitation]:
    """Find what one press of the button has sent already."""
    query = select(Invitation).where(
        Invitation.organization_id == organization_id, Invitation.operation_id == operation_id
    )
    return (await work.exec(query)).all()


async def find_invitation(work: Work, organization_id: UUID, invitation_id: UUID) -> Invitation | None:
    """Find an invitation of the practice."""
    query = select(Invitation).where(Invitation.organization_id == organization_id, Invitation.id == invitation_id)
    return (await work.exec(query)).one_or_none()


async def lock_invitation(work: Work, invitation_id: UUID) -> Invitation:
    """Read an invitation as it is now, and keep others from changing it meanwhile.

    Its person has to be locked before: everybody takes first the person and then the invitation, so that no two wait
    for each other.
    """
    query = select(Invitation).where(Invitation.id == invitation_id).execution_options(populate_existing=True)
    return (await work.exec(query.with_for_update())).one()


async def find_form_ids(work: Work, invitation_id: UUID) -> Sequence[UUID]:
    """Find the forms that an invitation leads to."""
    query = select(InvitationForm.assignment_id).where(InvitationForm.invitation_id == invitation_id)
    return (await work.exec(query.order_by(col(InvitationForm.id)))).all()


async def replace_older(work: Work, invitations: Sequence[Invitation]) -> None:
    """Make every older invitation of the same people worthless. `invitations` are the new ones of one practice."""
    query = update(Invitation).where(
        col(Invitation.organization_id) == invitations[0].organization_id,
        col(Invitation.id).not_in([one.id for one in invitations]),
        col(Invitation.accepted_at).is_(None),
        col(Invitation.replaced_at).is_(None),
        _same_people(invitations),
    )
    await work.exec(query.values(replaced_at=work.now))


async def list_newest(
    work: Work, organization_id: UUID, whose: Any, ids: Collection[UUID]
) -> dict[UUID, tuple[Invitation, OutboxStatus | None, int]]:
    """Return each person's newest invitation with how its mail stands and how many forms it leads to.

    `whose` is the column of Invitation that the ids are of. One statement.
    """
    forms = select(func.count()).where(col(InvitationForm.invitation_id) == col(Invitation.id)).correlate(Invitation)
    query: Any = (
        select(Invitation, OutboxMail.status, forms.scalar_subquery())
        .outerjoin(OutboxMail, col(OutboxMail.dedupe_key) == col(Invitation.mail_key))
        .where(Invitation.organization_id == organization_id, whose.in_(ids), col(Invitation.replaced_at).is_(None))
        .order_by(col(Invitation.sent_at), col(Invitation.id))
    )
    rows = (await work.exec(query)).all()
    return {getattr(invitation, whose.key): (invitation, mail, count) for invitation, mail, count in rows}


async def list_templates(work: Work, organization_id: UUID) -> Sequence[InvitationTemplate]:
    """List the messages that a practice keeps, by name."""
    query = select(InvitationTemplate).where(InvitationTemplate.organization_id == organization_id)
    return (await work.exec(query.order_by(func.lower(InvitationTemplate.name), col(InvitationTemplate.id)))).all()


def _same_people(invitations: Sequence[Invitation]) -> ColumnElement[bool]:
    clients = [one.client_id for one in invitations if one.client_id is not None]
    contacts = [one.contact_id for one in invitations if one.contact_id is not None]
    members = [one.membership_id for one in invitations if one.membership_id is not None]
    found = (
        (col(Invitation.client_id), clients),
        (col(Invitation.contact_id), contacts),
        (col(Invitation.membership_id), members),
    )
    return or_(*(column.in_(ids) for column, ids in found if ids))
