"""From Stripe's objects to what the port says of them."""

from collections.abc import Mapping
from typing import Any

from portal.integrations.cards import SeenCard, SeenCheckout, SeenPayment, SeenRefund


def card_from(method: Any) -> SeenCard | None:
    """Read a payment method that was fetched along with something; None for a bare id, or for no card."""
    if not isinstance(method, Mapping) or "card" not in method or not method["card"]:
        return None
    card = method["card"]
    return SeenCard(
        ref=method["id"],
        brand=str(card["brand"]),
        last4=str(card["last4"]),
        exp_month=int(card["exp_month"]),
        exp_year=int(card["exp_year"]),
        customer_ref=_ref(method.get("customer")),
    )


def payment_from(intent: Mapping[str, Any]) -> SeenPayment:
    """Read a PaymentIntent. One that lacks a payment method after a refusal is over: its page or its owner moved on."""
    status = intent["status"]
    return SeenPayment(
        ref=intent["id"],
        is_paid=status == "succeeded" and intent.get("amount_received", intent["amount"]) == intent["amount"],
        is_over=status == "canceled",
        cents=int(intent["amount"]),
        currency=str(intent["currency"]).upper(),
        customer_ref=_ref(intent.get("customer")),
        metadata=_words(intent.get("metadata")),
        card=card_from(intent.get("payment_method")),
        needs_owner=status in {"requires_action", "requires_payment_method", "requires_confirmation"},
    )


def checkout_from(session: Mapping[str, Any]) -> SeenCheckout:
    """Read a Checkout session whose payment_intent or setup_intent was fetched along with it."""
    payment, setup = session.get("payment_intent"), session.get("setup_intent")
    return SeenCheckout(
        ref=session["id"],
        is_open=session["status"] == "open",
        is_done=session["status"] == "complete",
        address=session.get("url") or "",
        metadata=_words(session.get("metadata")),
        customer_ref=_ref(session.get("customer")),
        payment=payment_from(payment) if isinstance(payment, Mapping) else None,
        card=card_from(setup.get("payment_method")) if isinstance(setup, Mapping) else None,
    )


def refund_from(refund: Mapping[str, Any]) -> SeenRefund:
    """Read a refund. One that is pending counts as given; should it fail, that is told later, as of any other."""
    return SeenRefund(
        ref=refund["id"],
        is_given=refund["status"] in {"succeeded", "pending"},
        is_over=refund["status"] in {"failed", "canceled"},
        cents=int(refund["amount"]),
        currency=str(refund["currency"]).upper(),
        payment_ref=_ref(refund.get("payment_intent")),
        metadata=_words(refund.get("metadata")),
        is_pending=refund["status"] == "pending",
    )


def _ref(found: Any) -> str:
    if isinstance(found, Mapping):
        return str(found["id"])
    return str(found or "")


def _words(found: Any) -> dict[str, str]:
    return {str(key): str(value) for key, value in dict(found or {}).items()}
