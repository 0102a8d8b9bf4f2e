"""What the sandbox knows: objects by id, answers by idempotency key, events to be told, and switches for bad days.

It is kept in a file when one is given, so that saved cards outlive a restart of the demo.
"""

import json
import secrets
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from portal.kit.clock import utc_now

Thing = dict[str, Any]
SANDBOX_FILE = "sandbox.json"
"""Where the sandbox of the demo keeps what it knows, in the data folder."""


@dataclass
class Switches:
    """Bad days, for tests.

    `answers` are what becomes of the next calls that change something: "ok", "500", "500_after", "429", "409",
    "hang_before" or "hang_after". `hooks` is how events are told: "once", "twice", "late", "reordered" or "lost".
    `refunds` is how far a new refund is: "succeeded", or "pending".
    """

    answers: list[str] = field(default_factory=list)
    hooks: str = "once"
    refunds: str = "succeeded"


@dataclass(frozen=True)
class Told:
    """An answer that was given for an idempotency key."""

    asked: str
    status: int
    answer: Thing


class Store:
    """Everything of one sandbox."""

    def __init__(self, path: Path | None = None) -> None:
        self._path = path
        self.things: dict[str, Thing] = {}
        self.answers: dict[str, Told] = {}
        self.events: list[Thing] = []
        self.calls: list[str] = []
        self.busy: set[str] = set()
        self.switches = Switches()
        if path is not None and path.exists():
            self.things = json.loads(path.read_text())

    def add(self, prefix: str, account: str, thing: Thing) -> Thing:
        """Keep a new object under an id of its kind."""
        number = secrets.token_hex(12)
        made = {"id": f"{prefix}_{number}", **thing, "created": self.now(), "livemode": False}
        self.things[made["id"]] = {**made, "_account": account}
        return self.things[made["id"]]

    def find(self, account: str, ref: str) -> Thing | None:
        """Return an object of an account."""
        found = self.things.get(ref)
        return found if found and found["_account"] == account else None

    def of_kind(self, account: str, kind: str) -> list[Thing]:
        """List an account's objects of a kind, newest first."""
        return [one for one in reversed(self.things.values()) if one["object"] == kind and one["_account"] == account]

    def note_event(self, account: str, kind: str, thing: Thing) -> None:
        """Note that something happened, to be told to the account's owner."""
        event = {
            "object": "event",
            "type": kind,
            "data": {"object": shown(thing)},
            "api_version": "2026-08-26.dahlia",
            "pending_webhooks": 1,
            "request": {"id": None, "idempotency_key": None},
        }
        self.events.append(self.add("evt", account, event))

    def save(self) -> None:
        """Write everything down."""
        if self._path is not None:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            self._path.write_text(json.dumps(self.things))

    @staticmethod
    def now() -> int:
        """Seconds since 1970, as Stripe counts."""
        return int(utc_now().timestamp())


def shown(thing: Thing) -> Thing:
    """Return what of an object goes out."""
    return {key: value for key, value in thing.items() if not key.startswith("_")}
