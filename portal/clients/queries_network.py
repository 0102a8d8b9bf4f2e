"""Contact networks: who stands around a client, and with which grants."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, exists, func, or_, select
from sqlalchemy.orm import aliased
from sqlmodel import col
from sqlmodel import select as select_rows

from portal.access.actor import PracticeAccess
from portal.access.reading import UNSIGNED
from portal.clients.queries import in_reach
from portal.clients.queries_search import contacts_found_by, found_by
from portal.database import Work
from portal.models import Account, Client, Contact, ContactLink, FormAssignment, Grant
from portal.notifications.conditions import why_mail_fails

MOST_KNOWN = 10


async def list_members(work: Work, access: PracticeAccess, client_id: UUID) -> Sequence[Any]:
    """List the contacts in a client's network, with how many other clients each serves."""
    members: Sequence[Any] = (await work.exec(_members(access, client_id))).all()
    return members


async def list_members_with_grants(work: Work, access: PracticeAccess, client_id: UUID) -> list[Any]:
    """List the same with every grant, oldest first: (…, [(grant, whether the one form that it is for is open), …])."""
    its_own = and_(col(Grant.contact_id) == col(Contact.id), col(Grant.client_id) == client_id)
    query = (
        _members(access, client_id)
        .add_columns(Grant, col(FormAssignment.status))
        .outerjoin(Grant, its_own)
        .outerjoin(FormAssignment, col(FormAssignment.id) == col(Grant.assignment_id))
        .order_by(col(Grant.given_at), col(Grant.id))
    )
    found: dict[UUID, Any] = {}
    for *member, grant, status in (await work.exec(query)).all():
        grants = found.setdefault(member[0].id, (*member, []))[-1]
        if grant is not None:
            grants.append((grant, status in UNSIGNED))
    return list(found.values())


def _why_mail_fails() -> Any:
    """Why mail to the contact, or to their login, does not arrive."""
    login = select(col(Account.email)).where(col(Account.id) == col(Contact.account_id)).correlate(Contact)
    return why_mail_fails(col(Contact.organization_id), [col(Contact.email), login.scalar_subquery()], of=Contact)


def _members(access: PracticeAccess, client_id: UUID) -> Any:
    reachable = select(col(Client.id)).where(col(Client.id) == col(Contact.client_id), in_reach(access))
    other = aliased(ContactLink)
    others = select(func.count()).select_from(other).where(col(other.contact_id) == col(Contact.id))
    return (
        select(
            Contact,
            col(ContactLink.relationship).label("relationship"),
            reachable.correlate(Contact).scalar_subquery().label("own_client_id"),
            others.correlate(Contact).scalar_subquery().label("clients"),
            _why_mail_fails().label("mail_fails"),
        )
        .join(ContactLink, col(ContactLink.contact_id) == col(Contact.id))
        .where(
            col(ContactLink.organization_id) == access.organization_id,
            col(ContactLink.client_id) == client_id,
            col(Contact.archived_at).is_(None),
        )
        .order_by(func.lower(col(Contact.family_name)), func.lower(col(Contact.given_name)), col(Contact.id))
    )


async def list_grants(work: Work, organization_id: UUID, client_id: UUID) -> list[tuple[Grant, bool]]:
    """List every grant for a client, oldest first, each with whether the one form that it is for is still open."""
    query: Any = (
        select(Grant, col(FormAssignment.status))
        .outerjoin(FormAssignment, col(FormAssignment.id) == col(Grant.assignment_id))
        .where(col(Grant.organization_id) == organization_id, col(Grant.client_id) == client_id)
        .order_by(col(Grant.given_at), col(Grant.id))
    )
    return [(grant, status in UNSIGNED) for grant, status in (await work.exec(query)).all()]


async def find_grant(work: Work, organization_id: UUID, client_id: UUID, grant_id: UUID) -> Grant | None:
    """Find one grant for a client, and keep others from changing it meanwhile."""
    query = select_rows(Grant).where(
        Grant.organization_id == organization_id, Grant.client_id == client_id, Grant.id == grant_id
    )
    return (await work.exec(query.with_for_update())).one_or_none()


async def find_member(
    work: Work, organization_id: UUID, client_id: UUID, contact_id: UUID
) -> tuple[Contact, ContactLink] | None:
    """Find a contact in a client's network; locked, so that two changes at once see each other."""
    query = (
        select_rows(Contact, ContactLink)
        .join(ContactLink, col(ContactLink.contact_id) == col(Contact.id))
        .where(
            ContactLink.organization_id == organization_id,
            ContactLink.client_id == client_id,
            Contact.id == contact_id,
            col(Contact.archived_at).is_(None),
        )
    )
    return (await work.exec(query.with_for_update(key_share=True))).one_or_none()


