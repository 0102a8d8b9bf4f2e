"""`python -m bench.requests`: how soon a request is on the therapist's icon, and two hundred people who ask at once."""

import asyncio
import tempfile
import time
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from bench.answers import PREFIX, open_all
from bench.askers import Asker, Practice, askers_of_tess, count_requests
from bench.sockets import Tab
from bench.stats import milliseconds, percentile
from portal.scheduling.words_own import SENT
from tests.e2e import site

PEOPLE, TIMES, SINGLE = 200, 20, 40
A_WHILE = 0.25
SEND = f"{PREFIX}.portal___ui___session_state____page_state.portal___scheduling___asking___state____asking_state.send"
ICON = "waiting_requests"


class Asking:
    """Somebody with the page open on which one asks for a time."""

    def __init__(self, origin: str, asker: Asker) -> None:
        self.tab = Tab(origin, "/appointments/new/", {"for": asker.client_id}, cookie=asker.cookie)

    async def ask(self, practice: Practice, start: datetime) -> float:
        """Ask for a time; return the seconds until the page says that it is sent. Raises when it says anything else."""
        took = await self.tab.send(SEND, {"fields": practice.fields(start)})
        if SENT not in str(self.tab.updates):
            raise RuntimeError(f"The request was not sent: {str(self.tab.updates)[:500]}")
        return took


def main() -> None:
    """Build, start, measure both, and print."""
    folder = Path(tempfile.mkdtemp(prefix="portico-bench-"))
    portal, process = site.start(*site.build("bench"), folder)
    try:
        asyncio.run(measure(portal))
    finally:
        site.stop(process)


async def measure(portal: site.Portal) -> None:
    """Measure, and print one line for each; the last one says whether every request is there, once."""
    practice = await askers_of_tess(portal.folder, PEOPLE + SINGLE)
    everybody = [Asking(portal.base, asker) for asker in practice.askers]
    therapist = Tab(portal.base, "/practice/", cookie=practice.therapist)
    await open_all([therapist, *(one.tab for one in everybody)])
    before = await count_requests(portal.folder)
    first, rest = everybody[:SINGLE], everybody[SINGLE:]
    shown = [await _to_the_icon(one, practice, therapist, number) for number, one in enumerate(first)]
    print(f"A request, until it is counted on the therapist's icon, with {len(everybody)} people connected:")
    print(f"p50 {milliseconds(percentile(shown, 0.5))}, p95 {milliseconds(percentile(shown, 0.95))}")
    last, took = await _at_once(rest, practice, practice.starts[-TIMES:])
    print(f"\n{len(rest)} people who ask for {TIMES} times at once:")
    print(f"p50 {milliseconds(percentile(took, 0.5))}, the last answer after {milliseconds(last)}")
    after = await count_requests(portal.folder)
    print(f"requests written: {after[0] - before[0]}, from {after[1] - before[1]} people")
    for tab in (therapist, *(one.tab for one in everybody)):
        await tab.close()


async def _to_the_icon(one: Asking, practice: Practice, therapist: Tab, number: int) -> float:
    therapist.updates.clear()
    start = time.perf_counter()
    await one.ask(practice, practice.starts[number % TIMES])
    async with asyncio.timeout(30):
        while ICON not in str(therapist.updates):
            therapist.arrived.clear()
            await therapist.arrived.wait()
    took = time.perf_counter() - start
    await asyncio.sleep(A_WHILE)
    return took


async def _at_once(
    people: Sequence[Asking], practice: Practice, starts: Sequence[datetime]
) -> tuple[float, list[float]]:
    """Return when the last was answered, and how long each waited."""
    begun = time.perf_counter()
    asks = (one.ask(practice, starts[number % len(starts)]) for number, one in enumerate(people))
    took = await asyncio.gather(*asks)
    return time.perf_counter() - begun, took


if __name__ == "__main__":
    main()
