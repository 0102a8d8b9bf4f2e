"""The elements of a Questionnaire in FHIR R4, so that none that is something else is passed over in silence."""

from collections.abc import Iterator, Mapping
from typing import Any

from portal.intake.fhir.findings import Finding, Reason
from portal.intake.fhir.flatten import Node

_LONGEST = 60
_Types = Mapping[str, type | tuple[type, ...]]
_ANY: _Types = {"id": str, "extension": list, "modifierExtension": list}
_FORM: _Types = {
    **_ANY,
    **dict.fromkeys(("resourceType", "implicitRules", "language", "url", "version", "name", "title", "status"), str),
    **dict.fromkeys(("date", "publisher", "description", "purpose", "copyright"), str),
    **dict.fromkeys(("approvalDate", "lastReviewDate"), str),
    **dict.fromkeys(("contained", "identifier", "derivedFrom", "subjectType", "contact", "useContext"), list),
    **dict.fromkeys(("jurisdiction", "code", "item"), list),
    **dict.fromkeys(("meta", "text", "effectivePeriod"), dict),
    "experimental": bool,
}
_ITEM: _Types = {
    **_ANY,
    **dict.fromkeys(("linkId", "definition", "prefix", "text", "type", "enableBehavior", "answerValueSet"), str),
    **dict.fromkeys(("code", "enableWhen", "answerOption", "initial", "item"), list),
    **dict.fromkeys(("required", "repeats", "readOnly"), bool),
    "maxLength": int,
    # Of FHIR R5, and acted upon: other words than the options are an answer too.
    "answerConstraint": str,
}


def name_strange_elements(questionnaire: dict[str, Any], nodes: list[Node], findings: list[Finding]) -> None:
    """Name every element that FHIR R4 does not have where it stands, and every one that is not of its type."""
    findings += [Finding(Reason.ELEMENT, name, "") for name in _strange(questionnaire, _FORM)]
    for node in nodes:
        findings += [Finding(Reason.ELEMENT, name, node.path) for name in _strange(node.source, _ITEM)]
    for resource in _mappings(questionnaire.get("contained")):
        if resource.get("resourceType") != "ValueSet":
            name = f"{resource.get('resourceType')}/{resource.get('id')}"
            findings.append(Finding(Reason.CONTAINED, name[:_LONGEST], ""))


def _strange(part: Mapping[str, Any], types: _Types) -> Iterator[str]:
    for name, content in part.items():
        wanted = types.get(name)
        # "_text" and so on carry what belongs to "text": their extensions are looked at with all others.
        if wanted is None and isinstance(content, dict) and types.get(name.removeprefix("_")) in (str, bool, int):
            continue
        if wanted is None or not isinstance(content, wanted) or (wanted is int and isinstance(content, bool)):
            yield name[:_LONGEST]


def _mappings(found: object) -> Iterator[dict[str, Any]]:
    yield from (entry for entry in found if isinstance(entry, dict)) if isinstance(found, list) else ()
