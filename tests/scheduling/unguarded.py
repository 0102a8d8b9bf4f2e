"""What keeps people out of one another's way, taken away piece by piece: for the controls of the race tests."""

import asyncio
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import text as sql
from sqlalchemy.ext.asyncio import create_async_engine
from sqlmodel import col, select, update

from portal.models import AppointmentRequest, TherapistProfile
from portal.scheduling import changes, telling
from tests.scheduling.desk import Desk


async def drop_safeguards(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Take away what the database holds, the therapist's lock, and on SQLite the transaction that only one can have."""
    await drop_what_the_database_holds(desk)
    if desk.database.is_sqlite:
        one_statement_at_a_time(desk)
    monkeypatch.setattr(changes.queries, "lock_chair", _look_without_lock)
    monkeypatch.setattr(telling, "write_down", _write_nothing)  # the chain of changes would stop them too


async def drop_what_the_database_holds(desk: Desk) -> None:
    """Take away the constraint, or the triggers, that keep appointments apart."""
    async with desk.database.write_engine.begin() as connection:
        if not desk.database.is_sqlite:
            await connection.execute(sql("ALTER TABLE appointment DROP CONSTRAINT appointment_no_overlap"))
            return
        for name in ("appointment_free_when_added", "appointment_free_when_changed"):
            await connection.execute(sql(f"DROP TRIGGER {name}"))


def one_statement_at_a_time(desk: Desk) -> None:
    """Let every statement commit by itself, as a database does of which nobody asks for a transaction."""
    url, more = desk.database.write_engine.url, {"timeout": 10} if desk.database.is_sqlite else {}
    desk.database.write_engine = create_async_engine(url, isolation_level="AUTOCOMMIT", connect_args=more)


def compare_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let requests be changed whatever they are by now."""

    async def overwrite(work: Any, request: AppointmentRequest, _statuses: Any, **values: Any) -> None:
        query = update(AppointmentRequest).where(col(AppointmentRequest.id) == request.id)
        await work.exec(query.values(revision=request.revision + 1, **values))

    monkeypatch.setattr(changes, "swap_request", overwrite)


def meet_before(monkeypatch: pytest.MonkeyPatch, *names: str, parties: int = 2) -> None:
    """Let everybody come as far as one of these changes before anybody makes it."""
    meet = asyncio.Barrier(parties)

    def waiting(change: Any) -> Any:
        async def together(*args: Any, **more: Any) -> Any:
            await meet.wait()
            return await change(*args, **more)

        return together

    for name in names:
        monkeypatch.setattr(changes, name, waiting(getattr(changes, name)))


async def _write_nothing(*_args: Any, **_more: Any) -> None:
    return


async def _look_without_lock(work: Any, organization_id: UUID, membership_id: UUID) -> TherapistProfile | None:
    query = select(TherapistProfile).where(
        TherapistProfile.organization_id == organization_id, TherapistProfile.membership_id == membership_id
    )
    found: TherapistProfile | None = (await work.exec(query)).one_or_none()
    return found
