"""Writing down what was done and who looked, in the same transaction as the deed; and checking the chain.

The chain and both logs hold ids, never health text.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from sqlalchemy import insert

from portal.access.actor import Actor, ClientAccess, Person, PracticeAccess
from portal.audit import queries
from portal.audit.rules import START, Detail, Fault, Link, Problem, canonical_detail, event_hash, find_problem
from portal.database import Work
from portal.kit.clock import quarter_of_hour
from portal.models import AccessLog, AccountEvent, AuditEvent
from portal.models.base import metadata

_BATCH = 500
_MOST_PROBLEMS = 100
_NOTHING: Detail = {}
_INSERT = insert(metadata.tables["audit_event"])


@dataclass(frozen=True, slots=True)
class ChainReport:
    """What `verify_chain` found: how many events it read, where the chain ends, and the first hundred faults."""

    organization_id: UUID
    events: int
    end: Link
    problems: tuple[Problem, ...]

    @property
    def intact(self) -> bool:
        """Whether every event is there, unchanged and in its place."""
        return not self.problems


async def record_change(
    work: Work,
    *,
    organization_id: UUID,
    actor: Actor,
    action: str,
    client_id: UUID | None = None,
    object_id: UUID | None = None,
    detail: Detail = _NOTHING,
) -> None:
    """Add one event to the practice's chain: two statements, in the caller's transaction.

    `action` is one of `audit.words.ACTIONS`; `detail` holds ids, numbers and names of settings. The end of the chain
    stays locked until the unit ends, so call this late in a service.
    """
    change = Change(action, client_id, object_id, detail)
    event = _event(work, organization_id, actor, await _end_of(work, organization_id), change)
    await (await work.plain()).execute(_INSERT, event.model_dump())


@dataclass(frozen=True, slots=True)
class Change:
    """One event of several that are written at once; the fields are those of record_change."""

    action: str
    client_id: UUID | None = None
    object_id: UUID | None = None
    detail: Detail = field(default_factory=dict)


async def record_changes(work: Work, *, organization_id: UUID, actor: Actor, changes: Sequence[Change]) -> None:
    """Add several events to the practice's chain, in their order: two statements, however many there are."""
    if not changes:
        return
    end, rows = await _end_of(work, organization_id), []
    for change in changes:
        event = _event(work, organization_id, actor, end, change)
        end = Link(event.sequence, event.hash)
        rows.append(event.model_dump())
    await (await work.plain()).execute(_INSERT, rows)


async def _end_of(work: Work, organization_id: UUID) -> Link:
    """Return where the chain ends, and keep others from adding to it."""
    before = await queries.lock_head(work, organization_id)
    if before is None:
        await queries.insert_head(work, organization_id)
        before = await queries.lock_head(work, organization_id) or Link(0, START)
    return before


def _event(work: Work, organization_id: UUID, actor: Actor, before: Link, change: Change) -> AuditEvent:
    event = AuditEvent(
        organization_id=organization_id,
        sequence=before.sequence + 1,
        at=work.now,
        actor_id=actor.account_id if isinstance(actor, Person) else None,
        actor_name="" if isinstance(actor, Person) else actor.name,
        client_id=change.client_id,
        action=change.action,
        object_id=change.object_id,
        detail=canonical_detail(change.detail),
        previous_hash=before.hash,
        hash="",
    )
    event.hash = event_hash(event)
    return event


async def record_access(
    work: Work,
    access: ClientAccess | PracticeAccess,
    *,
    client_id: UUID,
    kind: str,
    object_id: UUID | None = None,
) -> None:
    """Write down that somebody looked at a client's health data: one statement, or none in a unit that only reads.

    There it is noted, and the door writes it before anything is shown. Looks of one kind by one person at one client
    within a quarter of an hour are one row.
    """
    await record_looks(work, access, looked_at={client_id: object_id}, kind=kind)


async def record_looks(
    work: Work, access: ClientAccess | PracticeAccess, *, looked_at: Mapping[UUID, UUID | None], kind: str
) -> None:
    """Write down that somebody looked at several clients' health data, as record_access does: one statement, or none.

    `looked_at` names the clients, each with the object that was looked at.
    """
    rows = [
        AccessLog(
            organization_id=access.organization_id,
            account_id=access.actor.account_id,
            client_id=client_id,
            kind=kind,
            object_id=object_id,
            quarter=quarter_of_hour(work.now),
            at=work.now,
        )
        for client_id, object_id in looked_at.items()
    ]
    if rows and work.writes:
        await queries.insert_once(work, *rows)
    else:
        work.looks += rows


async def record_account_event(work: Work, *, account_id: UUID, action: str, device: str = "") -> None:
    """Write down what happened to a login: one statement. `device` is a browser's name such as "Firefox on Linux"."""
    row = AccountEvent(account_id=account_id, action=action, at=work.now, device=device[:120])
    await work.exec(insert(AccountEvent).values(row.model_dump()))


async def verify_chain(work: Work, organization_id: UUID) -> ChainReport:
    """Read a practice's whole chain and say what was changed, is missing or stands in the wrong place.

    Somebody who rewrites everything from one event on, the end included, makes a chain that fits: keep the end that
    this returns somewhere else, and compare.
    """
    head = await queries.find_head(work, organization_id)
    stand, count, problems = Link(0, START), 0, list[Problem]()
    while events := await queries.list_events(work, organization_id, after=stand.sequence, limit=_BATCH):
        for event in events:
            problem = find_problem(event, stand)
            problems += [problem] if problem else []
            stand = Link(event.sequence, event.hash)
        count += len(events)
    if stand.sequence != head.sequence:
        problems.append(Problem(min(stand.sequence, head.sequence) + 1, Fault.MISSING))
    elif stand.hash != head.hash:
        problems.append(Problem(stand.sequence, Fault.CHANGED))
    return ChainReport(organization_id, count, stand, tuple(problems[:_MOST_PROBLEMS]))
