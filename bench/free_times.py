"""How long free times take: of one therapist and of fifty, with few appointments behind them and with a million."""

import tempfile
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from uuid import UUID

from sqlalchemy import text
from sqlmodel import select

from bench.stats import milliseconds, percentile
from portal.config import Config, Mode
from portal.database import Database
from portal.demo.people import load_people
from portal.kit.crypto import KeyRing
from portal.models import TherapistProfile
from portal.models.triggers import OVERLAP
from portal.runtime import Runtime, set_runtime
from portal.scheduling.queries import list_taken, list_windows
from portal.scheduling.rules_free import DAYS_AHEAD, Wanted, free_starts
from portal.schema import upgrade_database
from tests.scheduling.crowd import add_appointments, add_colleagues
from tests.scheduling.desk import Desk

THERAPISTS, APPOINTMENTS, COPIES, TIMES = 50, 2_000, 10, 30
NOW = datetime(2026, 11, 24, 15, 30, tzinfo=UTC)
_COLUMNS = (
    "organization_id, service_id, location_id, by_video, zone, wall, status, revision, sequence, price_cents, currency"
)
_COPY = f"""
INSERT INTO appointment (id, membership_id, chair, starts_at, ends_at, created_at, {_COLUMNS})
SELECT lower(hex(randomblob(16))), profile.membership_id, profile.chair,
    strftime('%Y-%m-%d %H:%M:%S.000000', starts_at, :back), strftime('%Y-%m-%d %H:%M:%S.000000', ends_at, :back),
    created_at, {", ".join(f"appointment.{name}" for name in _COLUMNS.split(", "))}
FROM appointment JOIN therapist_profile AS profile ON profile.chair > :chair
WHERE appointment.membership_id = :tess AND appointment.created_at = :made
"""  # noqa: S608 - names of columns


async def measure() -> AsyncIterator[tuple[str, ...]]:
    """Yield the rows of the table, each as soon as it is measured."""
    folder = Path(tempfile.mkdtemp(prefix="portico-bench-"))
    url = f"sqlite+aiosqlite:///{folder / 'portal.db'}"
    upgrade_database(url)
    database = Database(url, KeyRing((b"b" * 32,)), lambda: NOW)
    set_runtime(Runtime(Config(mode=Mode.TEST, data_dir=folder), database))
    async with database.unit_of_work() as work:
        cast = await load_people(work, "not-a-hash")
    desk = Desk(database, cast, SimpleNamespace(now=NOW))
    await desk.set_up()
    async with database.write_engine.begin() as connection:  # they would look at every one of a million rows
        for name in OVERLAP:
            await connection.execute(text(f"DROP TRIGGER {name}"))
    tess = await _fill_tess(desk)
    yield await _line("one therapist, 2,000 appointments in the tables", lambda: _ask(desk))
    ids = [tess.membership_id, *await _colleagues(desk, tess)]
    yield await _line("50 therapists, 2,000 appointments each", lambda: _all_free(desk, ids))
    for copy in range(COPIES):
        await _copy(desk, tess, chair=0, back=f"-{400 * (copy + 1)} days")
    async with database.unit_of_work(writes=False) as work:
        count = (await work.exec(text("SELECT count(*) FROM appointment"))).scalar_one()
    yield await _line(f"one therapist, {count:,} appointments in the tables", lambda: _ask(desk))
    yield await _line(f"50 therapists, {count:,} appointments in the tables", lambda: _all_free(desk, ids))
    await database.close()
    set_runtime(None)


async def _line(what: str, act: Callable[[], Awaitable[object]]) -> tuple[str, ...]:
    took, worked = [], []
    for _ in range(TIMES):
        start, before = time.perf_counter(), time.process_time()
        await act()
        took.append(time.perf_counter() - start)
        worked.append(time.process_time() - before)
    return (
        what,
        milliseconds(percentile(worked, 0.5)),
        milliseconds(percentile(took, 0.5)),
        milliseconds(percentile(took, 0.95)),
    )


async def _fill_tess(desk: Desk) -> TherapistProfile:
    async with desk.database.unit_of_work() as work:
        query = select(TherapistProfile).where(TherapistProfile.membership_id == desk.cast.staff["tess"].id)
        tess = (await work.exec(query)).one()
        last_day = (NOW + timedelta(days=DAYS_AHEAD)).date()
        await add_appointments(work, tess, desk.service, desk.office, APPOINTMENTS, last_day)
    return tess


async def _colleagues(desk: Desk, tess: TherapistProfile) -> list[UUID]:
    async with desk.database.unit_of_work() as work:
        ids = await add_colleagues(work, tess, desk.service, desk.office, THERAPISTS - 1)
    await _copy(desk, tess, chair=999, back="-0 days")
    return ids


async def _copy(desk: Desk, tess: TherapistProfile, *, chair: int, back: str) -> None:
    """Give every therapist from a chair on what Tess has, so many days earlier."""
    async with desk.database.unit_of_work() as work:
        first = f"{NOW:%Y-%m-%d %H:%M:%S.%f}"
        values = {"back": back, "chair": chair, "tess": tess.membership_id.hex, "made": first}
        await work.exec(text(_COPY).bindparams(**values))


async def _ask(desk: Desk) -> None:
    access = await _casey(desk)
    booking = await desk.booking(access)
    assert booking.is_complete


_known: list[object] = []


async def _casey(desk: Desk) -> object:
    if not _known:
        _known.append(await desk.scheduling("casey", "casey"))
    return _known[0]


async def _all_free(desk: Desk, ids: Sequence[UUID]) -> None:
    latest = NOW + timedelta(days=DAYS_AHEAD)
    async with desk.database.unit_of_work(writes=False) as work:
        windows, _ = await list_windows(work, ids, NOW.date())
        taken = await list_taken(work, ids, NOW, latest)
    wanted = Wanted(desk.service.id, 50, desk.office.id)
    for each in ids:
        free_starts(windows[each], taken[each], wanted, buffer_minutes=10, earliest=NOW, latest=latest)
