"""Why?: staff see every step, for a client in person or for somebody in the client's contact network."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from portal.access import queries
from portal.access.actor import Capability, PracticeAccess, StaffTask, Standing
from portal.access.decision import Decision
from portal.access.effective import everything
from portal.access.facts import Login, PersonFacts
from portal.access.reading import contact_from, facts_from
from portal.database import Work
from portal.errors import NotFound, NotPermitted

_TASKS = frozenset({StaffTask.SEE_CLIENTS, StaffTask.EDIT_CLIENTS, StaffTask.VIEW_AS})


@dataclass(frozen=True, slots=True)
class Explanation:
    """What one person may do for one client, now, with every step; `Step.why` is the sentence for staff."""

    client_id: UUID
    client_name: str
    contact_id: UUID | None
    person_name: str
    decisions: Mapping[Capability, Decision]


async def explain_access(work: Work, access: PracticeAccess, *, contact_id: UUID | None = None) -> Explanation:
    """Explain what the client of this access may do in person, or what one of their contacts may do for them.

    The gate has to have been asked about the client. Raises NotFound for a contact who is not in the client's network.
    """
    if access.task not in _TASKS:
        raise NotPermitted("To see who may do what, open the client first.")
    connection = await work.plain()
    values = {"client": access.client_id, "organization": access.organization_id, "contact": contact_id}
    row: Any = (await connection.execute(queries.network_query(), {**values, "now": work.now})).one_or_none()
    if row is None or (contact_id is not None and row.relationship is None):
        raise NotFound
    facts = facts_from(row, work.now, person=person_of(row, contact_id))
    if facts is None:
        raise NotFound
    return Explanation(row.client_id, facts.client.name, contact_id, facts.person.name, everything(facts))


def person_of(row: Any, contact_id: UUID | None) -> PersonFacts:
    """Build what is known of whom staff ask about, from a row of `network_query`."""
    if contact_id is None:
        return PersonFacts(Standing.CLIENT, f"{row.given_name} {row.family_name}", _login(row))
    return contact_from(row, f"{row.contact_given_name} {row.contact_family_name}", _login(row))


def _login(row: Any) -> Login:
    if row.account_id is None:
        return Login.NONE
    return Login.DISABLED if row.disabled_at else Login.ACTIVE
