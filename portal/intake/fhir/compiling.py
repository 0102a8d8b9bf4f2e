"""From a Questionnaire's JSON to the Form that the portal works with, and the list of what it does not act upon."""

from dataclasses import replace
from typing import Any

from portal.intake import words
from portal.intake.fhir import extensions
from portal.intake.fhir.conditions import in_order, read_conditions
from portal.intake.fhir.elements import name_strange_elements
from portal.intake.fhir.findings import Finding, Reason
from portal.intake.fhir.flatten import Node, flatten
from portal.intake.fhir.form import Condition, Form, Item, Kind, Repetition
from portal.intake.fhir.kinds import initial_of, is_open_choice, kind_of
from portal.intake.fhir.known import fact_of
from portal.intake.fhir.limits import within_reason
from portal.intake.fhir.naming import label_of_node, name_unknown
from portal.intake.fhir.options import contained_resources, options_of, units_of
from portal.intake.fhir.own import CRISIS
from portal.intake.fhir.paging import pages_of
from portal.intake.fhir.scoring import scores_of
from portal.intake.fhir.unreachable import name_unreachable

Contained = dict[str, dict[str, Any]]


def compile_form(questionnaire: dict[str, Any]) -> tuple[Form, list[Finding]]:
    """Return the form and everything to name about it. Raises Invalid, in words, for what cannot be a form."""
    nodes = flatten(questionnaire)
    findings: list[Finding] = []
    name_strange_elements(questionnaire, nodes, findings)
    name_unknown(questionnaire, nodes, findings)
    places = {node.path: place for place, node in enumerate(nodes)}
    lines = [read_conditions(node, places, findings) for node in nodes]
    conditions = [found for found, _ in lines]
    parents = [node.parent for node in nodes]
    order = in_order(parents, conditions, places, {place: node.path for place, node in enumerate(nodes)}, findings)
    title = title_of(questionnaire)
    pages, page_of = pages_of(nodes, title)
    contained = contained_resources(questionnaire)
    items: list[Item] = []
    for place, node in enumerate(nodes):
        above = items[node.parent] if node.parent >= 0 else None
        rules = (conditions[place], lines[place][1])
        items.append(within_reason(_item(node, above, page_of[place], rules, contained, findings), findings))
    name_unreachable(items, places, findings)
    form = Form(
        title=title,
        url=_text(questionnaire, "url"),
        version=_text(questionnaire, "version"),
        items=tuple(_with_children(items, nodes)),
        pages=pages,
        order=order,
        places=places,
        triggers=frozenset(condition.question for found in conditions for condition in found),
        repetitions={item.path: Repetition(item, item.parent) for item in items if item.is_repeating_group},
        scores=tuple(scores_of(questionnaire, nodes, title, has_points=_has_points(items))),
    )
    return form, findings


def _has_points(items: list[Item]) -> bool:
    return any(option.points is not None for item in items for option in item.options)


def title_of(questionnaire: dict[str, Any]) -> str:
    """Return what a form is called."""
    return (_text(questionnaire, "title") or _text(questionnaire, "name") or words.UNTITLED)[:200]


def _item(
    node: Node,
    above: Item | None,
    page: int,
    rules: tuple[tuple[Condition, ...], bool],
    contained: Contained,
    findings: list[Finding],
) -> Item:
    source = node.source
    options = options_of(source, contained)
    kind = kind_of(node, options, contained, findings)
    is_open = kind is Kind.CHOICE and is_open_choice(source)
    is_read_only = source.get("readOnly") is True or kind is Kind.REFERENCE
    text = label_of_node(node, kind, findings)
    must_be_true = kind is Kind.BOOLEAN and extensions.must_be_true(source)
    is_help = kind is Kind.DISPLAY and "help" in extensions.control_codes(source) and above is not None
    item = Item(
        conditions=rules[0],
        needs_all=rules[1],
        path=node.path,
        kind=kind,
        fhir_type=str(source["type"]),
        text=text,
        parent=node.parent,
        page=page,
        prefix=_text(source, "prefix"),
        help=_help(node),
        control=extensions.control_of(source) or ("checkbox" if must_be_true else ""),
        required=source.get("required") is True and (kind.is_question or kind is Kind.GROUP),
        repeats=source.get("repeats") is True and kind not in _ONCE,
        is_read_only=is_read_only,
        is_open=is_open,
        fact=_fact(node, text, kind, findings) if is_read_only else "",
        is_concealed=extensions.is_hidden(source) or is_help or bool(above and above.is_concealed),
        must_be_true=must_be_true,
        alerts=extensions.find_extension(source, CRISIS) is not None,
        options=options if kind is Kind.CHOICE else (),
        initial=initial_of(node, kind, options, findings, is_open=is_open),
    )
    return _limited(item, node, contained, findings)


def _limited(item: Item, node: Node, contained: Contained, findings: list[Finding]) -> Item:
    """Return an item with how long, how many and how large its answers may be, and in which unit."""
    source, is_quantity = node.source, item.kind is Kind.QUANTITY
    return replace(
        item,
        unit="" if is_quantity else extensions.unit_of(source),
        units=units_of(source, contained) if is_quantity else (),
        max_length=_length(source),
        min_length=extensions.count_of(source, extensions.MIN_LENGTH),
        pattern=_pattern(node, findings),
        fewest=extensions.count_of(source, extensions.MIN_OCCURS),
        most=extensions.count_of(source, extensions.MAX_OCCURS),
        minimum=extensions.limit_of(source, extensions.MIN_VALUE),
        maximum=extensions.limit_of(source, extensions.MAX_VALUE),
    )


# Yes and no can be said once, and what is not asked not at all.
_ONCE = (Kind.BOOLEAN, Kind.DISPLAY, Kind.NOTE)


def _fact(node: Node, text: str, kind: Kind, findings: list[Finding]) -> str:
    """Return what fills a read-only question; filled or left blank, it is named."""
    fact = fact_of(node.path, text, kind) if kind.is_question else ""
    if fact:
        findings.append(Finding(Reason.FILLED, words.FACTS[fact], node.path))
    return fact


def _pattern(node: Node, findings: list[Finding]) -> str:
    """Return a simple regular expression; any other is named and left out."""
    found = extensions.pattern_of(node.source)
    if found and not extensions.is_simple_pattern(found):
        findings.append(Finding(Reason.PATTERN, found[:200], node.path))
        return ""
    return found


def _help(node: Node) -> str:
    """Gather the lines under a question: its own, and those of help items below it."""
    lines = [extensions.help_of(node.source)]
    for child in node.source.get("item", []):
        if isinstance(child, dict) and child.get("type") == "display" and "help" in extensions.control_codes(child):
            lines.append(_text(child, "text"))
    return " ".join(line for line in lines if line)


def _with_children(items: list[Item], nodes: list[Node]) -> list[Item]:
    children: dict[int, list[int]] = {}
    for place, node in enumerate(nodes):
        children.setdefault(node.parent, []).append(place)
    return [replace(item, children=tuple(children.get(place, ()))) for place, item in enumerate(items)]


def _length(source: dict[str, Any]) -> int:
    found = source.get("maxLength")
    return found if type(found) is int and found > 0 else 0


def _text(source: dict[str, Any], name: str) -> str:
    found = source.get(name)
    return found.strip() if isinstance(found, str) else ""
