"""How answers, frozen sheets and signatures are sealed: each value bound to its table, column and row."""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from uuid import UUID

from portal.intake.fhir.form import Form, Value
from portal.intake.fhir.known import value_of
from portal.intake.fhir.repeating import expand, numbers_of
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
    """The answers of one sheet by path, opened only when they are looked at.

    `form` is the form with the instances of repeated groups that the sheet has. A question without a stored answer
    holds what the form puts there from the start; a read-only one what is known of the client (`facts`).
    """

    def __init__(
        self, form: Form, ring: KeyRing, rows: Mapping[str, Any], facts: Mapping[str, Any] | None = None
    ) -> None:
        self._template, self._ring, self._rows, self._facts = form, ring, rows, facts or {}
        self._opened: dict[str, Sequence[Value]] = {}
        self._given: set[str] = set()
        self.answered = {path for path, row in rows.items() if not is_empty(row.value)}
        self._begin()

    def _begin(self) -> None:
        """Bring in the instances that there are, and what stands in their questions from the start."""
        self.form = expand(self._template, lambda path: numbers_of(self.get(path, None)))
        for item in self.form.items:
            value = value_of(item, self._facts) if item.fact else item.initial
            if value and item.path not in self._rows and item.path not in self._given:
                self._opened[item.path] = value
                self.answered.add(item.path)

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
        self._given.add(path)
        (self.answered.add if value else self.answered.discard)(path)
        if path in self.form.repetitions:
            self._begin()

    def __iter__(self) -> Iterator[str]:
        return iter(dict.fromkeys((*self._opened, *self._rows)))

    def __len__(self) -> int:
        return len(set(self._opened) | set(self._rows))
