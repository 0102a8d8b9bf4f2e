"""The kinds of items that the builder offers, each with the FHIR type and the extensions that make it."""

from typing import Any

from portal.errors import Invalid
from portal.intake.building import words
from portal.intake.fhir.extensions import ITEM_CONTROL, MUST_BE_TRUE, must_be_true

FHIR_TYPES = {
    "section": "group",
    "information": "display",
    "line": "string",
    "paragraph": "text",
    "yes_no": "boolean",
    "agree": "boolean",
    "one": "choice",
    "several": "choice",
    "one_or_other": "open-choice",
    "whole_number": "integer",
    "number": "decimal",
    "amount": "quantity",
    "date": "date",
    "date_time": "dateTime",
    "time": "time",
    "link": "url",
    "file": "attachment",
}
CHOICES = frozenset({"one", "several", "one_or_other"})
NO_QUESTIONS = frozenset({"section", "information"})
_CONTROL_SYSTEM = "http://hl7.org/fhir/questionnaire-item-control"
# What belongs to some kinds only: it goes when an item becomes another kind that has no use for it.
_ONLY_FOR = {
    "answerOption": CHOICES,
    "answerValueSet": CHOICES,
    "maxLength": frozenset({"line", "paragraph", "link"}),
    "required": frozenset(FHIR_TYPES) - NO_QUESTIONS,
    "initial": frozenset(),
}


def kind_of(item: dict[str, Any]) -> str:
    """Return as what the builder shows an item; "" for a type that it does not offer."""
    found = item.get("type")
    if found == "boolean":
        return "agree" if must_be_true(item) else "yes_no"
    if found in ("choice", "coding"):
        return "several" if item.get("repeats") is True else "one"
    return next((kind for kind, name in FHIR_TYPES.items() if name == found), "")


def new_item(kind: str, path: str) -> dict[str, Any]:
    """Return an item of a kind as it begins."""
    item: dict[str, Any] = {"linkId": path, "text": "", "type": _fhir_type(kind)}
    become(item, kind)
    if kind == "section":
        item["item"] = []
    return item


def become(item: dict[str, Any], kind: str) -> None:
    """Make an item another kind, in place; what the new kind has no use for goes."""
    item["type"] = _fhir_type(kind)
    for name, kinds in _ONLY_FOR.items():
        if kind not in kinds:
            item.pop(name, None)
    item.pop("repeats", None)
    drop_extensions(item, MUST_BE_TRUE)
    if kind == "several":
        item["repeats"] = True
    if kind == "agree":
        item["required"] = True
        put_extension(item, MUST_BE_TRUE, {"valueBoolean": True})
        put_extension(item, ITEM_CONTROL, _control("check-box"))
    else:
        drop_extensions(item, ITEM_CONTROL)
    if kind in CHOICES and not item.get("answerValueSet"):
        item.setdefault("answerOption", [{"valueCoding": {"display": label}} for label in words.FIRST_OPTIONS])


def put_extension(part: dict[str, Any], url: str, content: dict[str, Any]) -> None:
    """Let a part have one extension with this address, in the place of the first it had."""
    kept = _extensions(part)
    places = [place for place, each in enumerate(kept) if _is(each, url)]
    made = {"url": url, **content}
    if places:
        kept[places[0]] = made
        part["extension"] = [each for place, each in enumerate(kept) if place not in places[1:]]
    else:
        part["extension"] = [*kept, made]


def drop_extensions(part: dict[str, Any], url: str) -> None:
    """Take all extensions with this address away."""
    if "extension" not in part:
        return
    kept = [each for each in _extensions(part) if not _is(each, url)]
    if kept:
        part["extension"] = kept
    else:
        del part["extension"]


def _fhir_type(kind: str) -> str:
    if kind not in FHIR_TYPES:
        raise Invalid(words.UNKNOWN_KIND)
    return FHIR_TYPES[kind]


def _extensions(part: dict[str, Any]) -> list[Any]:
    found = part.get("extension")
    return list(found) if isinstance(found, list) else []


def _is(extension: object, url: str) -> bool:
    return isinstance(extension, dict) and extension.get("url") == url


def _control(code: str) -> dict[str, Any]:
    return {"valueCodeableConcept": {"coding": [{"system": _CONTROL_SYSTEM, "code": code}]}}
