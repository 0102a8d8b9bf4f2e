"""The calls that the sandbox answers, with idempotency as Stripe has it, and the bad days that tests ask for."""

import asyncio
import json
import re
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qsl

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from portal.sandbox import objects
from portal.sandbox.objects import Refused, need
from portal.sandbox.reading import expanded, nested
from portal.sandbox.store import Store, Thing, Told

_KEY = re.compile(r"Bearer sk_test_sandbox_([a-z0-9-]{1,40})")
_HANG_SECONDS = 30
Handler = Callable[[Store, str, Thing, str, str], Thing]
"""(store, account, what was asked, id in the path, address of the sandbox) to an object."""


def _account(_store: Store, account: str, _asked: Thing, _ref: str, _at: str) -> Thing:
    return {
        "id": f"acct_sandbox_{account}",
        "object": "account",
        "settings": {
            "dashboard": {"display_name": f"Sandbox of {account}", "timezone": None},
            "branding": {"icon": None, "logo": None, "primary_color": None, "secondary_color": None},
            "card_payments": {
                "statement_descriptor_prefix": None,
                "statement_descriptor_prefix_kana": None,
                "statement_descriptor_prefix_kanji": None,
            },
            "payments": {
                "statement_descriptor": None,
                "statement_descriptor_kana": None,
                "statement_descriptor_kanji": None,
            },
        },
    }


def _find(store: Store, account: str, _asked: Thing, ref: str, _at: str) -> Thing:
    return need(store, account, ref)


def _customer(store: Store, account: str, asked: Thing, _ref: str, _at: str) -> Thing:
    return objects.add_customer(store, account, asked)


def _session(store: Store, account: str, asked: Thing, _ref: str, at: str) -> Thing:
    need(store, account, asked.get("customer"))
    return objects.add_session(store, account, asked, at)


def _expire(store: Store, account: str, _asked: Thing, ref: str, _at: str) -> Thing:
    session = need(store, account, ref)
    objects.expire_session(store, account, session)
    return session


def _intent(store: Store, account: str, asked: Thing, _ref: str, _at: str) -> Thing:
    method = need(store, account, asked.get("payment_method"))
    if method["customer"] != asked.get("customer"):
        raise Refused(400, "invalid_request_error", "payment_method_customer_mismatch")
    intent = objects.add_intent(store, account, asked)
    objects.confirm(store, account, intent, method, owner_is_here=False)
    return intent


def _cancel(store: Store, account: str, _asked: Thing, ref: str, _at: str) -> Thing:
    intent = need(store, account, ref)
    if intent["status"] in {"succeeded", "canceled"}:
        raise Refused(400, "invalid_request_error", "payment_intent_unexpected_state", intent)
    intent["status"] = "canceled"
    return intent


def _detach(store: Store, account: str, _asked: Thing, ref: str, _at: str) -> Thing:
    method = need(store, account, ref)
    method["customer"] = None
    return method


def _refund(store: Store, account: str, asked: Thing, _ref: str, _at: str) -> Thing:
    return objects.add_refund(store, account, asked)


def _list(kind: str, path: str) -> Handler:
    def listed(store: Store, account: str, asked: Thing, _ref: str, _at: str) -> Thing:
        names = [name for name in ("customer", "payment_intent") if name in asked]
        since = int(asked.get("created", {}).get("gte", 0))
        found = [
            one
            for one in store.of_kind(account, kind)
            if one["created"] >= since and all(one.get(name) == asked[name] for name in names)
        ]
        wanted = [part.removeprefix("data.") for part in asked.get("expand", [])]
        data = [expanded(store, one, wanted) for one in found[:100]]
        return {"object": "list", "data": data, "has_more": False, "url": path}

    return listed


