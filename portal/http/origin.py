"""Where a request came from: the Origin of every POST, and the network address behind our proxies."""

from collections.abc import Sequence
from ipaddress import IPv6Address, ip_address
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.requests import HTTPConnection

from portal.config import Config, Mode


def allowed_origins(config: Config) -> tuple[str, ...]:
    """The origins that may post to us: the public one; at home, where none is set, every name of this machine."""
    if config.base_url or config.mode is Mode.PRODUCTION:
        parts = urlsplit(config.origin)
        return (f"{parts.scheme}://{parts.netloc}".lower(),)
    return tuple(f"http://{name}:{config.port}" for name in ("localhost", "127.0.0.1", "[::1]"))


def is_own_origin(headers: Headers, config: Config) -> bool:
    """Say whether a request that changes something comes from one of our own pages.

    Browsers send Origin with every POST. Without it only their own word that it is the same origin counts.
    """
    origins = headers.getlist("origin")
    if not origins:
        return headers.get("sec-fetch-site") == "same-origin"
    return len(origins) == 1 and origins[0].lower() in allowed_origins(config)


def client_address(connection: HTTPConnection, config: Config) -> str:
    """Return the address that tries are counted by; of an IPv6 address its network, for one home has many.

    X-Forwarded-For is believed only as far as there are proxies of ours: each adds one address at the end, so what a
    stranger writes in front does not count.
    """
    peer = connection.client.host if connection.client else ""
    return _network(behind_proxies(peer, connection.headers.getlist("x-forwarded-for"), config.trusted_proxy_hops))


def behind_proxies(peer: str, forwarded: Sequence[str], hops: int) -> str:
    """Return the address that stands `hops` from the end of the chain, or the last that is there."""
    chain = [part.strip() for line in forwarded for part in line.split(",") if part.strip()]
    seen = [*chain, peer]
    return seen[max(0, len(seen) - 1 - hops)] if hops else peer


def _network(text: str) -> str:
    try:
        address = ip_address(text.strip("[]").split("%")[0])
    except ValueError:
        return text[:64]
    if isinstance(address, IPv6Address):
        mapped = address.ipv4_mapped
        return str(mapped) if mapped else str(IPv6Address(int(address) >> 64 << 64))
    return str(address)
