"""What is on a form but not acted upon, by name; and a label for questions that have none."""

from typing import Any

from portal.intake.fhir.extensions import extensions_of, is_expression, is_known
from portal.intake.fhir.findings import Finding, Reason
from portal.intake.fhir.flatten import Node
from portal.intake.fhir.form import Kind

_LONGEST = 200


def name_unknown(questionnaire: dict[str, Any], nodes: list[Node], findings: list[Finding]) -> None:
    """Name every extension that is not known, of the form, its items and their options; modifiers always."""
    _name_extensions(questionnaire, "", findings)
    for node in nodes:
        _name_extensions(node.source, node.path, findings)
        listed = node.source.get("answerOption")
        for option in listed if isinstance(listed, list) else []:
            if isinstance(option, dict):
                _name_extensions(option, node.path, findings)


def _name_extensions(part: dict[str, Any], path: str, findings: list[Finding]) -> None:
    for url, _ in extensions_of(part):
        if is_expression(url):
            findings.append(Finding(Reason.EXPRESSION, url[:_LONGEST], path))
        elif not is_known(url):
            findings.append(Finding(Reason.EXTENSION, url[:_LONGEST], path))
    for url, _ in extensions_of(part, "modifierExtension"):
        findings.append(Finding(Reason.MODIFIER, url[:_LONGEST], path))


def label_of_node(node: Node, kind: Kind, findings: list[Finding]) -> str:
    """Return an item's text; for a question without one, its linkId in words, which is named."""
    text = str(node.source.get("text") or "").strip()
    if text or not (kind.is_question or kind is Kind.NOTE):
        return text
    if node.source.get("readOnly") is not True:
        findings.append(Finding(Reason.NO_TEXT, "", node.path))
    plain = " ".join(node.path.replace("_", " ").replace("-", " ").split())
    return plain[:1].upper() + plain[1:]
