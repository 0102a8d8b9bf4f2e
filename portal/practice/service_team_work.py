"""What a staff member works with: the add-ons bought for them, and the clients assigned to them."""

from collections.abc import Collection
from uuid import UUID

from portal.access.actor import PracticeAccess
from portal.access.permissions import CARE_ROLES
from portal.audit.service import record_change
from portal.clients.queries import tell_people
from portal.database import Work
from portal.errors import Conflict, Invalid, NotFound
from portal.models import AddOn, ClientTherapist, Membership, Subscription
from portal.practice import queries_team as queries
from portal.practice import words_team
from portal.practice.team import open_member, record

_MOST_CLIENTS = 200


async def set_subscription(work: Work, access: PracticeAccess, *, membership_id: UUID, add_on: AddOn, on: bool) -> None:
    """Buy an add-on for a therapist, or end it, from the next click of their clients on.

    Raises Conflict for who is not active, Invalid for a role that gives no care. What is so already stays so.
    """
    member = await open_member(work, access, membership_id)
    running = await queries.find_running(work, member, add_on)
    if bool(running) is on:
        return
    if not on:
        await _end(work, access, member, running)
        return
    _require_care(member)
    work.add(
        Subscription(
            organization_id=member.organization_id, membership_id=member.id, add_on=add_on, started_at=work.now
        )
    )
    await work.flush()
    await record(work, access, "subscription.started", member, {"add_on": add_on.value})
    await _tell_clients(work, member)


async def end_add_ons(work: Work, access: PracticeAccess, member: Membership) -> None:
    """End every add-on of a staff member."""
    for add_on in AddOn:
        await _end(work, access, member, await queries.find_running(work, member, add_on))


async def assign_clients(
    work: Work, access: PracticeAccess, *, membership_id: UUID, client_ids: Collection[UUID], assigned: bool
) -> int:
    """Give clients to a therapist, or take them away; returns for how many that changed anything.

    Raises NotFound for a client of another practice, Invalid for none or more than 200 and for a role without care.
    """
    member = await open_member(work, access, membership_id)
    wanted = set(client_ids)
    if not wanted:
        raise Invalid(words_team.NO_CLIENTS)
    if len(wanted) > _MOST_CLIENTS:
        raise Invalid(words_team.TOO_MANY_CLIENTS)
    if await queries.find_clients(work, access.organization_id, wanted) != wanted:
        raise NotFound
    there = set(await queries.find_assigned(work, member, wanted))
    changed = sorted(wanted - there if assigned else there)
    if assigned:
        _require_care(member)
        for client_id in changed:
            work.add(
                ClientTherapist(
                    organization_id=member.organization_id,
                    client_id=client_id,
                    membership_id=member.id,
                    created_at=work.now,
                )
            )
        await work.flush()
    elif changed:
        await queries.remove_assigned(work, member, changed)
    await _record_assigned(work, access, member, changed, "added" if assigned else "removed")
    return len(changed)


async def _record_assigned(
    work: Work, access: PracticeAccess, member: Membership, client_ids: list[UUID], how: str
) -> None:
    for client_id in client_ids:
        await record_change(
            work,
            organization_id=access.organization_id,
            actor=access.actor,
            action="client.therapists_changed",
            client_id=client_id,
            detail={how: [str(member.id)]},
        )
    if client_ids:
        work.tell(f"clients:{access.organization_id}")
        work.tell(f"team:{access.organization_id}")
        await tell_people(work, access.organization_id, client_ids)


def _require_care(member: Membership) -> None:
    if member.deactivated_at is not None:
        raise Conflict(words_team.NOT_ACTIVE.format(name=member.name))
    if member.role not in CARE_ROLES:
        raise Invalid(words_team.NO_CARE)


async def _end(work: Work, access: PracticeAccess, member: Membership, running: Collection[Subscription]) -> None:
    for subscription in running:
        subscription.ended_at = work.now
        work.add(subscription)
        await work.flush()
        await record(work, access, "subscription.ended", member, {"add_on": subscription.add_on.value})
    if running:
        await _tell_clients(work, member)


async def _tell_clients(work: Work, member: Membership) -> None:
    """A therapist's add-ons decide what their clients see, and what the settings page says."""
    work.tell(f"settings:{member.organization_id}")
    await tell_people(work, member.organization_id, list(await queries.find_assigned(work, member)))
