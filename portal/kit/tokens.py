"""Secrets that travel: opaque random tokens, stored only as their hash."""

import hashlib
import hmac
import secrets


def new_token() -> str:
    """Return 256 random bits as text that is safe in an address or a cookie."""
    return secrets.token_urlsafe(32)


def token_hash(token: str) -> str:
    """Return the SHA-256 of a token in hexadecimal: what the database keeps instead of the token."""
    return hashlib.sha256(token.encode()).hexdigest()


def keyed_hash(key: bytes, *parts: str) -> str:
    """Return an HMAC-SHA-256 over several parts, in hexadecimal; the parts cannot run into each other."""
    return hmac.new(key, "\x1f".join(parts).encode(), hashlib.sha256).hexdigest()
