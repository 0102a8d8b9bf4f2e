"""Money of the demo: Harbor connected to the sandbox, unpaid sessions of Casey and Milo, and a little history."""

from collections.abc import Mapping
from datetime import timedelta
from types import MappingProxyType
from uuid import UUID

from portal.billing import ledger
from portal.billing.rules import Share
from portal.database import Work
from portal.demo.people import Cast
from portal.integrations.stripe.choose import SANDBOX_KEY
from portal.kit.clock import today_in
from portal.kit.crypto import seal
from portal.kit.ids import new_id
from portal.models import CardConnection, Charge, Client, Method, Payment
from portal.sandbox.telling import signing_secret

# client, cents, days ago, paid in cash
SESSIONS = (
    ("milo", 7000, 15, False),
    ("milo", 7000, 8, False),
    ("casey", 9000, 36, True),
    ("casey", 9000, 22, False),
    ("casey", 9000, 15, False),
    ("casey", 9000, 8, False),
)


async def load_billing(work: Work, cast: Cast, held: Mapping[tuple[str, int], UUID] = MappingProxyType({})) -> None:
    """Connect Harbor and write the ledger. Lakeside stays as it is: nobody there is offered to pay.

    `held` are sessions by whose they were and how many days ago; a charge without one is as if made by hand.
    """
    await connect_sandbox(work, cast)
    today = today_in(cast.harbor.zone, work.now)
    for name, cents, days, is_paid in SESSIONS:
        charge = await add_session(work, cast.clients[name], cents, days, held.get((name, days)))
        if is_paid:
            payment = Payment(
                organization_id=charge.organization_id,
                client_id=charge.client_id,
                method=Method.CASH,
                amount_cents=cents,
                currency=charge.currency,
                received_on=today - timedelta(days=days),
                created_at=work.now - timedelta(days=days),
                created_by=cast.accounts["bea"].id,
            )
            await ledger.allocate(work, payment, [Share(charge.id, cents)])


async def connect_sandbox(work: Work, cast: Cast) -> None:
    """Give Harbor the keys of the sandbox."""
    slug = cast.harbor.slug
    row = CardConnection(
        organization_id=cast.harbor.id,
        account_ref=f"acct_sandbox_{slug}",
        account_name=f"Sandbox of {slug}",
        connected_at=work.now - timedelta(days=200),
        connected_by=cast.accounts["avery"].id,
    )
    row.secret_key = seal(work.ring, "card_connection", "secret_key", row.id, f"{SANDBOX_KEY}{slug}")
    row.webhook_secret = seal(work.ring, "card_connection", "webhook_secret", row.id, signing_secret(slug))
    work.add(row)
    await work.flush()


async def add_session(work: Work, client: Client, cents: int, days: int, session_id: UUID | None = None) -> Charge:
    """Charge a client for a session some days ago."""
    charge_id = new_id()
    on_day = (work.now - timedelta(days=days)).date()
    charge = Charge(
        id=charge_id,
        organization_id=client.organization_id,
        client_id=client.id,
        appointment_id=session_id,
        on_day=on_day,
        amount_cents=cents,
        currency="USD",
        label=seal(work.ring, "charge", "label", charge_id, "Individual therapy"),
        created_at=work.now - timedelta(days=days),
    )
    await ledger.write_charge(work, charge)
    return charge
