"""Manage Clients: one page of clients in order, and what stands beside each."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, bindparam, exists, func, not_, select, tuple_
from sqlmodel import col

from portal.access.actor import PracticeAccess
from portal.access.queries import add_ons_of_client, restrictions_of_client
from portal.clients.plans import unindexed
from portal.clients.queries import in_reach, is_assigned
from portal.clients.views import ClientStatus
from portal.database import Work
from portal.invitations.conditions import client_is_invited
from portal.models import Account, Client, ClientRestriction, ClientTherapist, ContactLink, Membership
from portal.models.base import Moment
from portal.notifications.conditions import why_mail_fails
from portal.settings.catalog import SettingName

Place = tuple[str, UUID]
"""Where a page ends: the sort key and the id of its last client."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which clients a list is to show. Without a status: all that are not archived.

    `found` are the conditions of the search; `is_gathered` says that they pick out few clients.
    """

    status: ClientStatus | None = None
    therapist_id: UUID | None = None
    off: SettingName | None = None
    after: Place | None = None
    found: Sequence[ColumnElement[bool]] = ()
    is_gathered: bool = False


def is_invited() -> ColumnElement[bool]:
    """The clients who have an invitation that still works; needs `now`."""
    return client_is_invited(bindparam("now", type_=Moment()))


async def list_page(work: Work, access: PracticeAccess, wanted: Wanted, limit: int) -> Sequence[Any]:
    """List the clients of one page in order, with what the rules look at. The page is chosen first, by its index."""
    page = _page(access, wanted, limit).subquery()
    contacts = (
        select(func.count()).select_from(ContactLink).where(col(ContactLink.client_id) == col(Client.id))
    ).correlate(Client)
    query = (
        select(*client_columns(), contacts.scalar_subquery().label("contacts"))
        .select_from(page)
        .join(Client, col(Client.id) == page.c.id)
        .order_by(col(Client.sort_key), col(Client.id))
    )
    return (await (await work.plain()).execute(query, {"now": work.now})).all()


async def find_row(work: Work, access: PracticeAccess) -> Any:
    """Find the client that this access was opened for, with what the rules look at; None when out of reach."""
    query = select(*client_columns()).where(col(Client.id) == access.client_id, in_reach(access))
    return (await (await work.plain()).execute(query, {"now": work.now})).one_or_none()


async def list_therapists(work: Work, organization_id: UUID, client_ids: Sequence[UUID]) -> dict[UUID, list[str]]:
    """List the names of each client's active therapists."""
    query = (
        select(col(ClientTherapist.client_id), col(Membership.name))
        .join(Membership, col(Membership.id) == col(ClientTherapist.membership_id))
        .where(
            unindexed(col(ClientTherapist.organization_id)) == organization_id,
            col(ClientTherapist.client_id).in_(client_ids),
            col(Membership.deactivated_at).is_(None),
        )
        .order_by(func.lower(Membership.name))
    )
    names: dict[UUID, list[str]] = defaultdict(list)
    for client_id, name in (await (await work.plain()).execute(query)).all():
        names[client_id].append(name)
    return names


def client_columns() -> tuple[Any, ...]:
    """What is read of a client for a list or a page, in the names that access.reading knows; needs `now`."""
    return (
        col(Client.id).label("client_id"),
        col(Client.given_name),
        col(Client.family_name),
        col(Client.sort_key),
        col(Client.birth_date),
        col(Client.email),
        col(Client.phone),
        col(Client.account_id).is_not(None).label("has_login"),
        col(Client.archived_at).label("client_archived_at"),
        is_invited().label("is_invited"),
        _why_mail_fails().label("mail_fails"),
        restrictions_of_client().label("restrictions"),
        add_ons_of_client().label("add_ons"),
    )


def _why_mail_fails() -> Any:
    """Why mail to the client, or to their login, does not arrive."""
    login = select(col(Account.email)).where(col(Account.id) == col(Client.account_id)).correlate(Client)
    return why_mail_fails(col(Client.organization_id), [col(Client.email), login.scalar_subquery()], of=Client)


def _page(access: PracticeAccess, wanted: Wanted, limit: int) -> Select[UUID]:
    """Choose the clients of a page: gathered by a rare word and sorted, or else walked in the order of the index."""
    key = unindexed(col(Client.sort_key)) if wanted.is_gathered else col(Client.sort_key)
    conditions = [in_reach(access, is_gathered=wanted.is_gathered), _has_status(wanted.status), *wanted.found]
    if wanted.therapist_id is not None:
        conditions.append(is_assigned(wanted.therapist_id))
    if wanted.off is not None:
        off = exists().where(
            col(ClientRestriction.client_id) == col(Client.id), col(ClientRestriction.setting) == wanted.off
        )
        conditions.append(off.correlate(Client))
    if wanted.after is not None:
        conditions.append(tuple_(key, col(Client.id)) > tuple_(*wanted.after))
    return select(col(Client.id)).where(*conditions).order_by(key, col(Client.id)).limit(limit)


def _has_status(status: ClientStatus | None) -> ColumnElement[bool]:
    archived, login = col(Client.archived_at).is_not(None), unindexed(col(Client.account_id)).is_not(None)
    if status is None:
        return not_(archived)
    waiting = and_(not_(archived), not_(login))
    return {
        ClientStatus.ARCHIVED: archived,
        ClientStatus.ACTIVE: and_(not_(archived), login),
        ClientStatus.INVITED: and_(waiting, is_invited()),
        ClientStatus.NOT_INVITED: and_(waiting, not_(is_invited()), col(Client.email) != ""),
        ClientStatus.NO_EMAIL: and_(waiting, not_(is_invited()), col(Client.email) == ""),
    }[status]
