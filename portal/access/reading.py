"""From rows of queries.py to facts: no database, no decision."""

from datetime import date, datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

from portal.access.actor import Standing
from portal.access.facts import ClientFacts, Facts, HeldGrant, Login, PersonFacts, PracticeFacts
from portal.access.queries import FIELD, ROW
from portal.kit.clock import today_in
from portal.models import AddOn, AssignmentStatus, Basis, Permission
from portal.settings.catalog import SettingName
from portal.settings.effective import PracticeSettings, restrictions_from, settings_from

UNSIGNED = frozenset(
    {
        AssignmentStatus.SENT,
        AssignmentStatus.SEEN,
        AssignmentStatus.IN_PROGRESS,
        AssignmentStatus.SIGNING,
        AssignmentStatus.RETURNED,
    }
)


def facts_from(row: Any, now: datetime, *, person: PersonFacts | None = None) -> Facts | None:
    """Build the facts from a row; None when the account does not stand before that client at all.

    Who is in no network, or was removed from it, stands nowhere. `person` is given where staff ask about somebody.
    """
    who = person or _person(row)
    if who is None:
        return None
    return Facts(
        today=today_in(row.zone, now),
        practice=PracticeFacts(
            organization_id=row.organization_id,
            slug=row.slug,
            name=row.practice_name,
            zone=row.zone,
            majority_age=row.majority_age,
            has_card_processing=row.card_processing_connected_at is not None,
        ),
        settings=read_settings(row.settings),
        client=client_from(row),
        person=who,
    )


def client_from(row: Any) -> ClientFacts:
    """Build what is known of a client from a row that has one."""
    return ClientFacts(
        client_id=row.client_id,
        given_name=row.given_name,
        name=_client_name(row),
        birth_date=row.birth_date,
        is_archived=row.client_archived_at is not None,
        off=_restrictions(row.restrictions),
        add_ons=_add_ons(row.add_ons),
    )


def _client_name(row: Any) -> str:
    return f"{row.given_name} {row.family_name}"


def _person(row: Any) -> PersonFacts | None:
    """Say who somebody is before a client, under the practice's name for them: the login's own is theirs to choose."""
    if row.client_id is None:
        return None
    if row.client_account_id == row.account_id:
        return PersonFacts(Standing.CLIENT, _client_name(row), Login.ACTIVE)
    if row.relationship is None or row.contact_archived_at is not None:
        return None
    return contact_from(row, f"{row.contact_given_name} {row.contact_family_name}", Login.ACTIVE)


def contact_from(row: Any, name: str, login: Login) -> PersonFacts:
    """Build what is known of a contact from a row that has one."""
    return PersonFacts(
        standing=Standing.CONTACT,
        name=name,
        login=login,
        contact_id=row.contact_id,
        relationship=row.relationship,
        is_contact_archived=row.contact_archived_at is not None,
        grants=_grants(row.grants),
    )


@lru_cache(maxsize=1024)
def read_settings(text: str | None) -> PracticeSettings:
    """Read the folded settings of a practice. The same text comes with every event, so it is read once."""
    return settings_from(_pair(line) for line in _lines(text))


def _pair(line: str) -> tuple[str, str]:
    name, value = line.split(FIELD)
    return name, value


@lru_cache(maxsize=1024)
def _restrictions(text: str | None) -> frozenset[SettingName]:
    return restrictions_from(_lines(text))


@lru_cache(maxsize=64)
def _add_ons(text: str | None) -> frozenset[AddOn]:
    return frozenset(AddOn(line) for line in _lines(text))


@lru_cache(maxsize=4096)
def _grants(text: str | None) -> tuple[HeldGrant, ...]:
    return tuple(_grant(*line.split(FIELD)) for line in _lines(text))


def _grant(
    permission: str, basis: str, first: str, last: str, ended: str, renewed: str, form: str, status: str
) -> HeldGrant:
    return HeldGrant(
        permission=Permission(permission),
        basis=Basis(basis),
        first_day=date.fromisoformat(first),
        last_day=date.fromisoformat(last) if last else None,
        is_ended=bool(ended),
        is_renewed=bool(renewed),
        assignment_id=UUID(form) if form else None,
        is_form_open=status in UNSIGNED,
    )


def _lines(text: str | None) -> list[str]:
    return text.split(ROW) if text else []
