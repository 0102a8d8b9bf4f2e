"""An answer saved, by 1, 50 and 200 people, next to what a blank and an equally hard-working bare handler cost."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

from bench.people import Filler, operation
from bench.sockets import Tab
from bench.stats import milliseconds, paced, percentile, saturated

EVERY = 5.0
PREFIX = "reflex___state____state"
SAVE = f"{PREFIX}.portal___ui___session_state____page_state.portal___intake___filling___state____fill_state.save"
FLOOR = f"{PREFIX}.floor___floor____floor"
Act = Callable[[], Awaitable[float]]


@dataclass(frozen=True)
class Line:
    """One line of the table."""

    what: str
    people: int
    p50: float
    p95: float
    a_second: float

    def cells(self) -> tuple[str, ...]:
        """Return the line as the table shows it."""
        return self.what, str(self.people), milliseconds(self.p50), milliseconds(self.p95), f"{self.a_second:.0f}"


class Person:
    """Somebody who answers the same question again and again."""

    def __init__(self, origin: str, filler: Filler) -> None:
        self.filler = filler
        self.revision = 0
        query = {"assignment_id": filler.assignment_id, "for": filler.client_id}
        self.tab = Tab(origin, f"/forms/{filler.assignment_id}/", query, cookie=filler.cookie)

    async def answer(self) -> float:
        """Save one answer; raises when the portal says anything but "saved"."""
        operation_now = operation(self.filler, self.revision)
        took = await self.tab.send(SAVE, {"operation": operation_now})
        text = str(self.tab.updates)
        if str(operation_now["operation_id"]) not in text or "'saved'" not in text:
            raise RuntimeError(f"The answer was not saved: {text[:500]}")
        self.revision += 1
        return took


def floor_act(tab: Tab, handler: str) -> Act:
    """Return what calls a handler of the floor with a new number each time."""

    async def act() -> float:
        return await tab.send(f"{FLOOR}.{handler}", {"number": time.perf_counter_ns()})

    return act


async def measure(what: str, acts: Sequence[Act], seconds: float) -> list[Line]:
    """Measure by 1, 50 and 200 people who act every five seconds, and without a pause by 50."""
    lines = []
    for number in (1, 50, 200):
        pause = 0.25 if number == 1 else EVERY
        took = await paced(acts[:number], pause, seconds)
        lines.append(Line(what, number, percentile(took, 0.5), percentile(took, 0.95), len(took) / seconds))
    rate, took = await saturated(acts[:50], seconds)
    lines.append(Line(f"{what}, without a pause", 50, percentile(took, 0.5), percentile(took, 0.95), rate))
    return lines


async def open_all(tabs: Sequence[Tab]) -> None:
    """Open the tabs ten at a time, as a morning does."""
    for start in range(0, len(tabs), 10):
        await asyncio.gather(*(tab.open() for tab in tabs[start : start + 10]))
