"""Coming of age: notices 30 and 7 days before, and a line in the audit chain on the day.

Access itself needs nothing to be done: grants of parents and guardians end by rule (access.policies.standing).
"""

from collections.abc import Sequence
from datetime import date, timedelta
from uuid import UUID

from portal.access.actor import System
from portal.audit.service import record_change
from portal.clients import queries, queries_coming_of_age, queries_network
from portal.clients.facts import network_facts
from portal.clients.granting import is_over
from portal.clients.rules_grants import ends_with_age
from portal.database import Work
from portal.kit.clock import birthday, today_in
from portal.models import Client, Grant
from portal.notifications.outbox import enqueue_mail

JOB = System("coming of age")
STAGES = (7, 30)
_MISSED = timedelta(days=31)
_SLACK = timedelta(days=2)


async def announce(work: Work, organization_id: UUID) -> int:
    """Tell staff and family of a practice who comes of age within 30 days, and again within 7; returns how many mails.

    Safe to run often, by several workers, and after days without a worker: each mail and each event is written once.
    """
    practice = await queries.find_practice(work, organization_id)
    today = today_in(practice.zone, work.now)
    first = birthday(today - _MISSED - _SLACK, -practice.majority_age)
    last = birthday(today + timedelta(days=max(STAGES)) + _SLACK, -practice.majority_age)
    mails = 0
    for client in await queries_coming_of_age.list_born_between(work, organization_id, first, last):
        facts = network_facts(client, practice, work.now)
        rows = await queries_network.list_grants(work, organization_id, client.id)
        grants = [grant for grant, _ in rows if ends_with_age(grant, facts)]
        turns = birthday(client.birth_date or today, practice.majority_age)
        if turns <= today:
            await _note_birthday(work, client, grants, turns, today)
        else:
            running = [grant for grant in grants if not is_over(grant, facts) and not _ends_before(grant, turns)]
            mails += await _announce_one(work, client, running, turns, today)
    return mails


def stage_of(turns: date, today: date) -> int | None:
    """Return which notice is due, 30 or 7 days before a birthday; None earlier, and on the day and after."""
    days = (turns - today).days
    return next((stage for stage in STAGES if 0 < days <= stage), None)


def _ends_before(grant: Grant, turns: date) -> bool:
    return grant.last_day is not None and grant.last_day < turns


async def _announce_one(work: Work, client: Client, grants: Sequence[Grant], turns: date, today: date) -> int:
    stage = stage_of(turns, today)
    if stage is None or not grants:
        return 0
    when = f"{turns.day} {turns:%B %Y}"
    organization_id = client.organization_id
    mails = 0
    ids = sorted({grant.contact_id for grant in grants})
    for contact in await queries_coming_of_age.list_contacts(work, organization_id, ids):
        mails += await enqueue_mail(
            work,
            kind="coming_of_age_family",
            to_address=contact.email,
            account_id=contact.account_id,
            organization_id=organization_id,
            context={"when": when},
            dedupe_key=_key(stage, client, contact.id, turns),
        )
    for member in await queries_coming_of_age.list_responsible(work, organization_id, client.id):
        mails += await enqueue_mail(
            work,
            kind="coming_of_age_staff",
            to_address=member.email,
            account_id=member.account_id,
            organization_id=organization_id,
            context={"when": when, "client": str(client.id)},
            dedupe_key=_key(stage, client, member.id, turns),
        )
    if mails:
        await _record(work, client, "client.coming_of_age_announced", {"days": stage, "mails": mails})
    return mails


async def _note_birthday(work: Work, client: Client, grants: Sequence[Grant], turns: date, today: date) -> None:
    """Write down once that access ended by age, and let open pages load again."""
    if today - turns > _MISSED:
        return
    if await queries_coming_of_age.is_recorded(work, client.organization_id, client.id, "client.came_of_age"):
        return
    ended = sum(1 for grant in grants if grant.ended_at is None and not _ends_before(grant, turns))
    await _record(work, client, "client.came_of_age", {"grants_ended": ended})
    await queries.tell_people(work, client.organization_id, [client.id])


async def _record(work: Work, client: Client, action: str, detail: dict[str, int]) -> None:
    await record_change(
        work, organization_id=client.organization_id, actor=JOB, action=action, client_id=client.id, detail=detail
    )


def _key(stage: int, client: Client, recipient_id: UUID, turns: date) -> str:
    return f"of-age:{stage}:{client.id}:{recipient_id}:{turns}"
