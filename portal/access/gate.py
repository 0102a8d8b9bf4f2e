"""The gate: the only place where proof of access is made. Each opening is one statement, session included.

The session row is read here and never touched: that is the guard's, and only for what the person does. Who acts goes
by the name that the practice has for them: the name of a login is its owner's to choose, and proves nothing.
"""

from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from portal.access import queries
from portal.access.actor import (
    AccountAccess,
    Capability,
    ClientAccess,
    Person,
    PracticeAccess,
    Sight,
    StaffTask,
    Viewing,
)
from portal.access.effective import effective
from portal.access.facts import Facts, StaffFacts
from portal.access.permissions import scope_of
from portal.access.policies.billing import may_get_superbill
from portal.access.policies.insurance import may_add_payer
from portal.access.policies.staff import may_do
from portal.access.policies.standing import forms_in_reach
from portal.access.reading import facts_from
from portal.access.subjects import ActingAccess, Subjects, Workplace, default_facts
from portal.access.viewing import decision_seen, facts_seen, subject_seen
from portal.accounts.rules import is_live, is_proof_fresh
from portal.database import Work
from portal.errors import NotFound, NotPermitted, SecondFactorMissing, SignedOut, StepUpNeeded
from portal.models import Permission

Found = Any
"""A row of queries.py; its columns are named there."""


async def open_account(work: Work, session_hash: str) -> AccountAccess:
    """Let somebody into what belongs to their login. `session_hash` is SHA-256 (hex) of the session cookie's token.

    Raises SignedOut when there is no live session, or the account is disabled.
    """
    rows = await _rows(work, queries.session_query(), token=session_hash)
    return AccountAccess(_person(rows, work.now), work.now)


def require_step_up(access: AccountAccess | ActingAccess | ClientAccess | PracticeAccess | Subjects) -> None:
    """Let only those on who have shown within ten minutes who they are; raises StepUpNeeded for anybody else.

    It is asked last, of people who may do the thing: nobody confirms anything in order to be refused.
    """
    if not is_proof_fresh(access.actor.stepped_up_at, access.now):
        raise StepUpNeeded(asks_code=access.actor.has_second_factor)


async def open_client(work: Work, session_hash: str, client_id: UUID | None, capability: Capability) -> ClientAccess:
    """Let somebody do one thing for one client, now; without an id for the client whom they would act for by default.

    Raises SignedOut; NotFound when they have no standing before that client, or there is no such client; NotPermitted,
    with the one sentence that stands in the way, when they do.
    """
    if client_id is None:
        rows = await _rows(work, queries.subjects_query(), token=session_hash, now=work.now)
        actor = _person(rows, work.now)
        facts = default_facts(rows, work.now)
    else:
        rows = await _rows(work, queries.subject_query(), token=session_hash, client=client_id, now=work.now)
        actor = _person(rows, work.now)
        facts = facts_from(rows[0], work.now)
    if facts is None:
        raise NotFound
    decision = effective(facts, capability)
    if not decision.allowed:
        raise NotPermitted(decision.sentence)
    sees = capability is Permission.PAYMENTS and effective(facts, Sight.APPOINTMENTS).allowed
    return _client_access(replace(actor, name=facts.person.name), facts, capability, work.now, sees_services=sees)


async def open_practice(
    work: Work,
    session_hash: str,
    task: StaffTask,
    *,
    practice: str | None = None,
    client_id: UUID | None = None,
) -> PracticeAccess:
    """Let a staff member do one task, now. `practice` is the slug; without it, that of the client, or their first.

    Raises SignedOut; NotFound for who does not work there, and for a client who is not there or out of reach;
    NotPermitted when the role does not include the task, or, as SecondFactorMissing, where a code at sign-in is asked.
    """
    rows = await _rows(work, queries.staff_query(), token=session_hash, client=client_id)
    actor = _person(rows, work.now)
    row = _place(rows, practice)
    if row is None:
        raise NotFound
    asked = None if client_id is None else row.assigned_id is not None
    lacks = _lacks_second_factor(row)
    decision = may_do(StaffFacts(task, row.role, row.member_name, row.practice_name, True, asked, lacks))
    scope = scope_of(row.role, task)
    if lacks or scope is None:
        raise (SecondFactorMissing if lacks else NotPermitted)(decision.sentence)
    if not decision.allowed or (client_id is not None and row.client_id is None):
        raise NotFound
    return PracticeAccess(
        actor=replace(actor, name=row.member_name),
        organization_id=row.organization_id,
        membership_id=row.membership_id,
        role=row.role,
        task=task,
        scope=scope,
        practice_name=row.practice_name,
        zone=row.zone,
        now=work.now,
        client_id=client_id,
    )


