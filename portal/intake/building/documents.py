"""How a document that was edited is written down."""

import json

from portal.errors import Invalid
from portal.intake import words
from portal.intake.building.rules_building import Document
from portal.intake.fhir.reading import MAX_BYTES


def write(document: Document) -> str:
    """Write a document as a person would read it. Raises Invalid when it became too large."""
    text = json.dumps(document, ensure_ascii=False, indent=2) + "\n"
    if len(text.encode()) > MAX_BYTES:
        raise Invalid(words.FILE_TOO_LARGE)
    return text
