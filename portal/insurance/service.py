"""What staff do with policies: read, add, change, put in order, end. Everything they write is in force at once."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import update
from sqlmodel import col

from portal.access.actor import ClientAccess, PracticeAccess, StaffTask
from portal.audit.service import Change, record_access, record_changes
from portal.database import Work
from portal.errors import Conflict, NotFound, NotPermitted
from portal.insurance import queries, rules, showing, words, writing
from portal.insurance.sealing import details_of
from portal.insurance.views import NO_CARDS, Cards, PastVersion, PolicyView
from portal.models import InsurancePolicy, Payer, Permission


@dataclass(frozen=True, slots=True)
class Typed:
    """What stands in the form of a policy. `payer` is the name of a company, `seen` the revision that was changed.

    A photo that is None is left as it is. `adds_payer`: a company that is not on the list is to come onto it.
    """

    payer: str
    details: Mapping[str, str]
    cards: Cards = NO_CARDS
    seen: int = 0
    adds_payer: bool = False


def require_review(access: PracticeAccess) -> UUID:
    """Let only those on who look after insurance; returns the client whom the access was opened for."""
    if access.task is not StaffTask.INSURANCE_REVIEW:
        raise NotPermitted(words.NOT_FOR_YOU)
    if access.client_id is None:
        raise NotFound
    return access.client_id


def require_insurance(access: ClientAccess) -> UUID:
    """Refuse an access of the client's side that was opened for something else; returns its client."""
    if access.permission is not Permission.INSURANCE:
        raise NotPermitted(words.NOT_FOR_YOU)
    return access.client_id


async def list_policies(work: Work, access: ClientAccess | PracticeAccess) -> list[PolicyView]:
    """List a client's policies in their order: one statement, and one that staff looked; of others the door says so."""
    client_id = require_review(access) if isinstance(access, PracticeAccess) else require_insurance(access)
    found = await queries.policies_of(work, access.organization_id, client_id)
    if isinstance(access, PracticeAccess):
        await record_access(work, access, client_id=client_id, kind="insurance")
    return [showing.policy_view(held, work.ring) for held in found]


async def list_history(work: Work, access: PracticeAccess, *, policy_id: UUID) -> list[PastVersion]:
    """List what was changed in a policy of this client, the last change first; that somebody looked is recorded."""
    client_id = require_review(access)
    held = await queries.find_policy(work, access.organization_id, client_id, policy_id)
    await record_access(work, access, client_id=client_id, kind="insurance", object_id=policy_id)
    versions = await queries.versions_of(work, access.organization_id, [held.policy.id])
    return showing.history(versions, work.ring, access.zone)


async def add_policy(work: Work, access: PracticeAccess, *, typed: Typed, place: int) -> UUID:
    """Add a policy at a place; those from there on move down. Raises InvalidFields, and Invalid for a fourth."""
    client_id = require_review(access)
    details = rules.check_details(typed.details, today=access.today)
    await queries.lock_client(work, access.organization_id, client_id)
    payer, is_new = await writing.payer_named(
        work, access.organization_id, typed.payer, by=access.actor, adds=typed.adds_payer
    )
    await writing.keep_cards(work, access, client_id, typed.cards)
    content = writing.Content(payer.id, details, typed.cards)
    policy_id = await writing.write_policy(work, access.organization_id, client_id, content, place, access.actor)
    await record(work, access, client_id, policy_id, "insurance.policy_added", payer if is_new else None)
    return policy_id


async def change_policy(work: Work, access: PracticeAccess, *, policy_id: UUID, typed: Typed) -> None:
    """Change a policy. Raises InvalidFields, and Conflict when somebody else changed it since it was seen."""
    client_id = require_review(access)
    details = rules.check_details(typed.details, today=access.today)
    held = await queries.find_policy(work, access.organization_id, client_id, policy_id)
    payer, is_new = await writing.payer_named(
        work, access.organization_id, typed.payer, by=access.actor, adds=typed.adds_payer
    )
    await writing.keep_cards(work, access, client_id, typed.cards)
    cards = Cards(typed.cards.front or held.version.front_id, typed.cards.back or held.version.back_id)
    is_same = (held.version.payer_id, held.version.front_id, held.version.back_id) == (
        payer.id,
        cards.front,
        cards.back,
    )
    if is_same and not rules.changes_between(details_of(work.ring, held.version), details):
        return
    await writing.claim_policy(work, held.policy, typed.seen)
    content = writing.Content(payer.id, details, cards)
    await writing.write_version(work, held.policy, typed.seen + 1, content, access.actor)
    await record(work, access, client_id, policy_id, "insurance.policy_changed", payer if is_new else None)


async def move_policy(work: Work, access: PracticeAccess, *, policy_id: UUID, place: int) -> None:
    """Put a policy at another place; the others keep their order among themselves."""
    client_id = require_review(access)
    await queries.lock_client(work, access.organization_id, client_id)
    order = [held.policy.id for held in await queries.policies_of(work, access.organization_id, client_id)]
    if policy_id not in order:
        raise NotFound
    await writing.put_in_order(work, client_id, rules.order_with(order, policy_id, place))
    await record(work, access, client_id, policy_id, "insurance.policy_moved")


async def end_policy(work: Work, access: PracticeAccess, *, policy_id: UUID, seen: int) -> None:
    """End a policy: it stays in the record, and those after it move up. Raises Conflict when it changed meanwhile."""
    client_id = require_review(access)
    await queries.lock_client(work, access.organization_id, client_id)
    ended = await work.exec(
        update(InsurancePolicy)
        .where(
            col(InsurancePolicy.id) == policy_id,
            col(InsurancePolicy.client_id) == client_id,
            col(InsurancePolicy.organization_id) == access.organization_id,
            col(InsurancePolicy.place).is_not(None),
            col(InsurancePolicy.revision) == seen,
        )
        .values(ended_at=work.now)
        .execution_options(synchronize_session=False)
    )
    found = {held.policy.id: held for held in await queries.policies_of(work, access.organization_id, client_id)}
    if policy_id not in found:
        raise NotFound
    if ended.rowcount != 1:
        raise Conflict(words.HAS_CHANGED)
    if found[policy_id].waits:
        raise Conflict(words.DECIDE_FIRST)
    await writing.put_in_order(work, client_id, [one for one in found if one != policy_id])
    await record(work, access, client_id, policy_id, "insurance.policy_ended")


async def record(
    work: Work,
    access: PracticeAccess,
    client_id: UUID,
    object_id: UUID,
    action: str,
    new_payer: Payer | None = None,
) -> None:
    """Add what was done to the chain, and that a company came onto the list; open pages hear of it."""
    changes = [Change("insurance.payer_added", None, new_payer.id)] if new_payer else []
    changes.append(Change(action, client_id, object_id))
    await record_changes(work, organization_id=access.organization_id, actor=access.actor, changes=changes)
    writing.tell(work, access.organization_id, client_id)
