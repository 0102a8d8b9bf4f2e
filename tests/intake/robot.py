"""Fills in a form through the service as a person would: page by page, what is shown, until nothing is missing."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from portal.access.actor import ClientAccess
from portal.intake.views import ItemView, SheetView
from tests.intake.desk import Desk

ANSWERS: dict[str, Any] = {
    "string": [{"valueString": "Words"}],
    "text": [{"valueString": "More words\non two lines"}],
    "boolean": [{"valueBoolean": True}],
    "integer": [{"valueInteger": 5}],
    "decimal": [{"valueDecimal": 1.5}],
    "date": [{"valueDate": "2017-05-23"}],
    "date-time": [{"valueDateTime": "2026-11-24T10:30:00-05:00"}],
    "time": [{"valueTime": "10:30:00"}],
    "quantity": [{"valueQuantity": {"value": 5, "unit": "mg"}}],
    "attachment": [],
    "url": [{"valueUri": "https://example.org"}],
}


def flat(items: list[ItemView]) -> Iterator[ItemView]:
    for item in items:
        yield item
        yield from flat(item.items)


def lines_of(sheet: SheetView) -> list[ItemView]:
    """Everything on the pages, in order."""
    return [item for page in sheet.pages for item in flat(page.items)]


async def fill(desk: Desk, access: ClientAccess, sheet_id: UUID, answers: dict[str, Any]) -> set[str]:
    """Answer every question as it is shown, with the given answers first; returns the paths that were answered."""
    done: set[str] = set()
    while True:
        sheet = await desk.sheet(access, sheet_id)
        hidden = set(sheet.hidden)
        waiting = [
            item
            for item in lines_of(sheet)
            if item.path not in hidden | done and item.kind not in ("group", "display", "note", "fixed")
        ]
        if not waiting:
            return done
        for item in waiting:
            if item.path in hidden:
                continue
            value = answers.get(item.path) or ([item.options[0].value] if item.options else ANSWERS[item.kind])
            saved = await desk.save(access, sheet_id, item.path, value)
            done.add(item.path)
            hidden = (hidden | set(saved.hidden)) - set(saved.shown)
