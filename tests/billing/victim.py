"""Processes that are killed: each does one thing of the portal's up to a given place, says so, and waits there to die.

Started once as `python -m tests.billing.victim`. Every order on standard input is given to a fork, so that a death
costs milliseconds. Standard output says "here <pid>" when one has come to its place, "ended <code>" when one is gone.
"""

import asyncio
import base64
import json
import os
import re
import signal
import sys
import traceback
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any
from uuid import UUID

import httpx
from sqlalchemy import event
from starlette.applications import Starlette
from starlette.routing import Route

from portal.access.gate import open_client
from portal.billing.carrying import carry_out
from portal.billing.service_paying import Wish, begin_payment
from portal.config import Config, Mode
from portal.database import Database
from portal.http.hooks import stripe_hook
from portal.integrations.stripe.choose import use_wire
from portal.kit.crypto import KeyRing
from portal.models import Permission
from portal.runtime import Runtime, set_runtime

BEFORE = {
    "insert": "INSERT INTO payment_attempt",
    "event": "INSERT INTO processor_event",
    "handled": "UPDATE processor_event",
}
_MONEY = re.compile(r"/v1/(payment_intents|checkout/sessions)\b")
Order = dict[str, Any]


def wait_to_die() -> None:
    """Say that the place is reached, and do nothing more."""
    os.write(1, f"here {os.getpid()}\n".encode())
    while True:
        signal.pause()


class Wire(httpx.AsyncHTTPTransport):
    """The way to the processor: stops before a request about money goes out, or once its reply is on the way back."""

    def __init__(self, place: str) -> None:
        super().__init__()
        self._place = place

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        is_money = _MONEY.search(request.url.path)
        if is_money and self._place == "call":
            wait_to_die()
        response = await super().handle_async_request(request)
        if is_money and self._place == "reply":
            await response.aread()
            wait_to_die()
        return response


def arm(database: Database, place: str) -> None:
    """Stop before a statement, or before the commit that writes a payment down."""
    engine, has_paid = database.write_engine.sync_engine, False

    @event.listens_for(engine, "before_cursor_execute")
    def _statement(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        nonlocal has_paid
        has_paid = has_paid or statement.startswith("INSERT INTO payment ")
        if place in BEFORE and statement.startswith(BEFORE[place]):
            wait_to_die()

    @event.listens_for(engine, "commit")
    def _commit(_connection: Any) -> None:
        if place == "commit" and has_paid:
            wait_to_die()


async def pay(here: Runtime, order: Order) -> None:
    """Pay a charge with a saved card, as the page does."""
    ids = tuple(UUID(one) for one in order["charge_ids"])
    wish = Wish(UUID(order["operation_id"]), ids, order["seen"], None, UUID(order["card_id"]))
    async with here.database.unit_of_work() as work:
        access = await open_client(work, order["session"], UUID(order["client_id"]), Permission.PAYMENTS)
        attempt_id = await begin_payment(work, access, wish=wish)
    await carry_out(here, access.organization_id, attempt_id)


async def hear(_here: Runtime, order: Order) -> None:
    """Hear what the processor tells, as the route does."""
    routes = [Route("/hooks/stripe/{practice}", stripe_hook, methods=["POST"])]
    transport = httpx.ASGITransport(Starlette(routes=routes))
    async with httpx.AsyncClient(transport=transport, base_url="http://portal.test") as client:
        headers = {"Stripe-Signature": order["signature"]}
        answer = await client.post("/hooks/stripe/harbor", content=order["body"], headers=headers)
        answer.raise_for_status()


DEEDS: dict[str, Callable[[Runtime, Order], Awaitable[None]]] = {"pay": pay, "hear": hear}


async def _live(order: Order) -> None:
    database = Database(order["url"], KeyRing((base64.b64decode(order["key"]),)))
    here = Runtime(Config(mode=Mode.TEST, data_dir=Path(order["folder"]), sandbox_url=order["sandbox"]), database)
    set_runtime(here)
    use_wire(Wire(order["place"]))
    arm(database, order["place"])
    await DEEDS[order["deed"]](here, order)
    await database.close()


def _fork(order: Order) -> None:
    child = os.fork()
    if child:
        return
    try:
        asyncio.run(_live(order))
    except BaseException:
        traceback.print_exc()
        os._exit(1)
    os._exit(0)


def main() -> None:
    """Take orders, one a line."""
    for line in sys.stdin:
        _fork(json.loads(line))
        _, status = os.wait()
        os.write(1, f"ended {os.waitstatus_to_exitcode(status)}\n".encode())


if __name__ == "__main__":
    main()
