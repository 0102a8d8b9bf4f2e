"""View as: the facts about a client and the person whom a staff member looks as, and what both may see."""

from typing import Any
from uuid import UUID

from portal.access import queries
from portal.access.actor import NOBODY, Capability, PracticeAccess, Viewing
from portal.access.decision import Decision
from portal.access.effective import QUESTIONS
from portal.access.explain import person_of
from portal.access.facts import Facts
from portal.access.policies.viewing import may_view
from portal.access.reading import facts_from
from portal.access.subjects import Subject, subject_from
from portal.database import Work
from portal.errors import NotFound


async def facts_seen(work: Work, staff: PracticeAccess, whom: UUID) -> tuple[Facts, Viewing]:
    """Read what bears on what somebody may see of the client of this access, and who that is: they, or a contact.

    One statement. Raises NotFound for anybody else.
    """
    contact_id = None if whom == staff.client_id else whom
    values = {"client": staff.client_id, "organization": staff.organization_id, "contact": contact_id, "now": work.now}
    row: Any = (await (await work.plain()).execute(queries.network_query(), values)).one_or_none()
    if row is None or (contact_id is not None and (row.relationship is None or row.contact_archived_at is not None)):
        raise NotFound
    facts = facts_from(row, work.now, person=person_of(row, contact_id))
    if facts is None:
        raise NotFound
    account_id = row.account_id or NOBODY
    return facts, Viewing(staff.organization_id, facts.client.client_id, contact_id, account_id, facts.person.name)


def decision_seen(staff: PracticeAccess, facts: Facts, capability: Capability) -> Decision:
    """Answer for both at once: the staff member, and the person they look as."""
    return may_view(staff.role, staff.actor.name, facts, capability)


def subject_seen(staff: PracticeAccess, facts: Facts) -> Subject:
    """Build what home and frame know of the client, with the answers for both."""
    decisions = {capability: decision_seen(staff, facts, capability) for capability in QUESTIONS}
    return subject_from(facts, decisions)
