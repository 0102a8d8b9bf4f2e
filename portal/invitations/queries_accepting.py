"""What the page of an invitation asks the database; whoever holds the link asks, so nothing else is within reach."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import exists
from sqlalchemy import select as select_rows
from sqlalchemy import update as update_rows
from sqlalchemy.orm import aliased
from sqlmodel import col, select, update

from portal.accounts.rules import email_key
from portal.database import Work
from portal.invitations.conditions import is_open
from portal.invitations.queries import find_network_emails, lock_invitation
from portal.invitations.rules import Person
from portal.models import Client, Contact, ContactLink, Invitation, InvitationForm, Membership, Organization


@dataclass(frozen=True, slots=True)
class Found:
    """An invitation with its practice and the person whom it is for."""

    invitation: Invitation
    practice: Organization
    person: Person


async def find_by_token(work: Work, invitation_id: UUID, token_hash: str, *, lock: bool = False) -> Found | None:
    """Find an invitation by its id and the hash of its token, whether it still works or not.

    With `lock`, nobody changes the person or the invitation until the unit ends.
    """
    if lock:
        await _lock(work, invitation_id, token_hash)
    own = aliased(Client)
    query: Any = (
        select_rows(Invitation, Organization, Client, Contact, own, Membership)
        .join(Organization, col(Organization.id) == col(Invitation.organization_id))
        .outerjoin(Client, col(Client.id) == col(Invitation.client_id))
        .outerjoin(Contact, col(Contact.id) == col(Invitation.contact_id))
        .outerjoin(own, col(own.id) == col(Contact.client_id))
        .outerjoin(Membership, col(Membership.id) == col(Invitation.membership_id))
        .where(col(Invitation.id) == invitation_id, col(Invitation.token_hash) == token_hash)
        .execution_options(populate_existing=True)
    )
    row = (await work.exec(query)).one_or_none()
    if row is None:
        return None
    invitation, practice, client, contact, own_client, member = row
    if member is not None:
        return Found(invitation, practice, _member(member))
    someone, own = client or contact, client or own_client
    dates = {own.birth_date} if own else await _birth_dates_of_clients(work, contact)
    return Found(invitation, practice, _person(someone, dates, is_own=own is not None))


async def _birth_dates_of_clients(work: Work, contact: Contact) -> set[date | None]:
    """Return the dates of birth of those whom a contact looks after: nobody else who reads the mail knows one."""
    query: Any = (
        select(col(Client.birth_date))
        .join(ContactLink, col(ContactLink.client_id) == col(Client.id))
        .where(ContactLink.organization_id == contact.organization_id, ContactLink.contact_id == contact.id)
        .where(col(Client.archived_at).is_(None))
    )
    return set((await work.exec(query)).all())


async def _lock(work: Work, invitation_id: UUID, token_hash: str) -> None:
    """Lock the person and then the invitation: the order that staff who invite take too.

    The person is locked in full, as joining changes whose login is theirs, which is a key of the row: a lesser lock
    would have to grow later, past others who wait for the invitation.
    """
    query = select(Invitation).where(Invitation.id == invitation_id, Invitation.token_hash == token_hash)
    invitation = (await work.exec(query)).one_or_none()
    if invitation is None:
        return
    table, person_id = _whose(invitation)
    person: Any = select_rows(table.id).where(table.organization_id == invitation.organization_id)
    await work.exec(person.where(table.id == person_id).with_for_update())
    if invitation.client_id is not None:
        own = select(Contact.id).where(Contact.client_id == invitation.client_id).order_by(col(Contact.id))
        await work.exec(own.with_for_update())
    await lock_invitation(work, invitation_id)


def _whose(invitation: Invitation) -> tuple[Any, UUID | None]:
    table: Any = Client if invitation.client_id else Contact if invitation.contact_id else Membership
    return table, invitation.client_id or invitation.contact_id or invitation.membership_id


def _member(member: Membership) -> Person:
    return Person(
        name=member.name,
        email=member.email,
        birth_dates=frozenset(),
        is_own=True,
        has_login=member.account_id is not None,
        is_closed=member.deactivated_at is not None,
    )


def _person(someone: Client | Contact, dates: set[date | None], *, is_own: bool) -> Person:
    return Person(
        name=f"{someone.given_name} {someone.family_name}",
        email=someone.email,
        birth_dates=frozenset(one for one in dates if one is not None),
        is_own=is_own,
        has_login=someone.account_id is not None,
        is_closed=someone.archived_at is not None,
    )


async def use_up(work: Work, invitation_id: UUID, account_id: UUID) -> bool:
    """Use an invitation up; False when somebody was quicker, or it was withdrawn or replaced meanwhile."""
    query = update(Invitation).where(col(Invitation.id) == invitation_id, is_open(work.now))
    return (await work.exec(query.values(accepted_at=work.now, accepted_by=account_id))).rowcount == 1


async def attach(work: Work, invitation: Invitation, account_id: UUID) -> bool:
    """Let a login be that of the person invited; False when they have another one."""
    table, person_id = _whose(invitation)
    query = update_rows(table).where(
        table.organization_id == invitation.organization_id,
        table.id == person_id,
        (table.account_id.is_(None)) | (table.account_id == account_id),
    )
    return (await work.exec(query.values(account_id=account_id))).rowcount == 1


async def is_of_network(work: Work, invitation: Invitation) -> bool:
    """Say whether the address invited is that of somebody else in the client's network, with a login or without."""
    if invitation.client_id is None:
        return False
    network = await find_network_emails(work, invitation.organization_id, [invitation.client_id])
    return (invitation.client_id, email_key(invitation.email)) in network


async def attach_same_person(work: Work, invitation: Invitation, account_id: UUID) -> None:
    """Let a client's own record as a contact have the login too, where the practice knows them as both.

    A record that serves others has to have the address that was invited: who may change the client's address need not
    be somebody who may change the contact's, and would decide about other people's clients with it.
    """
    if invitation.client_id is None:
        return
    serves = exists().where(col(ContactLink.contact_id) == col(Contact.id)).correlate(Contact)
    query: Any = select_rows(Contact, serves).where(
        col(Contact.organization_id) == invitation.organization_id,
        col(Contact.client_id) == invitation.client_id,
        col(Contact.account_id).is_(None),
    )
    for contact, serves_somebody in (await work.exec(query)).all():
        if not serves_somebody or email_key(contact.email) == email_key(invitation.email):
            contact.account_id = account_id
            work.add(contact)
    await work.flush()


async def has_open_forms(work: Work, invitation_id: UUID) -> bool:
    """Say whether an invitation leads to any form."""
    query = select(InvitationForm.id).where(InvitationForm.invitation_id == invitation_id).limit(1)
    return (await work.exec(query)).first() is not None
