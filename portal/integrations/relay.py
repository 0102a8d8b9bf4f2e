"""Live updates between processes: a topic told in one is heard in all, over a private Redis.

Only names of topics travel, and a topic is ids (see `Work.tell`). What cannot be sent is dropped with a line in the
log: a page that misses an update is late, never wrong, for it reloads through its own guard.
"""

import asyncio
import json
from collections.abc import Awaitable, Callable
from uuid import uuid4

import structlog
from redis.asyncio import Redis
from redis.exceptions import RedisError

CHANNEL = "portico:topics"
_PATIENT, _MOST_PATIENT = 0.25, 30.0
_MOST_TOPICS = 1_000
log = structlog.get_logger("portal.relay")
Hear = Callable[[frozenset[str]], Awaitable[None]]


class Relay:
    """One process's end of the line: `send` is a listener of Database.listeners, `run` hands on what others told."""

    def __init__(self, url: str) -> None:
        self._redis = Redis.from_url(url, socket_connect_timeout=2, socket_timeout=2)
        self._hearing = Redis.from_url(url, socket_connect_timeout=2)
        self._own = uuid4().hex
        self.ready = asyncio.Event()

    async def send(self, topics: frozenset[str]) -> None:
        """Tell the other processes; never raises, for what was told is committed already."""
        try:
            await self._redis.publish(CHANNEL, json.dumps({"from": self._own, "topics": sorted(topics)}))
        except (RedisError, OSError) as wrong:
            log.warning("topics not relayed", topics=len(topics), reason=type(wrong).__name__)

    async def run(self, hear: Hear) -> None:
        """Hear the others until cancelled; connects again when the line breaks, waiting longer each time."""
        patience = _PATIENT
        while True:
            try:
                await self._listen(hear)
            except (RedisError, OSError) as wrong:
                log.warning("relay interrupted", reason=type(wrong).__name__)
            patience = _PATIENT if self.ready.is_set() else min(patience * 2, _MOST_PATIENT)
            self.ready.clear()
            await asyncio.sleep(patience)

    async def close(self) -> None:
        """Hang up."""
        await self._redis.aclose()
        await self._hearing.aclose()

    async def _listen(self, hear: Hear) -> None:
        async with self._hearing.pubsub(ignore_subscribe_messages=False) as line:
            await line.subscribe(CHANNEL)
            async for message in line.listen():
                if message["type"] == "subscribe":
                    self.ready.set()
                elif topics := self._topics(message["data"]):
                    await hear(topics)

    def _topics(self, data: bytes) -> frozenset[str]:
        """Return the topics of a message of another process; nothing for one's own or one that is not ours."""
        try:
            message = json.loads(data)
            if message["from"] == self._own or len(message["topics"]) > _MOST_TOPICS:
                return frozenset()
            return frozenset(str(topic) for topic in message["topics"])
        except (ValueError, TypeError, KeyError):
            return frozenset()
