"""The adapter against somebody else's imitation of Stripe, for what that supports: customers, payments, cards.

It runs as a process of its own (see tools/localstripe). It knows no Checkout, no lists by customer and no refunds of
payments, and refuses words that it does not know, so two of them are taken out on the way.
"""

import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qsl, urlencode

import httpx
import pytest
import stripe

from portal.integrations.cards import CardTrouble, Trouble, WantedCharge
from portal.integrations.stripe.adapter import StripeProcessor
from tests.security.conftest import free_port

PROGRAM = Path(__file__).parents[2] / ".venv" / "localstripe" / "bin" / "localstripe"
UNKNOWN_THERE = ("description", "payment_method_types[0]")
KEY = "sk_test_localstripe"
WORKS, DECLINED, ASKS = "4242424242424242", "4000000000000341", "4000002500003155"
METADATA = {"attempt": "a", "practice": "p"}
_PATIENCE = 60


class Way(httpx.AsyncHTTPTransport):
    """Takes out what that server refuses to know."""

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        body = (await request.aread()).decode()
        if request.method == "POST":
            kept = urlencode([pair for pair in parse_qsl(body) if pair[0] not in UNKNOWN_THERE])
            headers = {key: value for key, value in request.headers.items() if key != "content-length"}
            request = httpx.Request("POST", request.url, headers=headers, content=kept.encode())
        return await super().handle_async_request(request)


class Client(stripe.HTTPXClient):
    def __init__(self) -> None:
        super().__init__()
        self._client_async = httpx.AsyncClient(transport=Way(), trust_env=False)


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A running localstripe."""
    if not PROGRAM.exists():
        pytest.skip("localstripe is not there: tools/localstripe installs it.")
    port, folder = free_port(), tmp_path_factory.mktemp("localstripe")
    command = [str(PROGRAM), "--from-scratch", "--port", str(port)]
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(command, cwd=folder, stdout=log, stderr=log)  # noqa: S603 - our own command
    base, until = f"http://127.0.0.1:{port}", time.monotonic() + _PATIENCE
    while time.monotonic() < until and process.poll() is None:
        try:
            httpx.get(base, trust_env=False)
        except httpx.HTTPError:
            time.sleep(0.1)
        else:
            break
    yield base
    process.terminate()
    process.wait(10)


@pytest.fixture
def processor(address: str) -> StripeProcessor:
    return StripeProcessor(KEY, Client(), address)


async def card_of(address: str, customer: str, number: str) -> str:
    """A card that a customer keeps, as Checkout would have made it."""
    card = {"number": number, "exp_month": "12", "exp_year": "2034", "cvc": "123"}
    fields = {"type": "card", **{f"card[{key}]": value for key, value in card.items()}}
    async with httpx.AsyncClient(base_url=address, auth=(KEY, ""), trust_env=False) as client:
        made = (await client.post("/v1/payment_methods", data=fields)).raise_for_status().json()["id"]
        (await client.post(f"/v1/payment_methods/{made}/attach", data={"customer": customer})).raise_for_status()
    return str(made)


def wanted(customer: str, card: str) -> WantedCharge:
    return WantedCharge("key", customer, card, 2500, "USD", "Payment to Harbor", METADATA)


async def test_a_saved_card_pays_and_is_found_again(processor: StripeProcessor, address: str) -> None:
    customer = await processor.add_customer(key="k", metadata={"account": "x"})
    card = await card_of(address, customer, WORKS)
    paid = await processor.charge_card(wanted(customer, card))
    assert (paid.is_paid, paid.cents, paid.currency, paid.customer_ref) == (True, 2500, "USD", customer)
    assert paid.metadata == METADATA
    assert await processor.find_payment(paid.ref) == paid


async def test_a_declined_card_pays_nothing(processor: StripeProcessor, address: str) -> None:
    customer = await processor.add_customer(key="k", metadata={})
    card = await card_of(address, customer, DECLINED)
    seen = await processor.charge_card(wanted(customer, card))
    assert not seen.is_paid
    assert not (await processor.find_payment(seen.ref)).is_paid


async def test_a_card_whose_bank_asks_is_not_paid_and_can_be_given_up(processor: StripeProcessor, address: str) -> None:
    customer = await processor.add_customer(key="k", metadata={})
    seen = await processor.charge_card(wanted(customer, await card_of(address, customer, ASKS)))
    assert (seen.is_paid, seen.needs_owner) == (False, True)
    await processor.cancel_payment(seen.ref)
    assert (await processor.find_payment(seen.ref)).is_over


async def test_a_card_is_forgotten(processor: StripeProcessor, address: str) -> None:
    customer = await processor.add_customer(key="k", metadata={})
    card = await card_of(address, customer, WORKS)
    await processor.forget_card(card)
    await processor.forget_card("pm_unknown")


async def test_what_is_not_there_is_refused(processor: StripeProcessor) -> None:
    with pytest.raises(CardTrouble) as refused:
        await processor.find_payment("pi_unknown")
    assert refused.value.trouble is Trouble.REFUSED