async def open_view(work: Work, session_hash: str, client_id: UUID, whom: UUID, capability: Capability) -> ClientAccess:
    """Let a staff member look at what somebody may see of a client: the client (`whom` is their id), or a contact.

    Two statements. Allowed is what both may; the proof says whose eyes these are, and the door lets nothing be changed
    with it. Raises as open_practice does, and NotFound for who is not in this client's network.
    """
    staff = await open_practice(work, session_hash, StaffTask.VIEW_AS, client_id=client_id)
    facts, viewing = await facts_seen(work, staff, whom)
    decision = decision_seen(staff, facts, capability)
    if not decision.allowed:
        raise NotPermitted(decision.sentence)
    sees = capability is Permission.PAYMENTS and decision_seen(staff, facts, Sight.APPOINTMENTS).allowed
    return _client_access(staff.actor, facts, capability, work.now, viewing, sees_services=sees)


async def open_acting(work: Work, session_hash: str) -> ActingAccess:
    """Let somebody see everybody whom they may act for, now. One statement."""
    rows = await _rows(work, queries.subjects_query(), token=session_hash, now=work.now)
    account = AccountAccess(_person(rows, work.now), work.now)
    found = Subjects.sorted(account, [facts for row in rows if (facts := facts_from(row, work.now))], ())
    return ActingAccess(account.actor, work.now, found.clients, closed=found.closed)


async def open_acting_view(work: Work, session_hash: str, client_id: UUID, whom: UUID) -> ActingAccess:
    """Let a staff member see of one client what `open_view` shows, for every capability at once. Two statements."""
    staff = await open_practice(work, session_hash, StaffTask.VIEW_AS, client_id=client_id)
    facts, viewing = await facts_seen(work, staff, whom)
    return ActingAccess(staff.actor, work.now, (subject_seen(staff, facts),), viewing)


async def list_subjects(work: Work, session_hash: str) -> Subjects:
    """List whom an account can act for, with the answer to every question, and where it works. Two statements."""
    rows = await _rows(work, queries.subjects_query(), token=session_hash, now=work.now)
    actor = _person(rows, work.now)
    places = await _rows(work, queries.staff_query(), token=session_hash, client=None)
    return Subjects.sorted(
        AccountAccess(actor, work.now),
        [facts for row in rows if (facts := facts_from(row, work.now))],
        tuple(
            Workplace(
                row.membership_id, row.organization_id, row.slug, row.practice_name, row.role, _lacks_second_factor(row)
            )
            for row in _active(places)
        ),
    )


async def _rows(work: Work, query: Any, **values: Any) -> list[Found]:
    connection = await work.plain()
    return list((await connection.execute(query, values)).all())


def _person(rows: list[Found], now: datetime) -> Person:
    """Return who is behind a live session, from the first of its rows."""
    if not rows:
        raise SignedOut
    row = rows[0]
    if row.disabled_at or not is_live(row.session_created_at, row.touched_at, row.ended_at, now):
        raise SignedOut
    return Person(
        row.account_id,
        row.session_id,
        row.account_name,
        row.email,
        row.touched_at,
        row.stepped_up_at,
        row.second_factor_at is not None,
    )


def _place(rows: list[Found], practice: str | None) -> Found | None:
    """Return the practice that is named; where none is, the one that has the client, else the first by name."""
    named = [row for row in _active(rows) if practice in (None, row.slug)]
    return next((row for row in named if row.client_id is not None), None) or next(iter(named), None)


def _lacks_second_factor(row: Found) -> bool:
    """Say whether a practice asks for codes at sign-in, and this person has none."""
    return bool(row.asks_second_factor) and row.second_factor_at is None


def _active(rows: list[Found]) -> list[Found]:
    return [row for row in rows if row.membership_id is not None and row.deactivated_at is None]


def _client_access(
    actor: Person,
    facts: Facts,
    capability: Capability,
    now: datetime,
    viewing: Viewing | None = None,
    *,
    sees_services: bool,
) -> ClientAccess:
    return ClientAccess(
        actor=actor,
        organization_id=facts.practice.organization_id,
        client_id=facts.client.client_id,
        permission=capability,
        standing=facts.person.standing,
        contact_id=facts.person.contact_id,
        relationship=facts.person.relationship,
        client_name=facts.client.name,
        practice_name=facts.practice.name,
        zone=facts.practice.zone,
        now=now,
        only_assignments=forms_in_reach(facts) if capability is Permission.FORMS else None,
        viewing=viewing,
        adds_payers=capability is Permission.INSURANCE and may_add_payer(facts).allowed,
        sees_services=sees_services,
        gets_superbill=sees_services and may_get_superbill(facts).allowed,
    )
