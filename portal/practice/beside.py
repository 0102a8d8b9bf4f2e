"""Refusals of single fields: the sentence goes beside the field, and all of them above the form."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from portal.clients.rules import InvalidFields
from portal.clients.views import Lookalike


@asynccontextmanager
async def beside_fields(page: Any, form: str) -> AsyncIterator[None]:
    """Show what InvalidFields says beside the fields of a form: in `page.problems`, by the field's id on the page.

    It goes around the unit of work, which is rolled back before anything is shown:

        async with beside_fields(self, "add"), unit() as (work, access):
            …
    """
    try:
        yield
    except InvalidFields as wrong:
        page.problems = {f"{form}-{name}": sentence for name, sentence in wrong.fields.items()}
        page._say(wrong.sentence, "problem")  # noqa: SLF001 - without the underscore anybody could call it


def ids_of(people: list[Lookalike]) -> str:
    """Return the ids of lookalikes as a form sends them back."""
    return " ".join(person.id for person in people)
