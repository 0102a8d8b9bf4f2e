"""Editing that loses nothing: a change counts only where nobody else changed the same field meanwhile. Pure."""

from collections.abc import Mapping

from portal.clients import words
from portal.clients.views import FieldConflict


def changes_of(
    seen: Mapping[str, str], mine: Mapping[str, str], current: Mapping[str, str]
) -> tuple[dict[str, str], list[FieldConflict]]:
    """Return the fields to write, and those where somebody else was there first with another text.

    `seen` stood in the form when it was opened, `mine` is what was typed, `current` is what is stored.
    """
    write, conflicts = {}, []
    for field, text in mine.items():
        if text in (seen[field], current[field]):
            continue
        if current[field] == seen[field]:
            write[field] = text
        else:
            conflicts.append(FieldConflict(field, words.FIELDS[field], seen[field], current[field], text))
    return write, conflicts
