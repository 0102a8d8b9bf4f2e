"""What is on a form but not acted upon, by name; and a label for questions that have none."""

from collections.abc import Iterator
from typing import Any

from portal.intake.fhir.extensions import (
    CONTROLS_ACTED_UPON,
    control_codes,
    extensions_of,
    is_expression,
    is_known,
)
from portal.intake.fhir.findings import Finding, Reason
from portal.intake.fhir.flatten import Node
from portal.intake.fhir.form import Kind

_LONGEST = 200
_FIELDS = ("extension", "modifierExtension")
# Of the form itself these are met elsewhere (items), or tell nothing to who fills it in.
_NOT_OF_THE_FORM = frozenset({"item", "contained", "text", "meta"})


def name_unknown(questionnaire: dict[str, Any], nodes: list[Node], findings: list[Finding]) -> None:
    """Name every extension that is not known, wherever it stands: on the form, an item, an option, a text."""
    _name_extensions({key: questionnaire[key] for key in questionnaire.keys() - _NOT_OF_THE_FORM}, "", findings)
    for node in nodes:
        _name_extensions({key: node.source[key] for key in node.source.keys() - {"item"}}, node.path, findings)
        for code in sorted(control_codes(node.source) - CONTROLS_ACTED_UPON):
            findings.append(Finding(Reason.CONTROL, code[:_LONGEST], node.path))


def _name_extensions(part: object, path: str, findings: list[Finding]) -> None:
    for field, url in sorted(_extensions_below(part)):
        if field == "modifierExtension":
            findings.append(Finding(Reason.MODIFIER, url[:_LONGEST], path))
        elif is_expression(url):
            findings.append(Finding(Reason.EXPRESSION, url[:_LONGEST], path))
        elif not is_known(url):
            findings.append(Finding(Reason.EXTENSION, url[:_LONGEST], path))


def _extensions_below(part: object) -> Iterator[tuple[str, str]]:
    """Return the field and the address of every extension in a piece of JSON; one in another counts with that one."""
    waiting = [part]
    while waiting:
        found = waiting.pop()
        if isinstance(found, list):
            waiting += found
        elif isinstance(found, dict):
            yield from ((field, url) for field in _FIELDS for url, _ in extensions_of(found, field))
            waiting += [content for key, content in found.items() if key not in _FIELDS]


def label_of_node(node: Node, kind: Kind, findings: list[Finding]) -> str:
    """Return an item's text; for a question without one, its linkId in words, which is named."""
    text = str(node.source.get("text") or "").strip()
    if text or not (kind.is_question or kind is Kind.NOTE):
        return text
    if node.source.get("readOnly") is not True:
        findings.append(Finding(Reason.NO_TEXT, "", node.path))
    plain = " ".join(node.path.replace("_", " ").replace("-", " ").split())
    return plain[:1].upper() + plain[1:]
