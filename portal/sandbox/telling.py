"""Telling the portal what happened: signed as Stripe signs, once, twice, late, in another order, or not at all."""

import asyncio
import hashlib
import hmac
import json

import httpx
import structlog

from portal.sandbox.store import Store, Thing, shown

_LATE_SECONDS = 3.0
_TRIES = 5
_log = structlog.get_logger(__name__)


def signing_secret(account: str) -> str:
    """Return the secret with which the events of an account are signed."""
    return "whsec_" + hashlib.sha256(f"sandbox {account}".encode()).hexdigest()[:32]


def signature(secret: str, body: str, at: int) -> str:
    """Return the header `Stripe-Signature`."""
    signed = hmac.new(secret.encode(), f"{at}.{body}".encode(), hashlib.sha256).hexdigest()
    return f"t={at},v1={signed}"


async def tell(store: Store, portal: str) -> None:
    """Tell what has happened since the last time, as the switches say; without a portal to tell, it is kept."""
    if not portal:
        return
    events, store.events = store.events, []
    hooks = store.switches.hooks
    if hooks == "lost":
        return
    if hooks == "late":
        await asyncio.sleep(_LATE_SECONDS)
    for event in reversed(events) if hooks == "reordered" else events:
        for _ in range(2 if hooks == "twice" else 1):
            await _send(store, portal, event)


async def _send(store: Store, portal: str, event: Thing) -> None:
    account = event["_account"]
    body = json.dumps(shown(event))
    async with httpx.AsyncClient(trust_env=False, timeout=10) as client:
        for attempt in range(_TRIES):
            signed = signature(signing_secret(account), body, store.now())
            headers = {"Stripe-Signature": signed, "Content-Type": "application/json"}
            try:
                answer = await client.post(f"{portal}/hooks/stripe/{account}", content=body, headers=headers)
                if answer.is_success:
                    return
            except httpx.HTTPError:
                _log.info("the portal did not answer the sandbox")
            await asyncio.sleep(attempt)
