"""enableWhen: what each line refers to, what is missing, and what goes round in circles."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from graphlib import CycleError, TopologicalSorter
from itertools import pairwise
from typing import Any

from portal.intake.fhir.findings import Finding, Reason
from portal.intake.fhir.flatten import Node
from portal.intake.fhir.form import STATUS, Condition, Operator

MAX_CONDITIONS = 100
_COMPARABLE = ("Boolean", "Decimal", "Integer", "Date", "DateTime", "Time", "String", "Coding", "Quantity", "Reference")


def read_conditions(
    node: Node, places: Mapping[str, int], findings: list[Finding]
) -> tuple[tuple[Condition, ...], bool]:
    """Return an item's conditions and whether all of them must hold.

    A line that cannot be understood never hides a question: with "all" it is left out, with "any" it counts as true.
    """
    listed = node.source.get("enableWhen")
    listed = listed if isinstance(listed, list) else []
    lines = listed[:MAX_CONDITIONS]
    findings += [Finding(Reason.CONDITION, _name(line), node.path) for line in listed[MAX_CONDITIONS:]]
    needs_all = node.source.get("enableBehavior") == "all"
    if len(lines) > 1 and node.source.get("enableBehavior") not in ("all", "any"):
        findings.append(Finding(Reason.BEHAVIOR, "", node.path))
    found = [_condition(line, node.path, places, findings) for line in lines]
    if None in found and not needs_all:
        return (), needs_all
    return tuple(condition for condition in found if condition), needs_all


def _condition(line: object, path: str, places: Mapping[str, int], findings: list[Finding]) -> Condition | None:
    if not isinstance(line, dict) or line.get("operator") not in list(Operator):
        findings.append(Finding(Reason.CONDITION, _name(line), path))
        return None
    answer = _answer(line)
    if answer is None:
        findings.append(Finding(Reason.CONDITION, _name(line), path))
        return None
    question = _resolve(line.get("question"), path, places, findings)
    return Condition(question, Operator(line["operator"]), answer)


def _name(line: object) -> str:
    return str(line.get("operator") or "")[:40] if isinstance(line, dict) else ""


def _answer(line: dict[str, Any]) -> dict[str, Any] | None:
    """Return what a condition compares with, as an answer value; None for a type that is not compared here."""
    for kind in _COMPARABLE:
        content = line.get(f"answer{kind}")
        if content is not None:
            return {f"value{kind}": content}
    return None


def _resolve(question: object, path: str, places: Mapping[str, int], findings: list[Finding]) -> str:
    """Find the question a condition looks at: by its linkId, or (profile) by the last part of a dotted name."""
    name = question if isinstance(question, str) else ""
    if name in places:
        return name
    if name == STATUS:
        findings.append(Finding(Reason.STATUS, STATUS, path))
        return STATUS
    last = name.rpartition(".")[2]
    if last in places:
        findings.append(Finding(Reason.DOTTED, name, path))
        return last
    findings.append(Finding(Reason.MISSING, name, path))
    return ""


def in_order(
    parents: Sequence[int],
    conditions: list[tuple[Condition, ...]],
    places: Mapping[str, int],
    on_circle: Mapping[int, str],
    findings: list[Finding],
) -> tuple[int, ...]:
    """Return the places of all items such that each comes after what it depends on.

    Where conditions go round in circles, those of the circle are marked (in `conditions`) to look at answers only, and
    named; `on_circle` gives the linkIds for that.
    """
    while True:
        sorter = TopologicalSorter({place: set(_needs(place, parents, conditions, places)) for place in on_circle})
        try:
            return tuple(sorter.static_order())
        except CycleError as error:
            _open_circle(error.args[1], conditions, places, on_circle, findings)


def _needs(
    place: int, parents: Sequence[int], conditions: list[tuple[Condition, ...]], places: Mapping[str, int]
) -> Iterator[int]:
    if parents[place] >= 0:
        yield parents[place]
    for condition in conditions[place]:
        if condition.question in places and not condition.is_circular:
            yield places[condition.question]


def _open_circle(
    circle: list[int],
    conditions: list[tuple[Condition, ...]],
    places: Mapping[str, int],
    names: Mapping[int, str],
    findings: list[Finding],
) -> None:
    for before, place in pairwise(circle):
        marked = tuple(
            replace(condition, is_circular=True) if places.get(condition.question) == before else condition
            for condition in conditions[place]
        )
        if marked != conditions[place]:
            findings.append(Finding(Reason.CIRCULAR, names[before], names[place]))
        conditions[place] = marked
