"""How answers, frozen sheets and signatures are sealed: each value bound to its table, column and row."""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from uuid import UUID

from portal.intake.fhir.form import Form, Value
from portal.kit.crypto import KeyRing, open_sealed, seal

_EMPTY = "[]"
_EMPTY_LENGTH = len(seal(KeyRing((bytes(32),)), "", "", UUID(int=0), _EMPTY))


def seal_answer(ring: KeyRing, row_id: UUID, value: Sequence[Value]) -> bytes:
    """Seal one answer for its row."""
    text = json.dumps(list(value), ensure_ascii=False, separators=(",", ":"))
    return seal(ring, "form_answer", "value", row_id, text)


def open_answer(ring: KeyRing, row_id: UUID, sealed: bytes) -> list[Value]:
    """Open one answer."""
    found: list[Value] = json.loads(open_sealed(ring, "form_answer", "value", row_id, sealed))
    return found


def is_empty(sealed: bytes) -> bool:
    """Whether a sealed answer is the empty one: its length alone tells, so that counting needs no key."""
    return len(sealed) <= _EMPTY_LENGTH


def seal_document(ring: KeyRing, row_id: UUID, text: str) -> bytes:
    """Seal a frozen sheet."""
    return seal(ring, "form_response", "document", row_id, text)


def open_document(ring: KeyRing, row_id: UUID, sealed: bytes) -> str:
    """Open a frozen sheet."""
    return open_sealed(ring, "form_response", "document", row_id, sealed)


def seal_signature(ring: KeyRing, row_id: UUID, column: str, text: str) -> bytes:
    """Seal the name or the capacity of a signature."""
    return seal(ring, "form_signature", column, row_id, text)


def open_signature(ring: KeyRing, row_id: UUID, column: str, sealed: bytes) -> str:
    """Open the name or the capacity of a signature."""
    return open_sealed(ring, "form_signature", column, row_id, sealed)


class SheetAnswers(Mapping[str, Sequence[Value]]):
    """The answers of one sheet by path, opened only when they are looked at; `instead` stands before what is stored.

    A question without a stored answer holds what the form puts there from the start.
    """

    def __init__(self, form: Form, ring: KeyRing, rows: Mapping[str, Any]) -> None:
        self._ring = ring
        self._rows = rows
        self._opened: dict[str, Sequence[Value]] = {item.path: item.initial for item in form.items if item.initial}
        for path in rows:
            self._opened.pop(path, None)
        self.answered = set(self._opened) | {path for path, row in rows.items() if not is_empty(row.value)}

    def __getitem__(self, path: str) -> Sequence[Value]:
        found = self._opened.get(path)
        if found is None:
            row = self._rows[path]
            found = self._opened[path] = open_answer(self._ring, row.answer_id, row.value)
        return found

    def get(self, path: str, default: Any = ()) -> Any:
        """Return an answer; `default` when there is none."""
        return self[path] if path in self._opened or path in self._rows else default

    def replace(self, path: str, value: Sequence[Value]) -> None:
        """Let another answer stand in place of the stored one."""
        self._opened[path] = value
        (self.answered.add if value else self.answered.discard)(path)

    def __iter__(self) -> Iterator[str]:
        return iter(dict.fromkeys((*self._opened, *self._rows)))

    def __len__(self) -> int:
        return len(set(self._opened) | set(self._rows))
