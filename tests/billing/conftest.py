"""A practice that is connected to a sandbox in this process, with what Milo and Casey owe."""

import json
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest
from sqlmodel import col, select
from starlette.applications import Starlette
from starlette.routing import Route

from portal.billing import queries
from portal.billing.carrying import carry_out
from portal.billing.rules import Line
from portal.billing.service_paying import Wish, begin_payment
from portal.config import Config, Mode
from portal.database import Database
from portal.demo.appointments import load_appointments
from portal.demo.billing import add_session, connect_sandbox, load_billing
from portal.demo.people import Cast
from portal.demo.superbills import load_superbills
from portal.http.hooks import stripe_hook
from portal.integrations.stripe.choose import use_wire
from portal.kit.clock import utc_now
from portal.models import (
    Allocation,
    AppointmentStatus,
    AttemptStatus,
    Charge,
    ChargeState,
    Client,
    OutboxMail,
    Payment,
    PaymentAttempt,
    Permission,
)
from portal.runtime import Runtime, set_runtime
from portal.sandbox.app import sandbox_app
from portal.sandbox.store import Store, Thing, shown
from portal.sandbox.telling import signature, signing_secret
from tests.billing.contract import Checked
from tests.billing.superbills import charge_session, days, diagnose, sessions
from tests.conftest import Clock
from tests.factories import as_client
from tests.people import Human

ADDRESS = "http://sandbox.test"


@dataclass
class Shop:
    """The portal and the sandbox beside it; `portal` answers webhooks, `page` is the browser at the hosted page."""

    here: Runtime
    store: Store
    wire: Checked
    portal: httpx.AsyncClient
    page: httpx.AsyncClient
    sandbox: Starlette

    @property
    def database(self) -> Database:
        return self.here.database

    async def lines(self, client: Client) -> list[Line]:
        async with self.database.unit_of_work(writes=False) as work:
            return await queries.open_lines(work, client.organization_id, client.id)

    async def wish(self, client: Human, *, many: int = 1, part: int | None = None, **more: Any) -> Wish:
        assert client.client
        chosen = (await self.lines(client.client))[:many]
        ids = tuple(line.charge_id for line in chosen)
        return Wish(more.pop("operation_id", uuid4()), ids, sum(line.free for line in chosen), part, **more)

    async def begin(self, who: Human, client: Human, wish: Wish) -> UUID:
        async with as_client(self.database, who, client, Permission.PAYMENTS) as (work, access):
            return await begin_payment(work, access, wish=wish)

    async def set_out(self, who: Human, client: Human, **more: Any) -> PaymentAttempt:
        """Begin to pay and ask the processor; returns how the attempt stands."""
        attempt_id = await self.begin(who, client, await self.wish(client, **more))
        attempt = await self.attempt(attempt_id)
        await carry_out(self.here, attempt.organization_id, attempt_id)
        return await self.attempt(attempt_id)

    async def attempt(self, attempt_id: UUID) -> PaymentAttempt:
        async with self.database.unit_of_work(writes=False) as work:
            return await work.get_one(PaymentAttempt, attempt_id)

    async def at_page(self, attempt: PaymentAttempt, card: str, step: str = "pay") -> httpx.Response:
        """Press a button on the hosted page."""
        return await self.page.post(f"/checkout/{attempt.session_ref}", data={"card": card, "step": step})

    async def tell(self, event: Thing, *, secret: str = "", late: int = 0, practice: str = "harbor") -> int:
        """Tell the portal of an event; returns the status."""
        body = json.dumps(shown(event))
        signed = signature(secret or signing_secret("harbor"), body, self.store.now() - late)
        answer = await self.portal.post(f"/hooks/stripe/{practice}", content=body, headers={"Stripe-Signature": signed})
        return answer.status_code

    async def tell_all(self) -> None:
        """Tell everything that happened, once and in order."""
        for event in self.store.events:
            assert await self.tell(event) == 200
        self.store.events.clear()

    async def assert_adds_up(self, *, payments: int) -> None:
        """One payment, one receipt, and every charge as its lines say."""
        async with self.database.unit_of_work(writes=False) as work:
            paid = (await work.exec(select(Payment))).all()
            mails = (await work.exec(select(OutboxMail).where(OutboxMail.kind == "receipt"))).all()
            taken = [call for call in self.store.calls if call.startswith("money:")]
            assert (len(paid), len(mails), len(taken)) == (payments, payments, payments)
            states = {one.charge_id: one for one in (await work.exec(select(ChargeState))).all()}
            for charge in (await work.exec(select(Charge))).all():
                line = (await queries.lines_of(work, charge.organization_id, [charge.id]))[charge.id]
                assert 0 <= line.allocated <= line.worth
                assert states[charge.id].is_open == (line.open > 0)
            for payment in paid:
                query = select(Allocation.amount_cents).where(col(Allocation.payment_id) == payment.id)
                assert sum((await work.exec(query)).all()) == payment.amount_cents


@pytest.fixture
async def shop(database: Database, cast: Cast, clock: Clock, tmp_path: Any) -> AsyncIterator[Shop]:
    clock.now = utc_now()
    config = Config(mode=Mode.TEST, data_dir=tmp_path / "data", sandbox_url=ADDRESS)
    here = Runtime(config, database)
    set_runtime(here)
    store = Store()
    app = sandbox_app(config, store, ADDRESS, "")
    wire = Checked(httpx.ASGITransport(app))
    use_wire(wire)
    hooks = Starlette(routes=[Route("/hooks/stripe/{practice}", stripe_hook, methods=["POST"])])
    async with database.unit_of_work() as work:
        await connect_sandbox(work, cast)
        for name, ago in (("milo", 8), ("milo", 15), ("casey", 8), ("casey", 15), ("casey", 22)):
            await add_session(work, cast.clients[name], 7000, ago)
    async with (
        httpx.AsyncClient(transport=httpx.ASGITransport(hooks), base_url="http://portal.test") as portal,
        httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url=ADDRESS) as page,
    ):
        yield Shop(here, store, wire, portal, page, app)
    use_wire(None)
    assert wire.faults == []


WAITING, PAID, FAILED = AttemptStatus.WAITING, AttemptStatus.PAID, AttemptStatus.FAILED


@pytest.fixture
async def harbor(database: Database, cast: Cast) -> Database:
    """Harbor with everything that the demo has for superbills."""
    async with database.unit_of_work() as work:
        await load_appointments(work, cast)
        await load_billing(work, cast, await load_superbills(work, cast))
    return database


@pytest.fixture
async def milos(harbor: Database, milo: Human, tara: Human, tess: Human) -> Database:
    """Milo and Tara with a session, charged, and a diagnosis."""
    kept = await sessions(harbor, AppointmentStatus.KEPT)
    await charge_session(harbor, tara, kept[0], 7000)
    for client in (milo, tara):
        await diagnose(harbor, tess, client, days(harbor).first, "F93.0")
    return harbor
