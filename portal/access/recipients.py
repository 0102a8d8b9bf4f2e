"""Whom to tell about a client: the same questions that open the pages decide who hears of what is on them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from portal.access import queries
from portal.access.actor import Capability, Standing
from portal.access.effective import effective
from portal.access.facts import Facts, Login, PersonFacts
from portal.access.reading import contact_from, facts_from
from portal.database import Work
from portal.settings.effective import PracticeSettings, is_address_hidden


@dataclass(frozen=True, slots=True)
class Recipient:
    """Somebody with a login who may have a capability for a client, now; `contact_id` is None for the client.

    `whose` are the given names of the others for whom they have it; `details` says that their calendar may tell more.
    """

    account_id: UUID
    email: str
    client_id: UUID
    contact_id: UUID | None = None
    details: bool = False
    whose: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Circle:
    """Everybody to tell about some clients, each login once, with what their practice decided."""

    recipients: tuple[Recipient, ...]
    settings: PracticeSettings | None
    hides_address: bool


async def find_circle(
    work: Work, organization_id: UUID, client_ids: Collection[UUID], capability: Capability
) -> Circle:
    """Find who may have a capability for these clients: each in person, and their contacts. One statement."""
    connection = await work.plain()
    values = {"clients": sorted(client_ids), "organization": organization_id, "now": work.now}
    rows = (await connection.execute(queries.circle_query(), values)).all()
    found: dict[UUID, Recipient] = {}
    settings: PracticeSettings | None = None
    hides = False
    for row in rows:
        for person, account_id, email, details in _people(row):
            facts = facts_from(row, work.now, person=person)
            if facts is None:
                continue
            settings, hides = facts.settings, hides or is_address_hidden(facts.settings, facts.client.off)
            if _is_told(facts, capability, account_id):
                one = Recipient(account_id, email, facts.client.client_id, person.contact_id, bool(details))
                one = found.get(account_id, one)
                names = (facts.client.given_name,) if person.contact_id else ()
                found[account_id] = replace(one, whose=tuple(dict.fromkeys((*one.whose, *names))))
    return Circle(tuple(found.values()), settings, hides)


def _is_told(facts: Facts, capability: Capability, account_id: UUID | None) -> bool:
    return account_id is not None and effective(facts, capability).allowed


def _people(row: Any) -> Sequence[tuple[PersonFacts, Any, str, Any]]:
    own = PersonFacts(Standing.CLIENT, "", _login(row.own_account_id, row.own_disabled_at))
    people = [(own, row.own_account_id, row.own_email, row.own_details)]
    if row.contact_id is not None:
        login = _login(row.account_id, row.disabled_at)
        people.append((contact_from(row, "", login), row.account_id, row.email, row.details))
    return people


def _login(account_id: UUID | None, disabled_at: object) -> Login:
    if account_id is None:
        return Login.NONE
    return Login.DISABLED if disabled_at else Login.ACTIVE
