"""Every statement about help with signing in."""

from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_
from sqlmodel import col, select, update

from portal.access.actor import PracticeAccess
from portal.database import Work
from portal.models import AccessHelp, Account, AccountLink, Client, LinkPurpose, Organization


async def find_client(work: Work, access: PracticeAccess) -> tuple[Client, Account | None] | None:
    """Find the client whom an access is about, with their login."""
    query: Any = (
        select(Client, Account)
        .outerjoin(Account, col(Account.id) == col(Client.account_id))
        .where(col(Client.organization_id) == access.organization_id, col(Client.id) == access.client_id)
    )
    row = (await work.exec(query)).one_or_none()
    return (row[0], row[1]) if row else None


async def find_latest(work: Work, access: PracticeAccess) -> AccessHelp | None:
    """Find the last help that this practice gave a client."""
    query = select(AccessHelp).where(
        AccessHelp.organization_id == access.organization_id, AccessHelp.client_id == access.client_id
    )
    return (await work.exec(query.order_by(col(AccessHelp.id).desc()).limit(1))).first()


async def find_help(work: Work, help_id: UUID, token: str) -> tuple[AccessHelp, str, Any] | None:
    """Find a help by its token's hash, with the practice's name and the client's date of birth."""
    columns: Any = (AccessHelp, Organization.name, Client.birth_date)
    query: Any = (
        select(*columns)
        .select_from(AccessHelp)
        .join(Organization, col(Organization.id) == col(AccessHelp.organization_id))
        .join(Client, col(Client.id) == col(AccessHelp.client_id))
        .where(col(AccessHelp.id) == help_id, col(AccessHelp.token_hash) == token)
        .where(col(Client.account_id) == col(AccessHelp.account_id), col(Client.archived_at).is_(None))
        .execution_options(populate_existing=True)
    )
    row = (await work.exec(query.with_for_update(of=AccessHelp) if work.writes else query)).one_or_none()
    return tuple(row) if row else None


async def change_open(work: Work, *which: ColumnElement[bool], **values: object) -> int:
    """Change helps that are neither used nor stopped; returns how many there were."""
    query = update(AccessHelp).where(_is_open(), *which)
    return (await work.exec(query.values(**values))).rowcount


def _is_open() -> ColumnElement[bool]:
    return and_(col(AccessHelp.used_at).is_(None), col(AccessHelp.stopped_at).is_(None))


async def list_undo_links(work: Work, account_id: UUID) -> list[AccountLink]:
    """List the links that keep the addresses which a login had lately."""
    query = select(AccountLink).where(
        AccountLink.account_id == account_id,
        AccountLink.purpose == LinkPurpose.UNDO_EMAIL,
        col(AccountLink.used_at).is_(None),
        col(AccountLink.expires_at) > work.now,
    )
    return list((await work.exec(query)).all())
