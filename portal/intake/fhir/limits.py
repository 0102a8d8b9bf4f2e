"""Limits that no answer could keep, and values from the start that do not keep them: named, and left out."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal, InvalidOperation
from typing import Any

from portal.errors import Invalid
from portal.intake.fhir.findings import Finding, Reason
from portal.intake.fhir.form import Item, Kind
from portal.intake.fhir.repeating import MAX_INSTANCES
from portal.intake.rules_answers import check_answer

# As many answers as one question can hold (intake.operations), and as long as one can be (rules_answers).
_MOST_ANSWERS, _LONGEST = 200, 4_000


def within_reason(item: Item, findings: list[Finding]) -> Item:
    """Return an item without limits that exclude each other, and without a value from the start that breaks one."""
    for name, without in _impossible(item):
        findings.append(Finding(Reason.LIMITS, name, item.path))
        item = replace(item, **without)
    if item.required and item.kind.is_question and item.is_concealed and not item.is_read_only:
        findings.append(Finding(Reason.CONCEALED, "", item.path))
    return _with_fitting_start(item, findings)


def _impossible(item: Item) -> Iterator[tuple[str, dict[str, Any]]]:
    most = item.most or (MAX_INSTANCES if item.is_repeating_group else _MOST_ANSWERS)
    if item.fewest > (most if item.repeats else 1):
        yield "minOccurs", {"fewest": 0}
    if item.min_length > (min(item.max_length, _LONGEST) if item.max_length else _LONGEST):
        yield "minLength", {"min_length": 0}
    if item.minimum and item.maximum and not _in_order(item.minimum, item.maximum):
        yield "minValue, maxValue", {"minimum": "", "maximum": ""}


def _in_order(low: str, high: str) -> bool:
    """Whether a smallest value is not above the greatest: numbers as numbers, days and times as they are written."""
    try:
        return Decimal(low) <= Decimal(high)
    except InvalidOperation:
        return low <= high


def _with_fitting_start(item: Item, findings: list[Finding]) -> Item:
    """What stands in a question from the start goes into the answers as if it had been given: so it must be one."""
    if not item.initial or item.kind in (Kind.REFERENCE, Kind.CHOICE):
        return item
    try:
        kept = check_answer(replace(item, is_read_only=False, is_concealed=False), item.initial)
    except Invalid:
        kept = []
    if not kept:
        findings.append(Finding(Reason.INITIAL, "", item.path))
    return replace(item, initial=tuple(kept))
