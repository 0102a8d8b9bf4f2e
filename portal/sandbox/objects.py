"""The objects of the sandbox, as Stripe describes them, and what happens to them."""

from typing import Any

from portal.sandbox.store import Store, Thing, shown

CARDS: dict[str, tuple[str, str, str]] = {
    "works": ("visa", "4242", "This card works"),
    "asks": ("visa", "3220", "This card asks its owner first (3-D Secure)"),
    "declined": ("mastercard", "0002", "This card is declined"),
}
"""The test cards, by what they do: brand, last four digits, and what the page says."""


class Refused(Exception):
    """The sandbox says no, as Stripe would."""

    def __init__(self, status: int, kind: str, code: str, intent: Thing | None = None) -> None:
        super().__init__(code)
        self.status, self.kind, self.code, self.intent = status, kind, code, intent

    def answer(self) -> Thing:
        """Return the body of the refusal."""
        error: Thing = {"type": self.kind, "code": self.code, "message": f"The sandbox says: {self.code}."}
        if self.intent is not None:
            error["payment_intent"] = shown(self.intent)
        return {"error": error}


def need(store: Store, account: str, ref: Any) -> Thing:
    """Return an object, or refuse as for one that does not exist."""
    found = store.find(account, str(ref))
    if found is None:
        raise Refused(404, "invalid_request_error", "resource_missing")
    return found


def add_customer(store: Store, account: str, asked: Thing) -> Thing:
    """Make a customer."""
    return store.add("cus", account, {"object": "customer", "metadata": asked.get("metadata", {})})


def add_method(store: Store, account: str, behaviour: str, customer: str | None) -> Thing:
    """Make a card that behaves in a given way."""
    brand, last4, _ = CARDS[behaviour]
    card = {
        "brand": brand,
        "last4": last4,
        "exp_month": 12,
        "exp_year": 2034,
        "country": "US",
        "funding": "credit",
        "fingerprint": f"print{last4}",
    }
    nobody = {"address": None, "email": None, "name": None, "phone": None, "tax_id": None}
    method = {"object": "payment_method", "type": "card", "card": card, "billing_details": nobody, "metadata": {}}
    return store.add("pm", account, {**method, "customer": customer, "_behaviour": behaviour})


def add_intent(store: Store, account: str, asked: Thing) -> Thing:
    """Make a payment that nobody has confirmed yet."""
    intent = {
        "object": "payment_intent",
        "amount": int(asked["amount"]),
        "amount_received": 0,
        "amount_capturable": 0,
        "currency": asked["currency"],
        "customer": asked.get("customer"),
        "description": asked.get("description"),
        "metadata": asked.get("metadata", {}),
        "payment_method": asked.get("payment_method"),
        "payment_method_types": ["card"],
        "capture_method": "automatic",
        "confirmation_method": "automatic",
        "setup_future_usage": asked.get("setup_future_usage"),
        "status": "requires_payment_method",
    }
    return store.add("pi", account, intent)


def confirm(store: Store, account: str, intent: Thing, method: Thing, *, owner_is_here: bool) -> None:
    """Try to take the money; raises Refused where the card is declined, or asks for its owner."""
    behaviour = method["_behaviour"]
    intent["payment_method"] = method["id"]
    if behaviour == "declined":
        intent.update(status="requires_payment_method", payment_method=None)
        store.note_event(account, "payment_intent.payment_failed", intent)
        raise Refused(402, "card_error", "card_declined", intent)
    if behaviour == "asks" and not owner_is_here:
        intent.update(status="requires_payment_method", payment_method=None)
        store.note_event(account, "payment_intent.payment_failed", intent)
        raise Refused(402, "card_error", "authentication_required", intent)
    take_money(store, account, intent)


def take_money(store: Store, account: str, intent: Thing) -> None:
    """Note a payment as done."""
    intent.update(status="succeeded", amount_received=intent["amount"])
    store.calls.append(f"money:{intent['id']}")
    if intent.get("setup_future_usage") and intent["customer"]:
        store.things[intent["payment_method"]]["customer"] = intent["customer"]
    store.note_event(account, "payment_intent.succeeded", intent)


