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
from portal.runtime import Runtime, set_runtime
from portal.scheduling.queries import list_taken, list_windows
from portal.scheduling.rules_free import DAYS_AHEAD, Wanted, free_starts
from portal.schema import upgrade_database
from tests.scheduling.crowd import add_appointments, add_colleagues
from tests.scheduling.desk import Desk

THERAPISTS, APPOINTMENTS, COPIES, TIMES = 50, 2_000, 10, 30
NOW = datetime(2026, 11, 24, 15, 30, tzinfo=UTC)
_SAME = "organization_id service_id location_id by_video zone wall status revision sequence price_cents currency"
_COLUMNS = _SAME.split()
_COPY = f"""
WITH RECURSIVE past(copy) AS (SELECT :first UNION ALL SELECT copy + 1 FROM past WHERE copy < :last)
INSERT INTO appointment (id, membership_id, chair, starts_at, ends_at, created_at, {", ".join(_COLUMNS)})
SELECT printf('%016x%016x', :first, row_number() OVER ()), membership_id, chair, starts_at, ends_at, created_at,
    {", ".join(_COLUMNS)}
FROM (
    SELECT profile.membership_id, profile.chair, one.created_at, {", ".join(f"one.{name}" for name in _COLUMNS)},
        strftime('%Y-%m-%d %H:%M:%S.000000', one.starts_at, printf('-%d days', 400 * copy)) AS starts_at,
        strftime('%Y-%m-%d %H:%M:%S.000000', one.ends_at, printf('-%d days', 400 * copy)) AS ends_at
    FROM past, appointment AS one, therapist_profile AS profile
    WHERE one.membership_id = :tess AND one.created_at = :made AND profile.chair > :chair
    ORDER BY profile.membership_id, starts_at
)
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
    tess = await _fill_tess(desk)
    yield await _line("one therapist, 2,000 appointments in the tables", lambda: _ask(desk))
    ids = [tess.membership_id, *await _colleagues(desk, tess)]
    yield await _line("50 therapists, 2,000 appointments each", lambda: _all_free(desk, ids))
    await _copy(desk, tess, chair=0, first=1, last=COPIES)
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
    await _copy(desk, tess, chair=999, first=0, last=0)
    return ids


async def _copy(desk: Desk, tess: TherapistProfile, *, chair: int, first: int, last: int) -> None:
    """Give every therapist from a chair on what Tess has, once for each number from first to last: 400 days earlier.

    One statement for all, in the order of the indexes, since a million rows here and there would take minutes.
    """
    values = {"first": first, "last": last, "chair": chair, "tess": tess.membership_id.hex}
    async with desk.database.unit_of_work() as work:
        await work.exec(text("PRAGMA cache_size = -200000"))
        await work.exec(text(_COPY).bindparams(**values, made=f"{NOW:%Y-%m-%d %H:%M:%S.%f}"))


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
