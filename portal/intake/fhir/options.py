"""What can be chosen: answerOption of every value type, and value sets that the form brings along."""

from collections.abc import Iterator
from typing import Any

from portal.intake.fhir.extensions import (
    UNIT,
    UNIT_OPTION,
    UNIT_VALUE_SET,
    extensions_of,
    find_extension,
    points_of,
)
from portal.intake.fhir.findings import Finding, Reason
from portal.intake.fhir.flatten import Node
from portal.intake.fhir.form import Option, Value

MAX_OPTIONS = 2_000
CHOICES = frozenset({"choice", "coding", "open-choice"})
WITH_OPTIONS = frozenset({*CHOICES, "string", "text", "integer", "date", "time", "reference"})
_SCALARS = ("valueString", "valueInteger", "valueDate", "valueTime")


def options_of(item: dict[str, Any], contained: dict[str, dict[str, Any]]) -> tuple[Option, ...]:
    """Return an item's options in order, each once; none when it has none that can be shown."""
    listed = item.get("answerOption")
    found = [_option(entry) for entry in listed] if isinstance(listed, list) else []
    if not found:
        found = list(_from_value_set(item.get("answerValueSet"), contained))
    unique: list[Option] = []
    for option in found[:MAX_OPTIONS]:
        if option is not None and all(option.value != other.value for other in unique):
            unique.append(option)
    return tuple(unique)


def name_lost_options(
    node: Node, options: tuple[Option, ...], contained: dict[str, dict[str, Any]], findings: list[Finding]
) -> None:
    """Name the choices of an item that cannot be offered, and value sets that list only a part of what they mean."""
    item = node.source
    listed, reference = item.get("answerOption"), item.get("answerValueSet")
    count = len(listed) if isinstance(listed, list) else 0
    is_offered = bool(count) and item["type"] in WITH_OPTIONS
    lost = count - len(options) if is_offered else count
    if lost:
        findings.append(Finding(Reason.OPTIONS, str(lost), node.path))
    if not isinstance(reference, str):
        return
    is_unused = count > 0 or item["type"] not in WITH_OPTIONS
    if is_unused or (options and not _is_listed_whole(contained.get(reference[1:], {}))):
        findings.append(Finding(Reason.PARTIAL_OPTIONS, reference[:200], node.path))


def _is_listed_whole(value_set: dict[str, Any]) -> bool:
    """Whether a value set lists all of its concepts: nothing by filter, by reference, by page, or taken out again."""
    expansion, compose = _mapping(value_set.get("expansion")), _mapping(value_set.get("compose"))
    concepts = list(_concepts(value_set))
    if len(concepts) > MAX_OPTIONS:
        return False
    if expansion.get("contains"):
        total = expansion.get("total")
        return type(total) is not int or total <= len(concepts)
    parts = list(_mappings(compose.get("include")))
    return not compose.get("exclude") and all(part.get("concept") and not part.get("valueSet") for part in parts)


def units_of(item: dict[str, Any], contained: dict[str, dict[str, Any]]) -> tuple[Option, ...]:
    """Return the units that a quantity may be given in; none when any will do."""
    listed = [extension.get("valueCoding") for url, extension in extensions_of(item) if url == UNIT_OPTION]
    sets = [extension.get("valueCanonical") for url, extension in extensions_of(item) if url == UNIT_VALUE_SET]
    single = (find_extension(item, UNIT) or {}).get("valueCoding")
    found = [coding_option(coding) for coding in (*listed, single)]
    found += [option for reference in sets for option in _from_value_set(reference, contained)]
    return tuple({option.label: option for option in found if option is not None}.values())[:MAX_OPTIONS]


def chosen_at_first(item: dict[str, Any]) -> Iterator[Value]:
    """Return the options that are chosen from the start."""
    listed = item.get("answerOption")
    for entry in listed if isinstance(listed, list) else []:
        option = _option(entry)
        if option is not None and entry.get("initialSelected") is True:
            yield option.value


def is_remote(item: dict[str, Any], contained: dict[str, dict[str, Any]]) -> bool:
    """Whether the options stand in a value set that the form does not bring along."""
    reference = item.get("answerValueSet")
    return isinstance(reference, str) and not options_of(item, contained)


def contained_resources(questionnaire: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Return what the form brings along, by id."""
    listed = questionnaire.get("contained")
    found = [entry for entry in listed if isinstance(entry, dict)] if isinstance(listed, list) else []
    return {entry["id"]: entry for entry in found if isinstance(entry.get("id"), str)}


def label_of(value: Value) -> str:
    """Return an answer value in words."""
    for content in value.values():
        if isinstance(content, dict):
            return str(content.get("display") or content.get("code") or content.get("reference") or "")
        return str(content)
    return ""


def coding_option(coding: object) -> Option | None:
    """Return a coding as something to choose; None when it has neither name nor code."""
    return _option({"valueCoding": coding})


def _option(entry: object) -> Option | None:
    if not isinstance(entry, dict):
        return None
    for name in _SCALARS:
        content = entry.get(name)
        if isinstance(content, str | int) and not isinstance(content, bool) and str(content).strip():
            return Option({name: content}, str(content), points_of(entry))
    for name in ("valueCoding", "valueReference"):
        content = entry.get(name)
        if isinstance(content, dict):
            value = {name: {key: content[key] for key in _KEPT[name] if isinstance(content.get(key), str)}}
            label = label_of(value).strip()
            points = points_of(entry)
            return Option(value, label, points_of(content) if points is None else points) if label else None
    return None


_KEPT = {"valueCoding": ("system", "version", "code", "display"), "valueReference": ("reference", "type", "display")}


def _from_value_set(reference: object, contained: dict[str, dict[str, Any]]) -> Iterator[Option | None]:
    if not isinstance(reference, str) or not reference.startswith("#"):
        return
    value_set = contained.get(reference[1:], {})
    for concept in _concepts(value_set):
        coding = {key: concept[key] for key in ("system", "code", "display") if isinstance(concept.get(key), str)}
        yield _option({"valueCoding": coding, "extension": concept.get("extension")})


def _concepts(value_set: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Return the concepts of an expanded value set, those nested in others too; else those it lists one by one."""
    expansion = _mapping(value_set.get("expansion"))
    if expansion.get("contains"):
        waiting = list(_mappings(expansion["contains"]))[::-1]
        while waiting:
            concept = waiting.pop()
            if concept.get("abstract") is not True:
                yield concept
            waiting += list(_mappings(concept.get("contains")))[::-1]
        return
    for part in _mappings(_mapping(value_set.get("compose")).get("include")):
        for concept in _mappings(part.get("concept")):
            yield {"system": part.get("system"), **concept}


def _mapping(found: object) -> dict[str, Any]:
    return found if isinstance(found, dict) else {}


def _mappings(found: object) -> Iterator[dict[str, Any]]:
    yield from (entry for entry in found if isinstance(entry, dict)) if isinstance(found, list) else ()
