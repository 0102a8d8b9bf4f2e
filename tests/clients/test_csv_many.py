"""Ten thousand rows at once: within seconds, and nobody else waits for them."""

import asyncio
import gc
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from time import process_time, thread_time

from portal.access.actor import System
from portal.clients.service_import import check_import, desk_for_system, import_clients, open_file
from portal.database import Database
from portal.demo.people import Cast


@asynccontextmanager
async def ticking() -> AsyncIterator[list[float]]:
    """Collect how long everybody else on the event loop has to wait meanwhile: seconds of this thread's own work.

    What the tests before this one left behind is not looked through for garbage meanwhile.
    """
    gaps: list[float] = []
    gc.collect()
    gc.freeze()

    async def tick() -> None:
        while True:
            before = thread_time()
            await asyncio.sleep(0.001)
            gaps.append(thread_time() - before)

    ticker = asyncio.create_task(tick())
    try:
        yield gaps
    finally:
        ticker.cancel()
        gc.unfreeze()


async def test_ten_thousand_rows_of_which_37_are_wrong_take_seconds(database: Database, cast: Cast) -> None:
    wrong = {100 + 250 * number for number in range(37)}
    lines = ["First name,Last name,DOB,Email,Phone"]
    for number in range(10_000):
        born = "31.2.2000" if number in wrong else f"{1950 + number % 60}-0{1 + number % 9}-1{number % 9}"
        phone = f"+1 212 555 {number:04}"
        lines.append(f"Given{number % 300},Family{number},{born},person{number}@mail.example,{phone}")
    raw = "\n".join(lines).encode()
    started = process_time()
    async with ticking() as gaps:
        async with database.unit_of_work(writes=False) as work:
            desk = await desk_for_system(work, organization_id=cast.harbor.id, actor=System("command line"))
        file = await open_file(desk, raw)
        async with database.unit_of_work(writes=False) as work:
            report = await check_import(work, desk, file)
        looked = process_time() - started
        assert [bad.line for bad in report.bad] == sorted(number + 2 for number in wrong)
        async with database.unit_of_work() as work:
            assert (await import_clients(work, desk, file)).imported == 0
            done = await import_clients(work, desk, file, despite_bad=True)
    took = process_time() - started
    print(  # noqa: T201
        f"\n10,000 rows on {database.write_engine.dialect.name}: {looked:.1f} s to look, {took:.1f} s in all; "
        f"others waited {max(gaps):.2f} s at most"
    )
    assert max(gaps) < 0.5, "the event loop stood still"
    assert done.imported == 10_000 - 37
    assert looked < 15
    assert took < 60
