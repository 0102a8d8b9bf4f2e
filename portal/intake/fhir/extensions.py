"""The extensions of the standard that are acted upon, and how the others are named in an import report."""

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from portal.intake.fhir.own import CRISIS, SIGNATURES

_HL7 = "http://hl7.org/fhir/StructureDefinition/"
ITEM_CONTROL = _HL7 + "questionnaire-itemControl"
HIDDEN = _HL7 + "questionnaire-hidden"
MIN_VALUE = _HL7 + "minValue"
MAX_VALUE = _HL7 + "maxValue"
ENTRY_FORMAT = _HL7 + "entryFormat"
UNIT = _HL7 + "questionnaire-unit"
UNIT_OPTION = _HL7 + "questionnaire-unitOption"
UNIT_VALUE_SET = _HL7 + "questionnaire-unitValueSet"
MIN_LENGTH = _HL7 + "minLength"
PATTERN = _HL7 + "regex"
MIN_OCCURS = _HL7 + "questionnaire-minOccurs"
MAX_OCCURS = _HL7 + "questionnaire-maxOccurs"
POINTS = (
    _HL7 + "ordinalValue",
    _HL7 + "questionnaire-ordinalValue",
    _HL7 + "itemWeight",
)
# Our own: {name, band: {low, high, label}…} on a form or a group that has a score. FHIR R4 has no word for it.
SCORE = "urn:portico:score"
# Kept on export; nothing on screen depends on them.
_HARMLESS = frozenset(
    {
        _HL7 + "questionnaire-choiceOrientation",
        _HL7 + "questionnaire-displayCategory",
        "http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-shortText",
    }
)
_ACTED_UPON = frozenset(
    {
        *(ITEM_CONTROL, HIDDEN, MIN_VALUE, MAX_VALUE, ENTRY_FORMAT, UNIT, UNIT_OPTION, UNIT_VALUE_SET),
        *(MIN_LENGTH, PATTERN, MIN_OCCURS, MAX_OCCURS, *POINTS, SCORE, CRISIS, SIGNATURES),
    }
)
# Our own: only Yes is an answer. FHIR has no word for it.
MUST_BE_TRUE = "urn:portico:permissible-value"
# Two extensions of a widespread open-source intake form, known by the end of their address.
_MUST_BE_TRUE = (MUST_BE_TRUE, "/permissible-value")
_SECOND_LINE = "/information-text-secondary"
_EXPRESSIONS = ("expression", "/variable", "-constraint", "cqf-library", "launchcontext")
_CONTROLS = {
    "radio-button": "radio",
    "check-box": "checkbox",
    "drop-down": "select",
    "autocomplete": "select",
    "lookup": "select",
}
# Besides those of _CONTROLS: help under a question, and looks that everything has here anyway.
CONTROLS_ACTED_UPON = frozenset({*_CONTROLS, "help", "page", "list", "text-box"})


def extensions_of(part: dict[str, Any], field: str = "extension") -> Iterator[tuple[str, dict[str, Any]]]:
    """Return the extensions of a piece of JSON with their addresses, passing over what is not one."""
    found = part.get(field)
    for extension in found if isinstance(found, list) else []:
        if isinstance(extension, dict) and isinstance(extension.get("url"), str):
            yield extension["url"], extension


def find_extension(part: dict[str, Any], url: str) -> dict[str, Any] | None:
    """Return the first extension with an address."""
    return next((extension for found, extension in extensions_of(part) if found == url), None)


def is_known(url: str) -> bool:
    """Whether an extension is acted upon, or changes nothing when it is not."""
    return url in _ACTED_UPON or url in _HARMLESS or url.endswith((*_MUST_BE_TRUE, _SECOND_LINE))


def is_expression(url: str) -> bool:
    """Whether an extension holds something to be computed (FHIRPath, CQL)."""
    return any(mark in url.lower() for mark in _EXPRESSIONS)


def control_codes(part: dict[str, Any]) -> set[str]:
    """Return the codes by which an item says what it should look like."""
    extension = find_extension(part, ITEM_CONTROL) or {}
    concept = extension.get("valueCodeableConcept")
    codings = concept.get("coding") if isinstance(concept, dict) else None
    return {str(coding.get("code")) for coding in codings or [] if isinstance(coding, dict)}


def control_of(part: dict[str, Any]) -> str:
    """Return "radio", "checkbox" or "select" when the item asks for one, "" otherwise."""
    return next((_CONTROLS[code] for code in sorted(control_codes(part)) if code in _CONTROLS), "")


def is_hidden(part: dict[str, Any]) -> bool:
    """Whether an item is never to be shown."""
    return (find_extension(part, HIDDEN) or {}).get("valueBoolean") is True


def must_be_true(part: dict[str, Any]) -> bool:
    """Whether only Yes is an answer."""
    return any(
        url.endswith(_MUST_BE_TRUE) and extension.get("valueBoolean") is True for url, extension in extensions_of(part)
    )


def help_of(part: dict[str, Any]) -> str:
    """Return the line under a question, as far as extensions give one."""
    for url, extension in extensions_of(part):
        if (url == ENTRY_FORMAT or url.endswith(_SECOND_LINE)) and isinstance(extension.get("valueString"), str):
            return str(extension["valueString"])
    return ""


def unit_of(part: dict[str, Any]) -> str:
    """Return the unit that a number is asked in."""
    coding = (find_extension(part, UNIT) or {}).get("valueCoding")
    if not isinstance(coding, dict):
        return ""
    return str(coding.get("display") or coding.get("code") or "")


def limit_of(part: dict[str, Any], url: str) -> str:
    """Return a smallest or greatest value as text: a number, a day, a time."""
    extension = find_extension(part, url) or {}
    for name in ("valueInteger", "valueDecimal", "valueDate", "valueDateTime", "valueTime"):
        if name in extension and not isinstance(extension[name], bool):
            return str(extension[name])
    quantity = extension.get("valueQuantity")
    found = quantity.get("value") if isinstance(quantity, dict) else None
    return str(found) if isinstance(found, int | float) and not isinstance(found, bool) else ""


def count_of(part: dict[str, Any], url: str) -> int:
    """Return a whole number that is not negative, 0 for none: how long, or how many."""
    found = (find_extension(part, url) or {}).get("valueInteger")
    return found if type(found) is int and 0 <= found < 100_000 else 0


def points_of(part: dict[str, Any]) -> Decimal | None:
    """Return what an option adds to a score."""
    for url, extension in extensions_of(part):
        found = extension.get("valueDecimal", extension.get("valueInteger"))
        if url in POINTS and isinstance(found, int | float) and not isinstance(found, bool) and abs(found) < 1e6:
            return Decimal(str(found))
    return None


def pattern_of(part: dict[str, Any]) -> str:
    """Return the regular expression that a text has to match, as the file has it."""
    found = (find_extension(part, PATTERN) or {}).get("valueString")
    return found if isinstance(found, str) else ""


def is_simple_pattern(pattern: str) -> bool:
    """Whether an expression means the same to Python and to a browser, and cannot keep either busy.

    No groups, so nothing repeats what repeats; at most three parts of any length.
    """
    unbounded = pattern.count("*") + pattern.count("+") + pattern.count(",}")
    if len(pattern) > 100 or unbounded > 3 or not _SIMPLE.fullmatch(pattern):
        return False
    try:
        re.compile(pattern)
    except re.error:
        return False
    return True


_SIMPLE = re.compile(r"(?:[\w\s@#%&/:;,.'\"!~=<>^$*+?{}\[\]-]|\\[dDwWsS.+*?^$@/\[\]{}()|\\-])*")
