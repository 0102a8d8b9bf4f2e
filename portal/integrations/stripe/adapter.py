"""Stripe behind the port: hosted Checkout, payments with saved cards, refunds. No card data comes near us."""

from collections.abc import Callable, Coroutine, Mapping, Sequence
from datetime import datetime
from functools import wraps
from typing import Any, ParamSpec, TypeVar

import stripe

from portal.database import assert_no_open_unit
from portal.integrations.cards import (
    CardTrouble,
    SeenAccount,
    SeenCheckout,
    SeenPayment,
    SeenRefund,
    Trouble,
    WantedCharge,
    WantedCheckout,
)
from portal.integrations.stripe.reading import checkout_from, payment_from, refund_from

API_VERSION = "2026-08-26.dahlia"
_CHECKOUT = ["payment_intent.payment_method", "setup_intent.payment_method"]
_PAYMENT = ["payment_method"]
_PAGE = 100
P = ParamSpec("P")
T = TypeVar("T")


def asking(method: Callable[P, Coroutine[Any, Any, T]]) -> Callable[P, Coroutine[Any, Any, T]]:
    """Refuse to reach Stripe inside a unit of work, and turn what can go wrong into CardTrouble."""

    @wraps(method)
    async def ask(*args: P.args, **named: P.kwargs) -> T:
        assert_no_open_unit("Stripe")
        try:
            return await method(*args, **named)
        except stripe.CardError as wrong:
            raise _declined(wrong) from None
        except (stripe.AuthenticationError, stripe.PermissionError):
            raise CardTrouble(Trouble.KEYS) from None
        except (stripe.InvalidRequestError, stripe.IdempotencyError) as wrong:
            raise CardTrouble(Trouble.UNSURE if wrong.http_status in {409, 429} else Trouble.REFUSED) from None
        except stripe.StripeError:
            raise CardTrouble(Trouble.UNSURE) from None

    return ask


def _declined(wrong: stripe.CardError) -> CardTrouble:
    """A refused card is final for this payment; one that its owner has to confirm goes on at Stripe's page."""
    intent = wrong.error.payment_intent if wrong.error else None
    ref = str(intent["id"]) if intent else ""
    asks = wrong.code == "authentication_required"
    return CardTrouble(Trouble.NEEDS_OWNER if asks else Trouble.DECLINED, ref=ref)


