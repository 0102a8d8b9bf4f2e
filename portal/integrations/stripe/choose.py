"""Which processor a practice's keys belong to: Stripe itself, or the sandbox, which moves no money."""

import asyncio
from weakref import WeakKeyDictionary

import httpx
import stripe

from portal.config import Config, Mode
from portal.integrations.cards import CardProcessor
from portal.integrations.stripe.adapter import StripeProcessor

SANDBOX_KEY = "sk_test_sandbox_"
"""Keys of the sandbox begin like this; Stripe gives out none that do."""
_SECONDS = 20

_wire: list[httpx.AsyncBaseTransport] = []
_clients: WeakKeyDictionary[asyncio.AbstractEventLoop, dict[bool, stripe.HTTPXClient]] = WeakKeyDictionary()


class OwnNetworkClient(stripe.HTTPXClient):
    """Reaches the sandbox on this machine, past any proxy that the environment names."""

    def __init__(self, timeout: float) -> None:
        super().__init__(timeout=timeout)
        self._client_async = httpx.AsyncClient(trust_env=False, transport=_wire[-1] if _wire else None)


def use_wire(transport: httpx.AsyncBaseTransport | None) -> None:
    """Reach the sandbox through this transport instead of the network; None: through the network again. For tests."""
    _wire[:] = [transport] if transport is not None else []
    _clients.clear()


def is_sandbox(secret_key: str) -> bool:
    """Say whether a key is one of the sandbox's."""
    return secret_key.startswith(SANDBOX_KEY)


def sandbox_works(config: Config) -> bool:
    """Say whether there is a sandbox here: never where real people are."""
    return config.mode is not Mode.PRODUCTION


def processor_for(config: Config, secret_key: str) -> CardProcessor:
    """Return the processor that a key opens. Raises ValueError for a key of the sandbox where there is none."""
    if not is_sandbox(secret_key):
        return StripeProcessor(secret_key, _client(is_own=False))
    if not sandbox_works(config):
        raise ValueError("The sandbox works in the demo and in tests only.")
    return StripeProcessor(secret_key, _client(is_own=True), sandbox_address(config))


def sandbox_address(config: Config) -> str:
    """Return where the sandbox answers: where the configuration says, else in the portal itself."""
    host = f"[{config.host}]" if ":" in config.host else config.host
    return config.sandbox_url.rstrip("/") or f"http://{host}:{config.port}/sandbox"


def _client(*, is_own: bool) -> stripe.HTTPXClient:
    """Keep the connections of one event loop open between two calls."""
    kept = _clients.setdefault(asyncio.get_running_loop(), {})
    if is_own not in kept:
        kept[is_own] = OwnNetworkClient(_SECONDS) if is_own else stripe.HTTPXClient(timeout=_SECONDS)
    return kept[is_own]
