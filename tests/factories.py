"""Proof of access for tests of services, made by the real gate: a test that gets one has passed every check."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime
from uuid import UUID

from portal.access.actor import AccountAccess, Capability, ClientAccess, PracticeAccess, StaffTask
from portal.access.gate import open_account, open_client, open_practice
from portal.database import Database, Work
from portal.kit.tokens import new_token, token_hash
from portal.models import Session
from tests.people import Human


async def sign_in(database: Database, who: Human, *, at: datetime | None = None) -> str:
    """Open a live session for somebody, as if the password had just been given; returns the cookie's token."""
    token = new_token()
    async with database.unit_of_work() as work:
        moment = at or work.now
        times = {"created_at": moment, "touched_at": moment, "stepped_up_at": moment}
        work.add(Session(account_id=who.account_id, token_hash=token_hash(token), **times))
    return token


@asynccontextmanager
async def as_account(
    database: Database, who: Human, *, writes: bool = True
) -> AsyncIterator[tuple[Work, AccountAccess]]:
    """A unit of work with proof that somebody is signed in."""
    session = token_hash(await sign_in(database, who))
    async with database.unit_of_work(writes=writes) as work:
        yield work, await open_account(work, session)


@asynccontextmanager
async def as_client(
    database: Database, who: Human, client: Human | UUID, capability: Capability, *, writes: bool = True
) -> AsyncIterator[tuple[Work, ClientAccess]]:
    """A unit of work with proof that somebody may do one thing for a client; raises what the gate raises."""
    session = token_hash(await sign_in(database, who))
    client_id = client if isinstance(client, UUID) else client.client_id
    async with database.unit_of_work(writes=writes) as work:
        yield work, await open_client(work, session, client_id, capability)


@asynccontextmanager
async def as_staff(
    database: Database,
    who: Human,
    task: StaffTask,
    *,
    client: Human | None = None,
    practice: str | None = None,
    writes: bool = True,
) -> AsyncIterator[tuple[Work, PracticeAccess]]:
    """A unit of work with proof that a staff member may do one task; raises what the gate raises."""
    session = token_hash(await sign_in(database, who))
    client_id = client.client_id if client else None
    async with database.unit_of_work(writes=writes) as work:
        yield work, await open_practice(work, session, task, practice=practice, client_id=client_id)
