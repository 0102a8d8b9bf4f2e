"""Every SELECT of the gate. One statement brings session, person, client, practice and all that the rules look at.

What is many (settings, restrictions, grants, add-ons) is folded into one text each, because a second statement costs
more than all of this. Fields are parted by U+001F, rows by U+001E: neither can stand in an id, a day, a word or JSON.
"""

from functools import cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    FromClause,
    ScalarSelect,
    Select,
    String,
    and_,
    bindparam,
    case,
    cast,
    func,
    literal_column,
    or_,
    select,
    true,
    union,
)
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement

from portal.access.permissions import CARE_ROLES
from portal.models import metadata
from portal.models.base import Moment
from portal.settings.catalog import SettingName

FIELD, ROW = "\x1f", "\x1e"

_t = metadata.tables
session, account, client, organization = _t["session"], _t["account"], _t["client"], _t["organization"]
contact, link, grant = _t["contact"], _t["contact_link"], _t["contact_grant"]
membership, assigned, subscription = _t["membership"], _t["client_therapist"], _t["subscription"]
setting, restriction, assignment = _t["organization_setting"], _t["client_restriction"], _t["form_assignment"]

_SESSION = (
    session.c.id.label("session_id"),
    session.c.created_at.label("session_created_at"),
    session.c.touched_at,
    session.c.stepped_up_at,
    session.c.ended_at,
    account.c.id.label("account_id"),
    account.c.name.label("account_name"),
    account.c.email,
    account.c.disabled_at,
    account.c.second_factor_at,
)
_NOW = bindparam("now", type_=Moment())
_TOKEN = bindparam("token", type_=String())


def _folded(*columns: ColumnElement[Any]) -> ColumnElement[str]:
    """Put several columns into one text, empty for NULL."""
    parts: list[Any] = []
    for column in columns:
        parts += [literal_column(f"'{FIELD}'"), func.coalesce(cast(column, String), literal_column("''"))]
    text: ColumnElement[str] = parts[1]
    for part in parts[2:]:
        text = text.concat(part)
    return text


class Gathered(FunctionElement[str]):
    """All rows of a subquery as one text. SQLAlchemy's own aggregate_strings is compiled again at every execution."""

    name = "gathered"
    type = String()
    inherit_cache = True


@compiles(Gathered, "sqlite")
def _group_concat(element: Gathered, compiler: SQLCompiler, **options: Any) -> str:
    return f"group_concat({compiler.process(element.clauses, **options)}, '{ROW}')"


@compiles(Gathered, "postgresql")
def _string_agg(element: Gathered, compiler: SQLCompiler, **options: Any) -> str:
    return f"string_agg({compiler.process(element.clauses, **options)}, '{ROW}')"


def _flag(condition: ColumnElement[bool]) -> ColumnElement[str]:
    return case((condition, literal_column("'1'")), else_=literal_column("''"))


def _settings() -> ScalarSelect[Any]:
    rows = select(Gathered(_folded(setting.c.name, setting.c.value)))
    return rows.where(setting.c.organization_id == organization.c.id).correlate(organization).scalar_subquery()


def restrictions_of_client() -> ScalarSelect[Any]:
    """The settings that are off for the client of the row."""
    rows = select(Gathered(restriction.c.setting))
    return rows.where(restriction.c.client_id == client.c.id).correlate(client).scalar_subquery()


def _grants() -> ScalarSelect[Any]:
    row = _folded(
        grant.c.permission,
        grant.c.basis,
        grant.c.first_day,
        grant.c.last_day,
        _flag(grant.c.ended_at.is_not(None)),
        _flag(grant.c.renewed_at.is_not(None)),
        grant.c.assignment_id,
        assignment.c.status,
    )
    same_form = and_(assignment.c.id == grant.c.assignment_id, assignment.c.client_id == grant.c.client_id)
    rows = select(Gathered(row)).select_from(grant.outerjoin(assignment, same_form))
    mine = and_(grant.c.client_id == client.c.id, grant.c.contact_id == contact.c.id)
    return rows.where(mine).correlate(client, contact).scalar_subquery()


def add_ons_of_client() -> ScalarSelect[Any]:
    """The add-ons of this client's active therapists at `now`; an add-on counts from its start until its end."""
    running = and_(
        subscription.c.started_at <= _NOW, or_(subscription.c.ended_at.is_(None), subscription.c.ended_at > _NOW)
    )
    source = assigned.join(
        membership,
        and_(
            membership.c.id == assigned.c.membership_id,
            membership.c.deactivated_at.is_(None),
            or_(*(membership.c.role == role for role in sorted(CARE_ROLES))),
        ),
    ).join(subscription, and_(subscription.c.membership_id == membership.c.id, running))
    rows = select(Gathered(subscription.c.add_on.cast(String))).select_from(source)
    return rows.where(assigned.c.client_id == client.c.id).correlate(client).scalar_subquery()


@cache
def _subject_columns() -> tuple[ColumnElement[Any], ...]:
    return (
        client.c.id.label("client_id"),
        client.c.account_id.label("client_account_id"),
        client.c.given_name,
        client.c.family_name,
        client.c.birth_date,
        client.c.archived_at.label("client_archived_at"),
        organization.c.id.label("organization_id"),
        organization.c.slug,
        organization.c.name.label("practice_name"),
        organization.c.zone,
        organization.c.majority_age,
        organization.c.card_processing_connected_at,
        contact.c.id.label("contact_id"),
        contact.c.given_name.label("contact_given_name"),
        contact.c.family_name.label("contact_family_name"),
        contact.c.archived_at.label("contact_archived_at"),
        link.c.relationship,
        _settings().label("settings"),
        restrictions_of_client().label("restrictions"),
        _grants().label("grants"),
        add_ons_of_client().label("add_ons"),
    )


