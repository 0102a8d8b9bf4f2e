"""The note beside a grant is sealed: what is written there ("sole custody since May") is about somebody's health."""

from uuid import UUID

from portal.kit.crypto import KeyRing, open_sealed, seal
from portal.models import Grant

_TABLE, _COLUMN = "contact_grant", "note"


def seal_note(ring: KeyRing, grant_id: UUID, text: str) -> bytes | None:
    """Return a note as it is stored; nothing for an empty one."""
    return seal(ring, _TABLE, _COLUMN, grant_id, text) if text else None


def open_note(ring: KeyRing, grant: Grant) -> str:
    """Return a grant's note as it was written."""
    return open_sealed(ring, _TABLE, _COLUMN, grant.id, grant.note) if grant.note else ""