async def find_contact(work: Work, organization_id: UUID, contact_id: UUID) -> Contact | None:
    """Find a person in the practice's contact networks."""
    query = select_rows(Contact).where(
        Contact.organization_id == organization_id, Contact.id == contact_id, col(Contact.archived_at).is_(None)
    )
    return (await work.exec(query.with_for_update(key_share=True))).one_or_none()


async def find_contact_of(
    work: Work, organization_id: UUID, *, client_id: UUID, account_id: UUID | None
) -> Contact | None:
    """Find the contact who is this client, or has this login."""
    same = [col(Contact.client_id) == client_id]
    if account_id is not None:
        same.append(col(Contact.account_id) == account_id)
    query = select_rows(Contact).where(Contact.organization_id == organization_id, or_(*same))
    return (await work.exec(query.order_by(col(Contact.id)))).first()


async def find_client_of(work: Work, organization_id: UUID, account_id: UUID | None) -> Client | None:
    """Find the client with a login."""
    if account_id is None:
        return None
    query = select_rows(Client).where(Client.organization_id == organization_id, Client.account_id == account_id)
    return (await work.exec(query)).one_or_none()


async def find_linked_clients(work: Work, organization_id: UUID, contact_id: UUID) -> Sequence[UUID]:
    """Find the clients whom a contact serves."""
    query = select_rows(ContactLink.client_id).where(
        ContactLink.organization_id == organization_id, ContactLink.contact_id == contact_id
    )
    return (await work.exec(query)).all()


async def serves_out_of_reach(work: Work, access: PracticeAccess, contact: Contact) -> bool:
    """Say whether a contact serves, or is, a client whom this access does not reach."""
    served = select(col(ContactLink.client_id)).where(col(ContactLink.contact_id) == contact.id)
    query = select_rows(Client.id).where(
        Client.organization_id == contact.organization_id,
        or_(col(Client.id).in_(served), col(Client.id) == contact.client_id),
        ~in_reach(access),
    )
    return (await work.exec(query.limit(1))).first() is not None


async def find_reachable_contacts(work: Work, access: PracticeAccess, contact_ids: Sequence[UUID]) -> set[UUID]:
    """Return those of some contacts who serve a client within reach."""
    query = select_rows(Contact.id).where(contacts_in_reach(access), col(Contact.id).in_(contact_ids))
    return set((await work.exec(query)).all())


def contacts_in_reach(access: PracticeAccess) -> ColumnElement[bool]:
    """The people in contact networks whom this access reaches: all, or those who serve an assigned client."""
    here = col(Contact.organization_id) == access.organization_id
    if not access.scope.only_assigned:
        return here
    serves = (
        select(col(ContactLink.id))
        .join(Client, col(Client.id) == col(ContactLink.client_id))
        .where(col(ContactLink.contact_id) == col(Contact.id), in_reach(access))
    )
    return and_(here, exists(serves.correlate(Contact)))


async def search_contacts(work: Work, access: PracticeAccess, typed: Sequence[str]) -> Sequence[Contact]:
    """Find people in contact networks by the words of their names, e-mail addresses and phone numbers."""
    query = (
        select_rows(Contact)
        .where(
            contacts_in_reach(access),
            col(Contact.archived_at).is_(None),
            *contacts_found_by(access.organization_id, typed),
        )
        .order_by(func.lower(col(Contact.family_name)), func.lower(col(Contact.given_name)), col(Contact.id))
    )
    return (await work.exec(query.limit(MOST_KNOWN))).all()


async def search_clients(
    work: Work, access: PracticeAccess, typed: Sequence[str], counts: Sequence[int]
) -> Sequence[Client]:
    """Find clients whom search_contacts does not find as contacts."""
    member = exists().where(col(Contact.client_id) == col(Client.id), contacts_in_reach(access)).correlate(Client)
    query = (
        select_rows(Client)
        .where(
            in_reach(access),
            col(Client.archived_at).is_(None),
            ~member,
            *found_by(access.organization_id, typed, counts),
        )
        .order_by(col(Client.sort_key), col(Client.id))
    )
    return (await work.exec(query.limit(MOST_KNOWN))).all()
