"""How comments and countersignatures are sealed: each value bound to its table, column and row."""

from uuid import UUID

from portal.kit.crypto import KeyRing, open_sealed, seal


def seal_comment(ring: KeyRing, row_id: UUID, text: str) -> bytes:
    """Seal what somebody said about an answer."""
    return seal(ring, "form_comment", "words", row_id, text)


def open_comment(ring: KeyRing, row_id: UUID, sealed: bytes) -> str:
    """Open a comment."""
    return open_sealed(ring, "form_comment", "words", row_id, sealed)


def seal_countersignature(ring: KeyRing, row_id: UUID, column: str, text: str) -> bytes:
    """Seal the name or the capacity of a countersignature."""
    return seal(ring, "form_countersignature", column, row_id, text)


def open_countersignature(ring: KeyRing, row_id: UUID, column: str, sealed: bytes) -> str:
    """Open the name or the capacity of a countersignature."""
    return open_sealed(ring, "form_countersignature", column, row_id, sealed)
