"""What came of an import, in words. Pure."""

from typing import Any

from portal.intake.building import words
from portal.intake.views import ImportReport

_PLACES = 5


def imported(report: ImportReport) -> dict[str, Any]:
    """Return what an import brought in, where it is, and what in it is not acted upon."""
    sentence = words.THERE_ALREADY if report.already_there else words.BROUGHT_IN
    return {
        "summary": sentence.format(title=report.title, items=report.items, pages=report.pages),
        "address": f"/practice/forms/{report.form_id}",
        "told": [{"sentence": part.sentence, "places": _places(part.paths)} for part in report.unsupported],
    }


def _places(paths: tuple[str, ...]) -> str:
    more = len(paths) - _PLACES
    return ", ".join(path for path in paths[:_PLACES] if path) + (f" and {more} more" if more > 0 else "")
