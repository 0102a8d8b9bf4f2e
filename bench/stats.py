"""Numbers for a table."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path


def percentile(values: Sequence[float], share: float) -> float:
    """Return the value below which a share (0 to 1) of the values lies; the nearest rank."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, round(share * (len(ordered) - 1)))]


def milliseconds(seconds: float) -> str:
    """Write seconds as milliseconds with a digit after the point."""
    return f"{seconds * 1000:.1f} ms"


def resident_kib(pid: int) -> int:
    """Return the memory that a process and its children hold in RAM, in KiB."""
    own = next(
        int(line.split()[1]) for line in Path(f"/proc/{pid}/status").read_text().splitlines() if line[:6] == "VmRSS:"
    )
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return own + sum(resident_kib(int(child)) for child in children)


async def paced(people: Sequence[Callable[[], Awaitable[float]]], every: float, seconds: float) -> list[float]:
    """Let each person act once in `every` seconds, spread evenly, for a while; return how long each act took."""
    took: list[float] = []
    end = time.perf_counter() + seconds

    async def person(number: int, act: Callable[[], Awaitable[float]]) -> None:
        await asyncio.sleep(every * number / len(people))
        while time.perf_counter() < end:
            start = time.perf_counter()
            took.append(await act())
            await asyncio.sleep(max(0.0, every - (time.perf_counter() - start)))

    await asyncio.gather(*(person(number, act) for number, act in enumerate(people)))
    return took


async def saturated(people: Sequence[Callable[[], Awaitable[float]]], seconds: float) -> tuple[float, list[float]]:
    """Let everybody act again as soon as they are answered; return acts a second, and how long each took."""
    took: list[float] = []
    end = time.perf_counter() + seconds

    async def person(act: Callable[[], Awaitable[float]]) -> None:
        while time.perf_counter() < end:
            took.append(await act())

    await asyncio.gather(*(person(act) for act in people))
    return len(took) / seconds, took
