"""`python -m bench.money`: a balance with few and with many lines behind it, and how soon a webhook is answered."""

import asyncio
import json
import tempfile
import time
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

from sqlalchemy import insert
from starlette.applications import Starlette
from starlette.routing import Route

from bench.stats import milliseconds, percentile
from portal.access.gate import open_client
from portal.billing import service_own
from portal.config import Config, Mode
from portal.database import Database, Work
from portal.demo.billing import connect_sandbox
from portal.demo.people import Cast, load_people
from portal.http.hooks import stripe_hook
from portal.kit.crypto import KeyRing
from portal.kit.ids import new_id
from portal.kit.tokens import new_token, token_hash
from portal.models import Allocation, Charge, ChargeState, Client, Method, Payment, Permission, Session
from portal.runtime import Runtime, set_runtime
from portal.sandbox.telling import signature, signing_secret
from portal.schema import upgrade_database

FEW, MANY, TURNS, OPEN = 50, 5_000, 300, 3


def main() -> None:
    """Build a database, measure, print."""
    folder = Path(tempfile.mkdtemp(prefix="portico-money-"))
    url = f"sqlite+aiosqlite:///{folder / 'portal.db'}"
    upgrade_database(url)
    asyncio.run(_measure(Database(url, KeyRing((b"b" * 32,))), folder))


async def _measure(database: Database, folder: Path) -> None:
    set_runtime(Runtime(Config(mode=Mode.TEST, data_dir=folder), database))
    async with database.unit_of_work() as work:
        cast = await load_people(work, "not-a-hash")
        await connect_sandbox(work, cast)
        await _write(work, cast.clients["milo"], FEW)
        await _write(work, cast.clients["tara"], MANY)
    await _report(database, cast)
    await database.close()


async def _report(database: Database, cast: Cast) -> None:
    session = await _sign_in(database, cast)
    print("| what | p50 | p95 |\n|---|---|---|")
    for number, name in ((FEW, "milo"), (MANY, "tara")):
        took = [await _read(database, session, cast.clients[name]) for _ in range(TURNS)]
        _line(f"balance and history, {number:,} lines of the ledger", took)
    hook = Starlette(routes=[Route("/hooks/stripe/{practice}", stripe_hook, methods=["POST"])])
    _line("a webhook answered", [await _tell(hook) for _ in range(TURNS)])


def _line(what: str, took: list[float]) -> None:
    print(f"| {what} | {milliseconds(percentile(took, 0.5))} | {milliseconds(percentile(took, 0.95))} |")


async def _write(work: Work, client: Client, lines: int) -> None:
    """Write a ledger of so many lines (charges and payments), all settled but for the last few charges."""
    tables: dict[type[Any], list[dict[str, Any]]] = {Charge: [], ChargeState: [], Payment: [], Allocation: []}
    common = {"organization_id": client.organization_id}
    money = {"amount_cents": 7000, "currency": "USD"}
    for place in range(lines // 2):
        moment = work.now - timedelta(days=lines // 2 - place)
        charge, payment, is_open = new_id(), new_id(), place >= lines // 2 - OPEN
        own = {**common, "client_id": client.id, "created_at": moment}
        tables[Charge].append({"id": charge, "on_day": moment.date(), **own, **money})
        tables[ChargeState].append(
            {"id": new_id(), **common, "client_id": client.id, "charge_id": charge, "is_open": is_open, "revision": 1}
        )
        tables[Payment].append({"id": payment, "method": Method.CASH, "received_on": moment.date(), **own, **money})
        if not is_open:
            pays = {"payment_id": payment, "charge_id": charge, "created_at": moment}
            tables[Allocation].append({"id": new_id(), **common, **pays, **money})
    for table, rows in tables.items():
        await work.exec(insert(table), params=rows)


async def _sign_in(database: Database, cast: Cast) -> str:
    token = new_token()
    async with database.unit_of_work() as work:
        at = {"created_at": work.now, "touched_at": work.now}
        work.add(Session(account_id=cast.accounts["gina"].id, token_hash=token_hash(token), **at))
    return token_hash(token)


async def _read(database: Database, session: str, client: Client) -> float:
    began = time.perf_counter()
    async with database.unit_of_work(writes=False) as work:
        access = await open_client(work, session, client.id, Permission.PAYMENTS)
        lines = await service_own.read_balance(work, access)
        await service_own.read_history(work, access)
    assert len(lines) == OPEN
    return time.perf_counter() - began


async def _tell(hook: Starlette) -> float:
    """Tell of an event; the seconds until it was answered, whatever is done about it afterwards."""
    body = json.dumps({"id": f"evt_{uuid4().hex}", "type": "charge.updated", "data": {"object": {"id": "ch_1"}}})
    header = signature(signing_secret("harbor"), body, int(time.time()))
    headers = [(b"stripe-signature", header.encode())]
    scope = {"type": "http", "method": "POST", "path": "/hooks/stripe/harbor", "query_string": b"", "headers": headers}
    answered: list[float] = []

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": body.encode(), "more_body": False}

    async def send(message: Any) -> None:
        if message["type"] == "http.response.start":
            assert message["status"] == 200, message
        answered.append(time.perf_counter())

    began = time.perf_counter()
    await hook(scope, receive, send)
    return answered[-1] - began


if __name__ == "__main__":
    main()
