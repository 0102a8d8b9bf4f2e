"""From a document to what the builder shows. Pure."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from portal.intake.building import words
from portal.intake.building.rules_building import Document, walk
from portal.intake.building.rules_checking import Hurdle
from portal.intake.building.rules_form import signatures_of
from portal.intake.building.rules_kinds import CHOICES, NO_QUESTIONS, kind_of
from portal.intake.building.views import Asked, BandView, ChoiceView, Detail, FormDetail, LineView, Row
from portal.intake.fhir import extensions
from portal.intake.fhir.options import contained_resources, label_of, options_of
from portal.intake.fhir.own import CRISIS
from portal.intake.rules_visibility import is_same
from portal.models import SignerRule


def rows(document: Document, problems: Sequence[Hurdle]) -> list[Row]:
    """Return the outline of a form."""
    wrong: dict[str, list[str]] = defaultdict(list)
    for hurdle in problems:
        wrong[hurdle.path].append(hurdle.sentence)
    texts = {str(place.item["linkId"]): _text(place.item, "text") for place in walk(document)}
    return [_row(document, place.item, len(place.above), texts, wrong) for place in walk(document)]


def _row(
    document: Document, item: dict[str, Any], depth: int, texts: Mapping[str, str], wrong: Mapping[str, list[str]]
) -> Row:
    path, kind = str(item["linkId"]), kind_of(item)
    notes = []
    options = item.get("answerOption")
    if isinstance(options, list):
        notes.append(f"{len(options)} answers")
    lines = condition_lines(document, item)
    if lines:
        said = [words.shown_when(texts.get(one.question) or one.question, one.operator, one.value) for one in lines]
        between = " and " if item.get("enableBehavior") == "all" else " or "
        notes.append("Shown when " + between.join(said))
    if extensions.find_extension(item, CRISIS) is not None:
        notes.append("Alerts the practice")
    return Row(
        path=path,
        depth=depth,
        kind=kind,
        kind_label=words.KINDS.get(kind, words.OTHER_KIND),
        text=_text(item, "text"),
        required=item.get("required") is True,
        notes=notes,
        problem=" ".join(wrong.get(path, ())),
    )


def detail(document: Document, path: str) -> Detail:
    """Return what can be changed about one item; an empty one when it is not there."""
    item = next((place.item for place in walk(document) if place.item["linkId"] == path), None)
    if item is None:
        return Detail()
    contained = contained_resources(document)
    listed = item.get("answerOption")
    kind = kind_of(item)
    return Detail(
        path=path,
        kind=kind,
        text=_text(item, "text"),
        help=extensions.help_of(item),
        required=item.get("required") is True,
        repeats=item.get("repeats") is True,
        options=[_choice(option) for option in listed if isinstance(option, dict)] if isinstance(listed, list) else [],
        alerts=extensions.find_extension(item, CRISIS) is not None,
        minimum=extensions.limit_of(item, extensions.MIN_VALUE),
        maximum=extensions.limit_of(item, extensions.MAX_VALUE),
        longest=item["maxLength"] if type(item.get("maxLength")) is int else 0,
        unit=extensions.unit_of(item),
        lines=condition_lines(document, item),
        needs_all=item.get("enableBehavior") != "any",
        asked=[
            Asked(
                path=str(place.item["linkId"]),
                label=_text(place.item, "text") or str(place.item["linkId"]),
                kind=(asked := kind_of(place.item)),
                options=[option.label for option in options_of(place.item, contained)] if asked in CHOICES else [],
            )
            for place in walk(document)
            if kind_of(place.item) not in (*NO_QUESTIONS, "", "file") and place.item["linkId"] != path
        ],
    )


def form_detail(document: Document) -> FormDetail:
    """Return what can be changed about the form as a whole."""
    wish = signatures_of(document)
    parts = list(extensions.extensions_of(extensions.find_extension(document, extensions.SCORE) or {}))
    name = next((str(part.get("valueString", "")) for url, part in parts if url == "name"), "")
    return FormDetail(
        title=_text(document, "title"),
        description=_text(document, "description"),
        score=name,
        bands=[_band(part) for url, part in parts if url == "band"],
        client_signs=wish.client,
        contact_signs=wish.contact,
        all_sign=wish.rule is SignerRule.ALL,
        countersign=wish.countersign,
    )


def _band(part: dict[str, Any]) -> BandView:
    inside = dict(extensions.extensions_of(part))
    low, high = (inside.get(end, {}).get("valueDecimal", "") for end in ("low", "high"))
    return BandView(str(low), str(high), str(inside.get("label", {}).get("valueString", "")))


def _choice(option: dict[str, Any]) -> ChoiceView:
    value = {name: content for name, content in option.items() if name.startswith("value")}
    points = extensions.points_of(option)
    return ChoiceView(label_of(value), "" if points is None else f"{points.normalize():f}")


def condition_lines(document: Document, item: dict[str, Any]) -> list[LineView]:
    """Return the lines of an item's condition, each answer as the question says it."""
    found = item.get("enableWhen")
    return [_line(document, one) for one in found if isinstance(one, dict)] if isinstance(found, list) else []


def _line(document: Document, one: dict[str, Any]) -> LineView:
    question, operator = str(one.get("question", "")), str(one.get("operator", "="))
    name, answer = next(((name, content) for name, content in one.items() if name.startswith("answer")), ("", ""))
    if operator == "exists":
        return LineView(question, operator, "true" if answer else "false")
    if isinstance(answer, bool):
        return LineView(question, operator, "Yes" if answer else "No")
    value = {name.replace("answer", "value", 1): answer}
    return LineView(question, operator, _label(document, question, value) or label_of(value))


def _label(document: Document, question: str, value: dict[str, Any]) -> str:
    """Return how the question calls an answer."""
    for place in walk(document):
        if place.item["linkId"] == question:
            options = options_of(place.item, contained_resources(document))
            return next((option.label for option in options if is_same(option.value, value)), "")
    return ""


def _text(part: dict[str, Any], name: str) -> str:
    found = part.get(name)
    return found if isinstance(found, str) else ""
