"""Every SELECT about logins."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, String, and_, cast, literal, true, union
from sqlmodel import col, func, select

from portal.accounts.rules import ABSOLUTE_LIMIT, IDLE_LIMIT
from portal.database import Work
from portal.models import (
    Account,
    AccountLink,
    Client,
    Contact,
    LinkPurpose,
    Membership,
    Organization,
    OrganizationSetting,
    RecoveryCode,
    Role,
    Session,
)
from portal.settings.catalog import SettingName


@dataclass(frozen=True, slots=True)
class Practice:
    """A practice that an account has to do with, and as what. `asks_second_factor`: of its staff, this account too."""

    id: UUID
    name: str
    zone: str
    is_staff: bool
    asks_second_factor: bool = False


@dataclass(frozen=True, slots=True)
class Owner:
    """A login with the practices that its person has to do with."""

    account: Account
    practices: tuple[Practice, ...]


async def find_account(work: Work, key: str) -> Account | None:
    """Find a login by its folded e-mail address."""
    return (await work.exec(select(Account).where(Account.email_key == key))).first()


async def get_account(work: Work, account_id: UUID) -> Account | None:
    """Read a login as it is now, locked for the length of the unit where the database can."""
    query = select(Account).where(Account.id == account_id).execution_options(populate_existing=True)
    return (await work.exec(query.with_for_update(key_share=True) if work.writes else query)).first()


async def find_owner(work: Work, account_id: UUID) -> Owner | None:
    """Read a login as it is now, with its practices. One statement."""
    columns, found = _practices_of(account_id)
    query: Any = (
        select(Account, *columns)
        .select_from(Account)
        .outerjoin(found, true())
        .outerjoin(Organization, col(Organization.id) == found.c.organization_id)
        .where(col(Account.id) == account_id)
        .order_by(col(Organization.name), found.c.is_staff)
        .execution_options(populate_existing=True)
    )
    rows = (await work.exec(query)).all()
    practices = tuple(Practice(*practice) for _, *practice in rows if practice[0] is not None)
    return Owner(rows[0][0], practices) if rows else None


async def list_practices(work: Work, account_id: UUID) -> Sequence[Practice]:
    """List the practices that an account is client, contact or active staff of; one row for each and each side."""
    columns, found = _practices_of(account_id)
    query: Any = (
        select(*columns)
        .select_from(found)
        .join(Organization, col(Organization.id) == found.c.organization_id)
        .order_by(col(Organization.name), found.c.is_staff)
    )
    return [Practice(*row) for row in (await work.exec(query)).all()]


async def list_roles(work: Work, account_id: UUID) -> set[Role | None]:
    """List the roles that an account has as active staff of any practice; None is among them for a client's side."""
    own = [select(literal("")).where(model.account_id == account_id) for model in (Client, Contact)]
    staff = select(cast(Membership.role, String)).where(
        Membership.account_id == account_id, col(Membership.deactivated_at).is_(None)
    )
    found = (await (await work.plain()).execute(union(*own, staff))).scalars()
    return {Role(word) if word else None for word in found}


def _practices_of(account_id: UUID) -> tuple[Any, Any]:
    """Return the columns of a Practice, and where they come from: which practices, and on which side."""
    parts: list[Any] = [
        select(col(model.organization_id).label("organization_id"), literal(is_staff).label("is_staff")).where(
            model.account_id == account_id, *more
        )
        for model, is_staff, more in (
            (Client, False, ()),
            (Contact, False, ()),
            (Membership, True, (col(Membership.deactivated_at).is_(None),)),
        )
    ]
    found = union(*parts).subquery()
    asks = and_(found.c.is_staff, asks_second_factor(col(Organization.id)))
    return (Organization.id, Organization.name, Organization.zone, found.c.is_staff, asks), found


def asks_second_factor(organization_id: Any) -> ColumnElement[bool]:
    """The condition that a practice asks its staff for a second factor; its setting is off unless it is stored on."""
    stored = select(OrganizationSetting.id).where(
        col(OrganizationSetting.organization_id) == organization_id,
        OrganizationSetting.name == SettingName.STAFF_SECOND_FACTOR,
        OrganizationSetting.value == "true",
    )
    return stored.correlate(Organization).exists()


async def count_recovery_codes(work: Work, account_id: UUID) -> int:
    """Count the recovery codes that are left."""
    query = select(func.count()).where(col(RecoveryCode.account_id) == account_id, col(RecoveryCode.used_at).is_(None))
    return (await work.exec(query)).one()


async def find_practice_name(work: Work, slug: str) -> str | None:
    """Find the name of a practice by the word in its addresses."""
    return (await work.exec(select(Organization.name).where(Organization.slug == slug))).first()


def live(now: datetime) -> ColumnElement[bool]:
    """The condition under which a session counts; the same as rules.is_live, which a test compares it with."""
    return and_(
        col(Session.ended_at).is_(None),
        col(Session.touched_at) >= now - IDLE_LIMIT,
        col(Session.created_at) >= now - ABSOLUTE_LIMIT,
    )


async def find_session(work: Work, session_hash: str) -> Session | None:
    """Find a live session by the hash of its token."""
    query = select(Session).where(Session.token_hash == session_hash, live(work.now))
    return (await work.exec(query)).first()


async def list_live_sessions(work: Work, account_id: UUID) -> Sequence[Session]:
    """List an account's live sessions, the one used last first."""
    query = select(Session).where(Session.account_id == account_id, live(work.now))
    return (await work.exec(query.order_by(col(Session.touched_at).desc(), col(Session.id).desc()))).all()


async def count_sessions(work: Work, account_id: UUID) -> int:
    """Count all sessions that an account ever had."""
    return (await work.exec(select(func.count()).where(col(Session.account_id) == account_id))).one()


async def find_open_link(work: Work, link_id: UUID, token: str, purpose: LinkPurpose) -> AccountLink | None:
    """Find a link that was neither used nor replaced nor has expired; `token` is its token's hash."""
    query = select(AccountLink).where(
        AccountLink.id == link_id, AccountLink.token_hash == token, AccountLink.purpose == purpose
    )
    return (await work.exec(query.where(open_link(work.now)))).first()


def open_link(now: datetime) -> ColumnElement[bool]:
    """The condition under which a link can still be used."""
    return and_(
        col(AccountLink.used_at).is_(None), col(AccountLink.replaced_at).is_(None), col(AccountLink.expires_at) > now
    )


async def find_pending_email(work: Work, account_id: UUID) -> AccountLink | None:
    """Find the link of an e-mail change that waits for its confirmation."""
    query = select(AccountLink).where(
        AccountLink.account_id == account_id, AccountLink.purpose == LinkPurpose.CONFIRM_EMAIL, open_link(work.now)
    )
    return (await work.exec(query.order_by(col(AccountLink.id).desc()))).first()
