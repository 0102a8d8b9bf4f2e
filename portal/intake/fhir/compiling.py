"""From a Questionnaire's JSON to the Form that the portal works with, and the list of what it does not act upon."""

from dataclasses import replace
from typing import Any

from portal.intake import words
from portal.intake.fhir import extensions
from portal.intake.fhir.conditions import in_order, read_conditions
from portal.intake.fhir.findings import Finding
from portal.intake.fhir.flatten import Node, flatten
from portal.intake.fhir.form import Condition, Form, Item, Kind
from portal.intake.fhir.kinds import initial_of, kind_of
from portal.intake.fhir.naming import label_of_node, name_unknown
from portal.intake.fhir.options import contained_resources, options_of
from portal.intake.fhir.paging import pages_of

Contained = dict[str, dict[str, Any]]


def compile_form(questionnaire: dict[str, Any]) -> tuple[Form, list[Finding]]:
    """Return the form and everything to name about it. Raises Invalid, in words, for what cannot be a form."""
    nodes = flatten(questionnaire)
    findings: list[Finding] = []
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
        items.append(_item(node, above, page_of[place], rules, contained, findings))
    form = Form(
        title=title,
        url=_text(questionnaire, "url"),
        version=_text(questionnaire, "version"),
        items=tuple(_with_children(items, nodes)),
        pages=pages,
        order=order,
        places=places,
        triggers=frozenset(condition.question for found in conditions for condition in found),
    )
    return form, findings


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
    must_be_true = kind is Kind.BOOLEAN and extensions.must_be_true(source)
    is_help = kind is Kind.DISPLAY and "help" in extensions.control_codes(source) and above is not None
    return Item(
        path=node.path,
        kind=kind,
        fhir_type=str(source["type"]),
        text=label_of_node(node, kind, findings),
        parent=node.parent,
        page=page,
        prefix=_text(source, "prefix"),
        help=_help(node, options, kind),
        unit=extensions.unit_of(source),
        control=extensions.control_of(source) or ("checkbox" if must_be_true else ""),
        required=source.get("required") is True and kind.is_question,
        repeats=source.get("repeats") is True and kind is Kind.CHOICE,
        is_read_only=source.get("readOnly") is True,
        is_concealed=extensions.is_hidden(source) or is_help or bool(above and above.is_concealed),
        must_be_true=must_be_true,
        max_length=_length(source),
        minimum=extensions.limit_of(source, extensions.MIN_VALUE),
        maximum=extensions.limit_of(source, extensions.MAX_VALUE),
        options=options if kind is Kind.CHOICE else (),
        initial=initial_of(node, kind, options, findings),
        conditions=rules[0],
        needs_all=rules[1],
    )


def _help(node: Node, options: tuple[Any, ...], kind: Kind) -> str:
    """Gather the lines under a question: its own, those of help items below it, and suggestions for an open choice."""
    lines = [extensions.help_of(node.source)]
    for child in node.source.get("item", []):
        if isinstance(child, dict) and child.get("type") == "display" and "help" in extensions.control_codes(child):
            lines.append(_text(child, "text"))
    if options and kind is Kind.STRING:
        lines.append(words.suggestions([option.label for option in options]))
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
