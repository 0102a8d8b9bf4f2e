"""How each FHIR type is asked, and with which values a question begins."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from portal.intake.fhir.findings import Finding, Reason
from portal.intake.fhir.flatten import Node
from portal.intake.fhir.form import Kind, Option, Value
from portal.intake.fhir.options import CHOICES, WITH_OPTIONS, chosen_at_first, is_remote, name_lost_options

_KINDS = {
    "group": Kind.GROUP,
    "display": Kind.DISPLAY,
    "boolean": Kind.BOOLEAN,
    "decimal": Kind.DECIMAL,
    "integer": Kind.INTEGER,
    "date": Kind.DATE,
    "dateTime": Kind.DATE_TIME,
    "time": Kind.TIME,
    "string": Kind.STRING,
    "text": Kind.TEXT,
    "url": Kind.URL,
    "choice": Kind.CHOICE,
    "coding": Kind.CHOICE,
    "open-choice": Kind.CHOICE,
    "attachment": Kind.ATTACHMENT,
    "quantity": Kind.QUANTITY,
    "reference": Kind.REFERENCE,
}
VALUE_KEYS = {
    Kind.STRING: "valueString",
    Kind.TEXT: "valueString",
    Kind.BOOLEAN: "valueBoolean",
    Kind.DATE: "valueDate",
    Kind.INTEGER: "valueInteger",
    Kind.DECIMAL: "valueDecimal",
    Kind.URL: "valueUri",
    Kind.DATE_TIME: "valueDateTime",
    Kind.TIME: "valueTime",
    Kind.QUANTITY: "valueQuantity",
    Kind.ATTACHMENT: "valueAttachment",
    Kind.REFERENCE: "valueReference",
}


def kind_of(
    node: Node, options: tuple[Option, ...], contained: dict[str, dict[str, Any]], findings: list[Finding]
) -> Kind:
    """Return how an item is asked; what differs from what its type says is named."""
    fhir_type = str(node.source["type"])
    name_lost_options(node, options, contained, findings)
    if options and fhir_type in WITH_OPTIONS - CHOICES:
        findings += _differences(node, Kind.CHOICE)
        return Kind.CHOICE
    kind = _KINDS.get(fhir_type, Kind.NOTE)
    if is_remote(node.source, contained):
        findings.append(Finding(Reason.REMOTE_OPTIONS, str(node.source["answerValueSet"])[:200], node.path))
    elif kind is Kind.CHOICE and not options:
        findings.append(Finding(Reason.NO_OPTIONS, "", node.path))
    findings += _differences(node, kind)
    return Kind.STRING if kind is Kind.CHOICE and not options else kind


def is_open_choice(source: dict[str, Any]) -> bool:
    """Whether other words than the options are an answer too (R4 by its type, R5 by a constraint)."""
    return source["type"] == "open-choice" or source.get("answerConstraint") == "optionsOrString"


def _differences(node: Node, kind: Kind) -> Iterator[Finding]:
    """Name what an item asks for that is done otherwise here."""
    if kind is Kind.NOTE:
        yield Finding(Reason.TYPE, str(node.source["type"])[:60], node.path)
    if kind is Kind.REFERENCE:
        yield Finding(Reason.FIXED, "", node.path)
    if node.source.get("repeats") is True and kind.is_question and node.source.get("item"):
        yield Finding(Reason.REPEATS, "", node.path)
    if node.source.get("repeats") is True and kind is Kind.BOOLEAN:
        yield Finding(Reason.ONCE, "", node.path)
    if node.source.get("readOnly") is True and node.source.get("required") is True:
        yield Finding(Reason.READ_ONLY, "", node.path)


def initial_of(
    node: Node, kind: Kind, options: tuple[Option, ...], findings: list[Finding], *, is_open: bool = False
) -> tuple[Value, ...]:
    """Return the values that stand in a question before anybody answers; one that does not fit is named."""
    if kind is Kind.CHOICE:
        wanted = [*_listed(node), *chosen_at_first(node.source)]
        found: list[Value] = [
            option.value for option in options if any(same_choice(option.value, value) for value in wanted)
        ]
        others = [value for value in wanted if not any(same_choice(value, known) for known in found)]
        found += [value for value in others if is_open and _fits(value, Kind.STRING)]
    else:
        wanted = _listed(node)
        found = [value for value in wanted if _fits(value, kind)]
    kept = found if node.source.get("repeats") is True else found[:1]
    if len(kept) < len(wanted):
        findings.append(Finding(Reason.INITIAL, "", node.path))
    return tuple(kept)


def same_choice(one: Value, other: Value) -> bool:
    """Whether two values are the same choice: equal, or codings of the same system and code."""
    if one == other:
        return True
    first, second = one.get("valueCoding"), other.get("valueCoding")
    if not isinstance(first, dict) or not isinstance(second, dict) or not first.get("code"):
        return False
    return bool(first["code"] == second.get("code") and (first.get("system") or "") == (second.get("system") or ""))


def _listed(node: Node) -> list[Value]:
    listed = node.source.get("initial")
    return [value for value in listed if isinstance(value, dict) and value] if isinstance(listed, list) else []


def _fits(value: Value, kind: Kind) -> bool:
    key = VALUE_KEYS.get(kind)
    if key is None or set(value) != {key}:
        return False
    content, check = value[key], _LOOKS_RIGHT.get(kind)
    return check(content) if check else isinstance(content, str) and content != ""


def is_number(content: object) -> bool:
    """Whether something is a number of a sensible size."""
    return isinstance(content, int | float) and not isinstance(content, bool) and abs(content) < 1e15


def _is_reference(content: object) -> bool:
    return isinstance(content, dict) and any(isinstance(content.get(key), str) for key in ("display", "reference"))


_LOOKS_RIGHT: Mapping[Kind, Callable[[object], bool]] = {
    Kind.BOOLEAN: lambda content: isinstance(content, bool),
    Kind.INTEGER: lambda content: type(content) is int and abs(content) < 2**31,
    Kind.DECIMAL: is_number,
    Kind.QUANTITY: lambda content: isinstance(content, dict) and is_number(content.get("value")),
    Kind.REFERENCE: _is_reference,
    Kind.ATTACHMENT: lambda _: False,
}