def add_session(store: Store, account: str, asked: Thing, address: str) -> Thing:
    """Make a Checkout page, with the intent behind it."""
    is_payment = asked["mode"] == "payment"
    items = asked.get("line_items", [])
    total = (
        sum(int(item["price_data"]["unit_amount"]) * int(item["quantity"]) for item in items) if is_payment else None
    )
    currency = items[0]["price_data"]["currency"] if is_payment else asked.get("currency")
    session = {
        "object": "checkout.session",
        "mode": asked["mode"],
        "status": "open",
        "payment_status": "unpaid" if is_payment else "no_payment_required",
        "amount_total": total,
        "amount_subtotal": total,
        "currency": currency,
        "customer": asked.get("customer"),
        "client_reference_id": asked.get("client_reference_id"),
        "metadata": asked.get("metadata", {}),
        "success_url": asked["success_url"],
        "cancel_url": asked.get("cancel_url"),
        "expires_at": int(asked["expires_at"]),
        "payment_method_types": ["card"],
        "payment_intent": None,
        "setup_intent": None,
        "ui_mode": "hosted_page",
        "automatic_tax": {"enabled": False, "liability": None, "provider": None, "status": None},
        "custom_fields": [],
        "custom_text": dict.fromkeys(
            ("after_submit", "shipping_address", "submit", "terms_of_service_acceptance"), None
        ),
        "shipping_options": [],
        "_title": items[0]["price_data"]["product_data"]["name"] if is_payment else "",
        "_intent": asked.get("payment_intent_data", {}),
        "_setup": asked.get("setup_intent_data", {}),
    }
    made = store.add("cs_test", account, session)
    made["url"] = f"{address}/checkout/{made['id']}"
    return made


def pay_session(store: Store, account: str, session: Thing, behaviour: str, *, owner_is_here: bool) -> None:
    """Pay on a Checkout page, or save a card there; raises Refused."""
    method = add_method(store, account, behaviour, session["customer"] if session["mode"] == "setup" else None)
    if session["mode"] == "payment":
        intent = store.find(account, session["payment_intent"] or "") or add_intent(
            store,
            account,
            {
                **session["_intent"],
                "amount": session["amount_total"],
                "currency": session["currency"],
                "customer": session["customer"],
            },
        )
        session["payment_intent"] = intent["id"]
        confirm(store, account, intent, method, owner_is_here=owner_is_here)
        session["payment_status"] = "paid"
    else:
        if behaviour == "declined":
            raise Refused(402, "card_error", "card_declined")
        session["setup_intent"] = _add_setup(store, account, session, method)["id"]
    session.update(status="complete", url=None)
    store.note_event(account, "checkout.session.completed", session)


def _add_setup(store: Store, account: str, session: Thing, method: Thing) -> Thing:
    setup = {
        "object": "setup_intent",
        "customer": session["customer"],
        "metadata": session["_setup"].get("metadata", {}),
        "payment_method": method["id"],
        "payment_method_types": ["card"],
        "status": "succeeded",
        "usage": "off_session",
    }
    return store.add("seti", account, setup)


def expire_session(store: Store, account: str, session: Thing) -> None:
    """Close a Checkout page; refuses for one that is not open."""
    if session["status"] != "open":
        raise Refused(400, "invalid_request_error", "resource_not_open")
    session.update(status="expired", url=None)
    if intent := store.find(account, session["payment_intent"] or ""):
        intent["status"] = "canceled"
    store.note_event(account, "checkout.session.expired", session)


def add_refund(store: Store, account: str, asked: Thing) -> Thing:
    """Give money back, at most what came in."""
    intent = need(store, account, asked.get("payment_intent"))
    given = [one for one in store.of_kind(account, "refund") if one["payment_intent"] == intent["id"]]
    before = sum(one["amount"] for one in given if one["status"] not in {"failed", "canceled"})
    cents = int(asked.get("amount", intent["amount"] - before))
    if intent["status"] != "succeeded" or cents <= 0 or before + cents > intent["amount"]:
        raise Refused(400, "invalid_request_error", "charge_already_refunded")
    refund = {
        "object": "refund",
        "amount": cents,
        "currency": intent["currency"],
        "payment_intent": intent["id"],
        "metadata": asked.get("metadata", {}),
        "status": store.switches.refunds,
    }
    made = store.add("re", account, refund)
    store.calls.append(f"back:{made['id']}")
    store.note_event(account, "refund.created", made)
    return made