ROUTES: tuple[tuple[str, str, Handler], ...] = (
    ("GET", r"/v1/account", _account),
    ("POST", r"/v1/customers", _customer),
    ("POST", r"/v1/checkout/sessions", _session),
    ("GET", r"/v1/checkout/sessions", _list("checkout.session", "/v1/checkout/sessions")),
    ("GET", r"/v1/checkout/sessions/(\w+)", _find),
    ("POST", r"/v1/checkout/sessions/(\w+)/expire", _expire),
    ("POST", r"/v1/payment_intents", _intent),
    ("GET", r"/v1/payment_intents", _list("payment_intent", "/v1/payment_intents")),
    ("GET", r"/v1/payment_intents/(\w+)", _find),
    ("POST", r"/v1/payment_intents/(\w+)/cancel", _cancel),
    ("POST", r"/v1/payment_methods/(\w+)/detach", _detach),
    ("POST", r"/v1/refunds", _refund),
    ("GET", r"/v1/refunds", _list("refund", "/v1/refunds")),
    ("GET", r"/v1/refunds/(\w+)", _find),
)


async def answer_call(store: Store, request: Request, address: str) -> Response:
    """Answer one call as Stripe would; the same answer for the same idempotency key."""
    known = _KEY.fullmatch(request.headers.get("authorization", ""))
    if known is None:
        return _json(
            401, {"error": {"type": "invalid_request_error", "message": "The sandbox does not know this key."}}
        )
    body = (await request.body()).decode()
    asked = body if request.method == "POST" else request.url.query
    path = "/v1/" + request.path_params["path"]
    key = f"{known[1]}:{request.headers.get('idempotency-key', '')}"
    if before := _said_before(store, key, path + asked):
        return before
    mood = store.switches.answers.pop(0) if request.method == "POST" and store.switches.answers else "ok"
    if mood in {"500", "429", "409"}:
        return _json(int(mood), {"error": {"type": "api_error", "message": "The sandbox has a bad day."}})
    if mood == "hang_before":
        await _hang(store, key)
    status, answer = _answer(store, known[1], request.method, path, nested(parse_qsl(asked)), address)
    if mood == "500_after":
        status, answer = 500, {"error": {"type": "api_error", "message": "The sandbox has a bad day."}}
    if not key.endswith(":"):
        store.answers[key] = Told(path + asked, status, answer)
    store.save()
    if mood == "hang_after":
        await asyncio.sleep(_HANG_SECONDS)
    return _json(status, answer)


def _said_before(store: Store, key: str, asked: str) -> Response | None:
    """Answer what was asked before under the same idempotency key, or is being thought about."""
    if key.endswith(":"):
        return None
    if key in store.busy:
        return _json(409, {"error": {"type": "idempotency_error", "message": "This key is in use at this moment."}})
    told = store.answers.get(key)
    if told is None:
        return None
    return _json(told.status, told.answer) if told.asked == asked else _json(400, _again())


async def _hang(store: Store, key: str) -> None:
    """Think about it for long; whoever asks the same meanwhile is told that it is being thought about."""
    store.busy.add(key)
    try:
        await asyncio.sleep(_HANG_SECONDS)
    finally:
        store.busy.discard(key)


def _answer(store: Store, account: str, method: str, path: str, asked: Thing, address: str) -> tuple[int, Thing]:
    store.calls.append(f"{method} {path}")
    for verb, pattern, handler in ROUTES:
        if verb == method and (found := re.fullmatch(pattern, path)):
            try:
                thing = handler(store, account, asked, found[1] if found.groups() else "", address)
            except Refused as refused:
                return refused.status, refused.answer()
            return 200, thing if thing["object"] == "list" else expanded(store, thing, asked.get("expand", []))
    return 404, {"error": {"type": "invalid_request_error", "message": "The sandbox does not know this call."}}


def _again() -> Thing:
    return {"error": {"type": "idempotency_error", "message": "This key was used for something else."}}


def _json(status: int, answer: Any) -> Response:
    return JSONResponse(json.loads(json.dumps(answer)), status)
