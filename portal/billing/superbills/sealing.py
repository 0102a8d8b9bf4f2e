"""Diagnoses are sealed, bound to their table, column and row."""

import json
from collections.abc import Sequence
from uuid import UUID

from portal.kit.crypto import KeyRing, open_sealed, seal
from portal.models import ClientDiagnosis

_TABLE, _COLUMN = "client_diagnosis", "codes"


def seal_codes(ring: KeyRing, row_id: UUID, codes: Sequence[str]) -> bytes:
    """Seal the codes of a row."""
    return seal(ring, _TABLE, _COLUMN, row_id, json.dumps(list(codes)))


def codes_of(ring: KeyRing, row: ClientDiagnosis) -> tuple[str, ...]:
    """Open the codes of a row."""
    return tuple(json.loads(open_sealed(ring, _TABLE, _COLUMN, row.id, row.codes)))
