"""Sealing: AES-256-GCM with the place of a value bound into it, so that a ciphertext moved elsewhere does not open.

A sealed value is `version (1 byte) | key id (4 bytes) | nonce (12 bytes) | ciphertext and tag`. The associated data is
`table, column, row id`. Keys are 32 bytes; a ring holds the current one, which seals, and older ones, which only open.
"""

import hashlib
import os
from dataclasses import dataclass
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

_VERSION = b"\x01"
_NONCE = 12
_KEY_ID = 4


class Unsealable(Exception):
    """A sealed value does not open: wrong key, wrong place, or changed bytes."""


@dataclass(frozen=True, slots=True)
class KeyRing:
    """The keys of one installation: the first seals and opens, the rest only open (rotation)."""

    keys: tuple[bytes, ...]

    def __post_init__(self) -> None:
        if not self.keys or any(len(key) != 32 for key in self.keys):
            raise ValueError("A sealing key is 32 bytes.")

    def __repr__(self) -> str:
        return f"KeyRing({len(self.keys)} keys)"

    def derive(self, purpose: str) -> bytes:
        """Return a 32-byte key for another purpose (sessions, tokens), so that no key does two jobs."""
        return HKDF(SHA256(), 32, salt=None, info=f"portico:{purpose}".encode()).derive(self.keys[0])


def new_key() -> bytes:
    """Return 32 random bytes."""
    return os.urandom(32)


def key_id(key: bytes) -> bytes:
    """Return the four bytes by which a sealed value names its key; they reveal nothing of it."""
    return hashlib.sha256(b"portico:key-id:" + key).digest()[:_KEY_ID]


def seal(ring: KeyRing, table: str, column: str, row_id: UUID, text: str) -> bytes:
    """Encrypt text for one column of one row."""
    return seal_bytes(ring, table, column, row_id, text.encode())


def seal_bytes(ring: KeyRing, table: str, column: str, row_id: UUID, content: bytes) -> bytes:
    """Encrypt bytes for one column of one row, or for the file that a row stands for."""
    key = ring.keys[0]
    nonce = os.urandom(_NONCE)
    head = _VERSION + key_id(key) + nonce
    return head + AESGCM(key).encrypt(nonce, content, _place(table, column, row_id))


def open_sealed(ring: KeyRing, table: str, column: str, row_id: UUID, sealed: bytes) -> str:
    """Decrypt what `seal` made for the same table, column and row; raises Unsealable otherwise."""
    try:
        return open_sealed_bytes(ring, table, column, row_id, sealed).decode()
    except UnicodeDecodeError as refused:
        raise Unsealable("This value is no text.") from refused


def open_sealed_bytes(ring: KeyRing, table: str, column: str, row_id: UUID, sealed: bytes) -> bytes:
    """Decrypt what `seal_bytes` made for the same table, column and row; raises Unsealable otherwise."""
    named = sealed[1 : 1 + _KEY_ID]
    key = next((key for key in ring.keys if key_id(key) == named), None)
    if sealed[:1] != _VERSION or key is None:
        raise Unsealable("This value was sealed with a key that is not here.")
    start = 1 + _KEY_ID
    nonce, body = sealed[start : start + _NONCE], sealed[start + _NONCE :]
    try:
        return AESGCM(key).decrypt(nonce, body, _place(table, column, row_id))
    except (InvalidTag, ValueError) as refused:
        raise Unsealable("This value was changed, or belongs elsewhere.") from refused


def _place(table: str, column: str, row_id: UUID) -> bytes:
    return f"{table}\x1f{column}\x1f{row_id}".encode()
