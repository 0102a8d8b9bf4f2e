"""`python -m bench.messages`: how soon a message is on the other screen, and what a long conversation costs."""

import asyncio
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from uuid import uuid4

from bench.answers import PREFIX, Person, open_all
from bench.conversations import Two, between_casey_and_tess
from bench.people import fillers
from bench.sockets import Tab
from bench.stats import milliseconds, percentile
from tests.e2e import site

PEOPLE, MESSAGES, TIMES = 200, 36, 40
SHORT, LONG = 50, 10_000
A_WHILE = 0.25
"""Between two events of one person: nobody clicks faster, and the edge would not let them."""
PAGE = f"{PREFIX}.portal___ui___session_state____page_state"
CLIENT = f"{PAGE}.portal___messaging___thread___state____thread_state"
STAFF = f"{PAGE}.portal___messaging___staff___state_thread____staff_thread_state"


def main() -> None:
    """Build, start, measure both, and print."""
    folder = Path(tempfile.mkdtemp(prefix="portico-bench-"))
    portal, process = site.start(*site.build("bench"), folder)
    try:
        asyncio.run(measure(portal))
    finally:
        site.stop(process)


async def measure(portal: site.Portal) -> None:
    """Measure, and print one line for each."""
    two = await between_casey_and_tess(portal.folder, (SHORT, LONG))
    people = [Person(portal.base, filler) for filler in await fillers(portal.folder, PEOPLE)]
    await open_all([person.tab for person in people])
    seen = await _seen(portal, two)
    print(f"A message, until it is on the other screen, with {PEOPLE} people connected:")
    print(
        f"p50 {milliseconds(percentile(seen, 0.5))}, p95 {milliseconds(percentile(seen, 0.95))}, {len(seen)} messages"
    )
    for person in people:
        await person.tab.close()
    print(f"\nA conversation of {LONG:,} messages against one of {SHORT}, p50:")
    for what, short, long in await _long(portal, two):
        print(f"{what}: {milliseconds(long)} against {milliseconds(short)}, {long / short:.2f} times as long")


async def _seen(portal: site.Portal, two: Two) -> list[float]:
    """Let both write in turn, each with the conversation open; return how long each message took to the other."""
    casey, tess = _tabs(portal, two, SHORT)
    await open_all([casey, tess])
    took = []
    for number in range(MESSAGES):
        writer, reader, state = ((casey, tess, CLIENT), (tess, casey, STAFF))[number % 2]
        took.append(await _one(writer, reader, f"{state}.send", two.threads[SHORT]))
        await asyncio.sleep(A_WHILE)
    for tab in (casey, tess):
        await tab.close()
    return took


async def _one(writer: Tab, reader: Tab, send: str, thread: object) -> float:
    words = f"Seen {uuid4()}"
    reader.updates.clear()
    start = time.perf_counter()
    message = {"thread": str(thread), "operation_id": str(uuid4()), "body": words}
    await writer.send(send, {"message": message})
    async with asyncio.timeout(30):
        while words not in str(reader.updates):
            reader.arrived.clear()
            await reader.arrived.wait()
    return time.perf_counter() - start


async def _long(portal: site.Portal, two: Two) -> list[tuple[str, float, float]]:
    """Return what each event costs in a short and in a long conversation, measured in turn."""
    tabs = {length: _tabs(portal, two, length)[0] for length in (SHORT, LONG)}
    await open_all(list(tabs.values()))
    lines = []
    for what, handler in (("opening it", "load"), ("earlier messages", "show_earlier")):
        took: dict[int, list[float]] = {SHORT: [], LONG: []}
        for _ in range(TIMES):
            for length, tab in tabs.items():
                payload = {"before": length // 2 + 6} if handler == "show_earlier" else {}
                took[length].append(await tab.send(f"{CLIENT}.{handler}", payload))
                await asyncio.sleep(A_WHILE)
        lines.append((what, *_medians(took)))
    for tab in tabs.values():
        await tab.close()
    return lines


def _medians(took: dict[int, list[float]]) -> tuple[float, float]:
    return percentile(took[SHORT], 0.5), percentile(took[LONG], 0.5)


def _tabs(portal: site.Portal, two: Two, length: int) -> Sequence[Tab]:
    """Return Casey's and Tess's tab with one conversation."""
    thread = two.threads[length]
    return (
        Tab(portal.base, f"/messages/{thread}/", {"thread_id": thread, "for": two.client_id}, cookie=two.casey),
        Tab(portal.base, f"/practice/messages/{thread}/", {"thread_id": thread}, cookie=two.tess),
    )


if __name__ == "__main__":
    main()
