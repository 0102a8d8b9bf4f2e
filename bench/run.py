"""`make bench`: what Portico costs, next to what Reflex itself costs, in one run on one machine."""

import asyncio
import os
import platform
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

from bench import floor_server
from bench.answers import Line, Person, floor_act, measure, open_all
from bench.pages import Weight, weigh
from bench.people import fillers
from bench.sockets import Tab
from bench.stats import resident_kib
from tests.e2e import site

PEOPLE = 200
FLOOR_PORT = 8990
SECONDS = float(os.environ.get("BENCH_SECONDS", "20"))


def main() -> None:
    """Build both, measure both, print one table."""
    folder = Path(tempfile.mkdtemp(prefix="portico-bench-"))
    portal, process = site.start(*site.build("bench"), folder)
    floor = floor_server.start(floor_server.build(FLOOR_PORT), FLOOR_PORT)
    try:
        report(portal, process, floor)
    finally:
        site.stop(process)
        site.stop(floor)


def report(portal: site.Portal, process: subprocess.Popen[bytes], floor: subprocess.Popen[bytes]) -> None:
    """Measure and print."""
    floor_base = f"http://localhost:{FLOOR_PORT}"
    print(f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}, {SECONDS:.0f} s a line\n")
    weights, click = weigh(portal.base, floor_base)
    _table(("page, cold, on the wire by 5 s", "KiB", "of a blank page"), _weight_rows(weights))
    print(f"From the sign-in click to a usable home: {click * 1000:.0f} ms (median of 5)\n", flush=True)
    lines, memory = asyncio.run(_events(portal, process, floor, floor_base))
    _table(("event", "people", "p50", "p95", "a second"), [line.cells() for line in lines])
    for what, kib in memory:
        print(f"Memory of one idle tab, {what}: {kib:.0f} KiB")


async def _events(
    portal: site.Portal, process: subprocess.Popen[bytes], floor: subprocess.Popen[bytes], floor_base: str
) -> tuple[list[Line], list[tuple[str, float]]]:
    tabs = [Tab(floor_base, "/bound/") for _ in range(PEOPLE)]
    floor_kib = await _opened(tabs, floor.pid)
    lines = await measure("a blank handler", [floor_act(tab, "blank") for tab in tabs], SECONDS)
    lines += await measure("a bare handler, equal work", [floor_act(tab, "equal_work") for tab in tabs], SECONDS)
    for tab in tabs:
        await tab.close()
    people = [Person(portal.base, filler) for filler in await fillers(portal.folder, PEOPLE)]
    portal_kib = await _opened([person.tab for person in people], process.pid)
    lines += await measure("an answer saved", [person.answer for person in people], SECONDS)
    for person in people:
        await person.tab.close()
    return lines, [("a blank page", floor_kib), ("an open form", portal_kib)]


async def _opened(tabs: Sequence[Tab], pid: int) -> float:
    """Open the tabs; return the KiB that each added to the server."""
    before = resident_kib(pid)
    await open_all(tabs)
    return (resident_kib(pid) - before) / len(tabs)


def _weight_rows(weights: Sequence[Weight]) -> list[tuple[str, ...]]:
    return [(weight.page, f"{weight.kib:.0f}", f"{weight.kib / weights[0].kib:.2f}") for weight in weights]


def _table(head: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> None:
    print("| " + " | ".join(head) + " |")
    print("|" + "---|" * len(head))
    for row in rows:
        print("| " + " | ".join(row) + " |")
    print()


if __name__ == "__main__":
    main()