class StripeProcessor:
    """One practice's account with Stripe."""

    def __init__(self, secret_key: str, http_client: stripe.HTTPClient, address: str = "") -> None:
        self._is_live = "_live_" in secret_key
        self._api = stripe.StripeClient(
            secret_key,
            http_client=http_client,
            stripe_version=API_VERSION,
            max_network_retries=0,
            base_addresses={"api": address} if address else {},
        )

    @asking
    async def find_account(self) -> SeenAccount:
        """Return whose keys these are."""
        found = (await self._api.v1.accounts.retrieve_current_async()).to_dict()
        shown = found.get("settings") or {}
        name = (shown.get("dashboard") or {}).get("display_name") or ""
        return SeenAccount(found["id"], str(name)[:120], is_live=self._is_live)

    @asking
    async def add_customer(self, *, key: str, metadata: Mapping[str, str]) -> str:
        """Return what Stripe calls a new customer. It gets no name and no address from us."""
        made = await self._api.v1.customers.create_async({"metadata": dict(metadata)}, {"idempotency_key": key})
        return made.id

    @asking
    async def open_checkout(self, wanted: WantedCheckout) -> SeenCheckout:
        """Open a hosted page in payment or setup mode."""
        params: Any = {
            "mode": "payment" if wanted.cents else "setup",
            "customer": wanted.customer_ref,
            "success_url": wanted.returns_to,
            "cancel_url": wanted.cancels_to,
            "expires_at": int(wanted.ends_at.timestamp()),
            "payment_method_types": ["card"],
            "client_reference_id": wanted.metadata["attempt"],
            "metadata": dict(wanted.metadata),
            "expand": _CHECKOUT,
        }
        made = await self._api.v1.checkout.sessions.create_async(
            params | (_payment(wanted) if wanted.cents else _setup(wanted)), {"idempotency_key": wanted.key}
        )
        return checkout_from(made.to_dict())

    @asking
    async def find_checkout(self, ref: str) -> SeenCheckout:
        """Return a page with what came of it."""
        return checkout_from(
            (await self._api.v1.checkout.sessions.retrieve_async(ref, {"expand": _CHECKOUT})).to_dict()
        )

    @asking
    async def close_checkout(self, ref: str) -> None:
        """Let a page expire now; Stripe refuses for one that is done or expired, which is as good."""
        try:
            await self._api.v1.checkout.sessions.expire_async(ref)
        except stripe.InvalidRequestError:
            return

    @asking
    async def checkouts_of(self, customer_ref: str, since: datetime) -> Sequence[SeenCheckout]:
        """List the pages of a customer."""
        found = await self._api.v1.checkout.sessions.list_async(
            {
                "customer": customer_ref,
                "created": {"gte": int(since.timestamp())},
                "limit": _PAGE,
                "expand": [f"data.{part}" for part in _CHECKOUT],
            }
        )
        return [checkout_from(one.to_dict()) for one in found.data]

    @asking
    async def charge_card(self, wanted: WantedCharge) -> SeenPayment:
        """Pay with a saved card; raises NEEDS_OWNER where the bank asks for its owner."""
        params: Any = {
            "amount": wanted.cents,
            "currency": wanted.currency.lower(),
            "customer": wanted.customer_ref,
            "payment_method": wanted.card_ref,
            "payment_method_types": ["card"],
            "off_session": True,
            "confirm": True,
            "description": wanted.title,
            "metadata": dict(wanted.metadata),
            "expand": _PAYMENT,
        }
        made = await self._api.v1.payment_intents.create_async(params, {"idempotency_key": wanted.key})
        return payment_from(made.to_dict())

    @asking
    async def find_payment(self, ref: str) -> SeenPayment:
        """Return a payment."""
        return payment_from((await self._api.v1.payment_intents.retrieve_async(ref, {"expand": _PAYMENT})).to_dict())

    @asking
    async def payments_of(self, customer_ref: str, since: datetime) -> Sequence[SeenPayment]:
        """List the payments of a customer."""
        found = await self._api.v1.payment_intents.list_async(
            {
                "customer": customer_ref,
                "created": {"gte": int(since.timestamp())},
                "limit": _PAGE,
                "expand": ["data.payment_method"],
            }
        )
        return [payment_from(one.to_dict()) for one in found.data]

    @asking
    async def cancel_payment(self, ref: str) -> None:
        """Give up a payment that waits for its owner."""
        try:
            await self._api.v1.payment_intents.cancel_async(ref)
        except stripe.InvalidRequestError:
            return

    @asking
    async def forget_card(self, ref: str) -> None:
        """Take a card off its customer, so that nobody can charge it again."""
        try:
            await self._api.v1.payment_methods.detach_async(ref)
        except stripe.InvalidRequestError:
            return

    @asking
    async def give_back(self, *, key: str, payment_ref: str, cents: int, metadata: Mapping[str, str]) -> SeenRefund:
        """Give money back to the card it came from."""
        made = await self._api.v1.refunds.create_async(
            {"payment_intent": payment_ref, "amount": cents, "metadata": dict(metadata)}, {"idempotency_key": key}
        )
        return refund_from(made.to_dict())

    @asking
    async def find_refund(self, ref: str) -> SeenRefund:
        """Return a refund."""
        return refund_from((await self._api.v1.refunds.retrieve_async(ref)).to_dict())

    @asking
    async def refunds_of(self, payment_ref: str) -> Sequence[SeenRefund]:
        """List what went back of a payment."""
        found = await self._api.v1.refunds.list_async({"payment_intent": payment_ref, "limit": _PAGE})
        return [refund_from(one.to_dict()) for one in found.data]


def _payment(wanted: WantedCheckout) -> dict[str, Any]:
    product = {"currency": wanted.currency.lower(), "unit_amount": wanted.cents, "product_data": {"name": wanted.title}}
    intent: dict[str, Any] = {"metadata": dict(wanted.metadata), "description": wanted.title}
    if wanted.keeps_card:
        intent["setup_future_usage"] = "off_session"
    return {"line_items": [{"price_data": product, "quantity": 1}], "payment_intent_data": intent}


def _setup(wanted: WantedCheckout) -> dict[str, Any]:
    return {"currency": wanted.currency.lower(), "setup_intent_data": {"metadata": dict(wanted.metadata)}}
