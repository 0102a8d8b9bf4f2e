"""Every SELECT about strangers who ask to join."""

from collections.abc import Collection, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import select as select_rows
from sqlmodel import col, select

from portal.clients.lookalikes import resembles
from portal.clients.rules import Identity
from portal.clients.search_words import LONGEST_WORD
from portal.database import Work
from portal.kit.text import fold
from portal.models import (
    Client,
    Contact,
    ContactLink,
    ContactSearchWord,
    JoinRequest,
    JoinStatus,
    Organization,
    OrganizationSetting,
)
from portal.settings.catalog import SettingName
from portal.settings.effective import settings_from

MOST_LISTED = 100


async def find_practice(work: Work, slug: str) -> tuple[Organization, bool] | None:
    """Find a practice by the word in its addresses, with whether strangers may ask to join."""
    query: Any = (
        select_rows(Organization, col(OrganizationSetting.name), col(OrganizationSetting.value))
        .outerjoin(OrganizationSetting, col(OrganizationSetting.organization_id) == col(Organization.id))
        .where(col(Organization.slug) == slug)
    )
    rows = (await work.exec(query)).all()
    if not rows:
        return None
    settings = settings_from((name, value) for _, name, value in rows if name is not None)
    return rows[0][0], settings.is_on(SettingName.CLIENT_SIGN_UP)


async def list_waiting(work: Work, organization_id: UUID) -> Sequence[JoinRequest]:
    """List the requests that nobody has decided, the oldest first."""
    query = select(JoinRequest).where(
        JoinRequest.organization_id == organization_id, JoinRequest.status == JoinStatus.WAITING
    )
    return (await work.exec(query.order_by(col(JoinRequest.created_at), col(JoinRequest.id)).limit(MOST_LISTED))).all()


async def find_request(work: Work, organization_id: UUID, request_id: UUID) -> JoinRequest | None:
    """Find a request to the practice, and keep others from deciding it meanwhile."""
    query = select(JoinRequest).where(JoinRequest.organization_id == organization_id, JoinRequest.id == request_id)
    return (await work.exec(query.with_for_update())).one_or_none()


async def list_clients_like(work: Work, organization_id: UUID, people: Collection[Identity]) -> Sequence[Client]:
    """List the clients who may be one of these people."""
    query = select(Client).where(Client.organization_id == organization_id, resembles(organization_id, people))
    return (await work.exec(query.order_by(col(Client.sort_key), col(Client.id)))).all()


async def list_contacts_like(work: Work, organization_id: UUID, requests: Collection[JoinRequest]) -> Sequence[Any]:
    """List the people in contact networks who share an e-mail address with one of these.

    Each row is the contact with the id, first and last name of one client they look after, if there is any.
    """
    with_email = select(ContactSearchWord.contact_id).where(
        ContactSearchWord.organization_id == organization_id,
        col(ContactSearchWord.word).in_([_email_word(request.email) for request in requests]),
    )
    query: Any = (
        select_rows(Contact, col(Client.id), col(Client.given_name), col(Client.family_name))
        .outerjoin(ContactLink, col(ContactLink.contact_id) == col(Contact.id))
        .outerjoin(Client, col(Client.id) == col(ContactLink.client_id))
        .where(
            col(Contact.organization_id) == organization_id,
            col(Contact.id).in_(with_email),
            col(Contact.archived_at).is_(None),
        )
    )
    found: Sequence[Any] = (await work.exec(query.order_by(col(Contact.id), col(Client.sort_key)))).all()
    return found


def _email_word(email: str) -> str:
    return "".join(fold(email).split())[:LONGEST_WORD]
