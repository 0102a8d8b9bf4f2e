"""`python -m bench.scheduling`: how long free times take, printed as a table."""

import asyncio

from bench import free_times


async def main() -> None:
    """Measure, and print each row as soon as it is there."""
    print("| free times of 60 days | processor | p50 | p95 |\n|---|---|---|---|")
    async for row in free_times.measure():
        print("| " + " | ".join(row) + " |", flush=True)


if __name__ == "__main__":
    asyncio.run(main())
