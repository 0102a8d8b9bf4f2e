"""`python -m bench.practice`: a decision, the list of clients, a setting on its way to open pages."""

import asyncio
import tempfile
import timeit
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

from bench import settings
from bench.stats import milliseconds, percentile
from portal.access.actor import StaffTask, Standing
from portal.access.effective import QUESTIONS
from portal.access.facts import ClientFacts, Facts, HeldGrant, Login, PersonFacts, PracticeFacts
from portal.clients.service_list import list_clients
from portal.database import Database
from portal.demo.people import load_people
from portal.kit.crypto import KeyRing
from portal.kit.ids import new_id
from portal.models import AddOn, Basis, Permission
from portal.schema import upgrade_database
from portal.settings.catalog import SettingName
from portal.settings.effective import settings_from
from tests.clients.crowd import add_crowd
from tests.clients.office import counted, staff

SMALL, LARGE, RUNS = 100, 10_000, 40
LISTS: dict[str, dict[str, Any]] = {
    "first page": {},
    "search, a frequent beginning": {"query": "m"},
    "search, one of all": {"query": "zimmerm"},
}
OFTEN = 50


def main() -> None:
    """Measure all three and print one table."""
    rows = [("one decision in memory, the slowest question", f"{1e6 * slowest_decision():.1f} µs", "20 µs")]
    rows += asyncio.run(list_rows())
    reached, what = settings.run(), f"a setting changed, until the last of {settings.PAGES} open pages "
    for took, where in (
        (reached.frames, "shows where one may go now"),
        (reached.pages, "shows what there is to do now"),
    ):
        rows.append(
            (what + where, f"p50 {milliseconds(percentile(took, 0.5))}, worst {milliseconds(max(took))}", "1 s")
        )
    print("| what | measured | aim |\n|---|---|---|")
    for row in rows:
        print("| " + " | ".join(row) + " |")


def slowest_decision() -> float:
    """Return the seconds that the slowest `may_…` takes for a mother with every grant, everything switched on."""
    facts = _a_mother()
    assert all(question(facts).allowed for what, question in QUESTIONS.items() if isinstance(what, Permission))
    took = (timeit.repeat(lambda ask=ask: ask(facts), number=OFTEN, repeat=500) for ask in QUESTIONS.values())
    return max(min(times) for times in took) / OFTEN


def _a_mother() -> Facts:
    today, grants = date(2026, 6, 1), tuple(HeldGrant(one, Basis.PARENT, date(2026, 1, 1)) for one in Permission)
    switches = [(name.value, "true") for name in SettingName if not name.value.endswith("_hours")]
    practice = PracticeFacts(new_id(), "harbor", "Harbor", "America/New_York", 18, has_card_processing=True)
    client = ClientFacts(
        new_id(), "Milo", "Milo Park", date(2017, 5, 23), is_archived=False, off=frozenset(), add_ons=frozenset(AddOn)
    )
    person = PersonFacts(Standing.CONTACT, "Gina Park", Login.ACTIVE, new_id(), "mother", grants=grants)
    return Facts(today, practice, settings_from(switches), client, person)


async def list_rows() -> list[tuple[str, str, str]]:
    """Measure Manage Clients with 10,000 clients against 100, in turns, on embedded SQLite."""
    folder = Path(tempfile.mkdtemp(prefix="portico-bench-"))
    houses = [await _house(folder, count) for count in (SMALL, LARGE)]
    try:
        return [await _list_row(name, question, houses) for name, question in LISTS.items()]
    finally:
        for database, _ in houses:
            await database.close()


House = tuple[Database, Any]


async def _house(folder: Path, clients: int) -> House:
    url = f"sqlite+aiosqlite:///{folder / str(clients)}.db"
    await asyncio.to_thread(upgrade_database, url)
    database = Database(url, KeyRing((bytes(32),)))
    async with database.unit_of_work() as work:
        cast = await load_people(work, "no password fits")
    await add_crowd(database, cast, clients)
    async with database.unit_of_work() as work:
        return database, await staff(work, cast, "avery", StaffTask.SEE_CLIENTS)


async def _list_row(name: str, question: dict[str, Any], houses: Sequence[House]) -> tuple[str, str, str]:
    took: list[list[float]] = [[], []]
    statements = 0
    for _ in range(RUNS):
        for (database, access), times in zip(houses, took, strict=True):
            with counted(database) as asked:
                async with database.unit_of_work(writes=False) as work:
                    start = perf_counter()
                    await list_clients(work, access, **question)
                    times.append(perf_counter() - start)
            statements = max(statements, len([one for one in asked if not one.startswith(("BEGIN", "PRAGMA"))]))
    small, large = (median(times) for times in took)
    told = f"{milliseconds(large)} against {milliseconds(small)}: {large / small:.2f} times, {statements} statements"
    return f"Manage Clients, {name}, {LARGE:,} clients against {SMALL}", told, "1.5 times, 5 statements"


if __name__ == "__main__":
    main()
