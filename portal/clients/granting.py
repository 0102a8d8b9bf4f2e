"""What every change of a grant has in common: finding it through the access, writing it down, telling open pages."""

from collections.abc import Sequence
from uuid import UUID

from portal.access.actor import Person, PracticeAccess, StaffTask
from portal.access.codes import Code
from portal.access.facts import Facts
from portal.access.policies.standing import why_not_covering
from portal.audit.rules import Plain
from portal.audit.service import record_change
from portal.clients import queries, queries_network, words
from portal.clients.facts import network_facts
from portal.clients.rules import InvalidFields
from portal.clients.rules_grants import held, read_day
from portal.database import Work
from portal.errors import Conflict, NotFound
from portal.models import Client, Contact, Grant


async def open_network(work: Work, access: PracticeAccess, *, archived: bool = False) -> tuple[Client, Facts]:
    """Find the client of this access, locked, with the facts that grants are judged by. Raises Conflict if archived."""
    queries.require(access, StaffTask.EDIT_CLIENTS)
    client = await queries.find_client(work, access, lock=True)
    if client.archived_at is not None and not archived:
        raise Conflict(words.ARCHIVED)
    practice = await queries.find_practice(work, access.organization_id)
    return client, network_facts(client, practice, work.now)


async def open_member(work: Work, client: Client, contact_id: UUID) -> Contact:
    """Find a contact in the client's network; raises NotFound otherwise."""
    found = await queries_network.find_member(work, client.organization_id, client.id, contact_id)
    if found is None:
        raise NotFound
    return found[0]


async def open_grant(work: Work, client: Client, grant_id: UUID) -> tuple[Grant, Contact]:
    """Find a grant for the client, locked, and whose it is; raises NotFound otherwise."""
    grant = await queries_network.find_grant(work, client.organization_id, client.id, grant_id)
    if grant is None:
        raise NotFound
    contact = await queries_network.find_contact(work, client.organization_id, grant.contact_id)
    if contact is None:
        raise NotFound
    return grant, contact


def is_over(grant: Grant, facts: Facts) -> bool:
    """Whether a grant has ended for good: by somebody, by its last day or by age. One that is still to come has not."""
    reason = why_not_covering(held(grant, is_form_open=True), facts)
    return reason not in (None, Code.GRANT_NOT_YET)


async def close_grant(work: Work, actor: Person, grant: Grant, facts: Facts, last_day: str) -> bool:
    """End one grant, now or after a day, and write it down; False when there was nothing to end.

    Raises InvalidFields for a day that has passed, or is before the first one.
    """
    before, day = describe(grant), read_day("last_day", last_day, facts.today)
    if is_over(grant, facts) or (day is not None and day == grant.last_day):
        return False
    if day is None:
        grant.ended_at, grant.ended_by = work.now, actor.account_id
    elif day < grant.first_day:
        raise InvalidFields({"last_day": words.END_BEFORE_START})
    elif day < facts.today:
        raise InvalidFields({"last_day": words.DAY_PASSED})
    else:
        grant.last_day = day
    work.add(grant)
    await work.flush()
    if day is None:
        await record_grant(work, actor, grant, "grant.ended", before)
    else:
        await record_grant(work, actor, grant, "grant.changed", from_to(before, describe(grant)))
    return True


def describe(grant: Grant) -> dict[str, Plain]:
    """Return a grant's terms for the audit chain: words and days, never the note."""
    return {
        "permission": grant.permission.value,
        "basis": grant.basis.value,
        "first_day": grant.first_day.isoformat(),
        "last_day": grant.last_day.isoformat() if grant.last_day else None,
    }


def from_to(before: dict[str, Plain], after: dict[str, Plain]) -> dict[str, Plain]:
    """Return what changed from what to what, and which permission it was about."""
    changed: dict[str, Plain] = {"permission": after["permission"]}
    for name, old in before.items():
        if old != after[name]:
            changed[f"{name}_from"], changed[f"{name}_to"] = old, after[name]
    return changed


async def record_grant(work: Work, actor: Person, grant: Grant, action: str, terms: dict[str, Plain]) -> None:
    """Write down in the practice's chain what was done to a grant, and to whose."""
    await record_change(
        work,
        organization_id=grant.organization_id,
        actor=actor,
        action=action,
        client_id=grant.client_id,
        object_id=grant.id,
        detail={**terms, "contact": str(grant.contact_id)},
    )


async def record_given(work: Work, actor: Person, contact: Contact, grants: Sequence[Grant]) -> None:
    """Write down in one event what a contact was given; all of it has the same terms."""
    terms = {name: value for name, value in describe(grants[0]).items() if name != "permission"}
    await record_change(
        work,
        organization_id=contact.organization_id,
        actor=actor,
        action="grant.given",
        client_id=grants[0].client_id,
        object_id=contact.id,
        detail={
            **terms,
            "permissions": [grant.permission.value for grant in grants],
            "grants": [str(grant.id) for grant in grants],
            "contact": str(contact.id),
        },
    )


def tell_both(work: Work, client: Client, contact: Contact) -> None:
    """Ask for the open pages about the client, of the client and of the contact, to load again."""
    work.tell(f"client:{client.id}")
    for account_id in (client.account_id, contact.account_id):
        if account_id is not None:
            work.tell(f"account:{account_id}")