def _network(source: FromClause) -> FromClause:
    """Join what hangs on a client: the practice, and the account's place in the contact network."""
    return (
        source.outerjoin(organization, organization.c.id == client.c.organization_id)
        .outerjoin(
            contact, and_(contact.c.organization_id == client.c.organization_id, contact.c.account_id == account.c.id)
        )
        .outerjoin(link, and_(link.c.client_id == client.c.id, link.c.contact_id == contact.c.id))
    )


_SIGNED_IN = session.join(account, account.c.id == session.c.account_id)


@cache
def session_query() -> Select[Any]:
    """The session and its account."""
    return select(*_SESSION).select_from(_SIGNED_IN).where(session.c.token_hash == _TOKEN)


@cache
def subject_query() -> Select[Any]:
    """The session, and one client with all that bears on the access to it; at most one row."""
    source = _network(_SIGNED_IN.outerjoin(client, client.c.id == bindparam("client")))
    return select(*_SESSION, *_subject_columns()).select_from(source).where(session.c.token_hash == _TOKEN)


@cache
def subjects_query() -> Select[Any]:
    """The session, and every client before whom its account stands; one row without a client when there is none."""
    own = select(client.c.id.label("id")).join(session, session.c.account_id == client.c.account_id)
    others = (
        select(link.c.client_id.label("id"))
        .join(contact, contact.c.id == link.c.contact_id)
        .join(session, session.c.account_id == contact.c.account_id)
    )
    mine = union(own.where(session.c.token_hash == _TOKEN), others.where(session.c.token_hash == _TOKEN)).subquery()
    source = _SIGNED_IN.outerjoin(mine, true()).outerjoin(client, client.c.id == mine.c.id)
    return select(*_SESSION, *_subject_columns()).select_from(_network(source)).where(session.c.token_hash == _TOKEN)


@cache
def network_query() -> Select[Any]:
    """One client, seen by one contact or by the client in person (`contact` empty); for Why?."""
    who = bindparam("contact", type_=contact.c.id.type)
    source = (
        client.join(organization, organization.c.id == client.c.organization_id)
        .outerjoin(contact, and_(contact.c.organization_id == client.c.organization_id, contact.c.id == who))
        .outerjoin(link, and_(link.c.client_id == client.c.id, link.c.contact_id == contact.c.id))
        .outerjoin(
            account,
            account.c.id == case((who.is_(None), client.c.account_id), else_=contact.c.account_id),
        )
    )
    person = (account.c.id.label("account_id"), account.c.disabled_at)
    one = and_(client.c.id == bindparam("client"), client.c.organization_id == bindparam("organization"))
    return select(*person, *_subject_columns()).select_from(source).where(one)


def _asks_second_factor() -> ColumnElement[bool]:
    """Whether the practice asks its staff for a second factor: off unless it is stored as on."""
    stored = select(setting.c.id).where(
        setting.c.organization_id == organization.c.id,
        setting.c.name == literal_column(f"'{SettingName.STAFF_SECOND_FACTOR}'"),
        setting.c.value == literal_column("'true'"),
    )
    return stored.correlate(organization).exists()


@cache
def circle_query() -> Select[Any]:
    """Some clients, each with everybody in their contact network: a row for each, or one row where there is nobody."""
    own = account.alias("own_account")
    source = (
        client.join(organization, organization.c.id == client.c.organization_id)
        .outerjoin(own, own.c.id == client.c.account_id)
        .outerjoin(link, link.c.client_id == client.c.id)
        .outerjoin(contact, contact.c.id == link.c.contact_id)
        .outerjoin(account, account.c.id == contact.c.account_id)
    )
    people = (
        own.c.id.label("own_account_id"),
        own.c.email.label("own_email"),
        own.c.disabled_at.label("own_disabled_at"),
        own.c.calendar_details.label("own_details"),
        account.c.id.label("account_id"),
        account.c.email,
        account.c.disabled_at,
        account.c.calendar_details.label("details"),
    )
    these = client.c.id.in_(bindparam("clients", expanding=True))
    here = client.c.organization_id == bindparam("organization")
    ordered = select(*people, *_subject_columns()).select_from(source).where(these, here)
    return ordered.order_by(client.c.id, link.c.id)


_MEMBERSHIP = (
    membership.c.id.label("membership_id"),
    membership.c.role,
    membership.c.name.label("member_name"),
    membership.c.deactivated_at,
    organization.c.id.label("organization_id"),
    organization.c.slug,
    organization.c.name.label("practice_name"),
    organization.c.zone,
    _asks_second_factor().label("asks_second_factor"),
)


@cache
def staff_query() -> Select[Any]:
    """The session and all memberships of its account, by name of the practice, each with the client asked about."""
    source = (
        _SIGNED_IN.outerjoin(membership, membership.c.account_id == account.c.id)
        .outerjoin(organization, organization.c.id == membership.c.organization_id)
        .outerjoin(
            client,
            and_(
                client.c.organization_id == membership.c.organization_id,
                client.c.id == bindparam("client", type_=client.c.id.type),
            ),
        )
        .outerjoin(assigned, and_(assigned.c.client_id == client.c.id, assigned.c.membership_id == membership.c.id))
    )
    asked = (client.c.id.label("client_id"), assigned.c.id.label("assigned_id"))
    rows = select(*_SESSION, *_MEMBERSHIP, *asked).select_from(source).where(session.c.token_hash == _TOKEN)
    return rows.order_by(organization.c.name, organization.c.slug)
