"""Topics told in one process are heard in the others, whatever becomes of the line between them."""

import asyncio
from contextlib import suppress

from redis.asyncio import Redis

from portal.integrations.relay import CHANNEL, Relay
from tests.redis_server import RedisServer

PATIENCE = 15


class Ear:
    """Somebody who hears topics."""

    def __init__(self) -> None:
        self.heard: asyncio.Queue[frozenset[str]] = asyncio.Queue()

    async def hear(self, topics: frozenset[str]) -> None:
        await self.heard.put(topics)

    async def next(self) -> frozenset[str]:
        return await asyncio.wait_for(self.heard.get(), PATIENCE)


async def _listening(relay: Relay, ear: Ear) -> asyncio.Task[None]:
    task = asyncio.create_task(relay.run(ear.hear))
    await asyncio.wait_for(relay.ready.wait(), PATIENCE)
    return task


async def _end(relays: list[Relay], tasks: list[asyncio.Task[None]]) -> None:
    for task in tasks:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
    for relay in relays:
        await relay.close()


async def test_what_one_tells_the_other_hears_and_nobody_hears_himself(redis: RedisServer) -> None:
    here, there, ear, own = Relay(redis.url), Relay(redis.url), Ear(), Ear()
    tasks = [await _listening(there, ear), await _listening(here, own)]
    await here.send(frozenset({"client:1", "forms:2"}))
    assert await ear.next() == {"client:1", "forms:2"}
    await there.send(frozenset({"client:3"}))
    assert await own.next() == {"client:3"}
    assert own.heard.empty()
    await _end([here, there], tasks)


async def test_what_is_not_ours_is_not_heard(redis: RedisServer) -> None:
    here, there, ear = Relay(redis.url), Relay(redis.url), Ear()
    tasks = [await _listening(there, ear)]
    other = Redis.from_url(redis.url)
    for strange in ("no json", "[]", '{"from": 1}', '{"from": 1, "topics": 7}'):
        await other.publish(CHANNEL, strange)
    await other.aclose()
    await here.send(frozenset({"client:1"}))
    assert await ear.next() == {"client:1"}
    await _end([here, there], tasks)


async def test_a_broken_line_neither_fails_the_event_nor_ends_the_hearing(redis: RedisServer) -> None:
    here, there, ear = Relay(redis.url), Relay(redis.url), Ear()
    tasks = [await _listening(there, ear)]
    redis.stop()
    await here.send(frozenset({"client:lost"}))
    async with asyncio.timeout(PATIENCE):
        while there.ready.is_set():  # noqa: ASYNC110 - an event tells when it is set, not when it is cleared
            await asyncio.sleep(0)
    redis.start()
    await asyncio.wait_for(there.ready.wait(), PATIENCE)
    await here.send(frozenset({"client:1"}))
    assert await ear.next() == {"client:1"}
    await _end([here, there], tasks)
