"""From one edit that the browser sent to the next document. Pure."""

from collections.abc import Callable
from decimal import Decimal
from itertools import pairwise
from typing import Any

from portal.errors import Invalid
from portal.intake.building import rules_form, rules_items, views, words
from portal.intake.building.presenting import condition_lines
from portal.intake.building.rules_building import (
    Document,
    add_item,
    duplicate_item,
    find,
    move_item,
    remove_item,
)
from portal.intake.building.rules_kinds import kind_of
from portal.intake.fhir.options import contained_resources, options_of
from portal.models import SignerRule

_TEXTS: dict[str, Callable[[Document, str, str], Document]] = {
    "text": rules_items.set_text,
    "help": rules_items.set_help,
    "kind": rules_items.set_kind,
    "unit": rules_items.set_unit,
}
_NUMBERS = {"whole_number": "valueInteger", "number": "valueDecimal"}
_WORDS = {"date": "valueDate", "date_time": "valueDateTime", "time": "valueTime"}


def apply_step(document: Document, step: Any) -> tuple[Document, str]:
    """Return the document after one edit, and the linkId of the item that is to be looked at then ("" for none).

    Raises Invalid with a sentence when it cannot be done.
    """
    if isinstance(step, views.AddStep):
        return add_item(document, step.kind, step.after)
    if isinstance(step, views.RemoveStep):
        if step.do == "duplicate":
            return duplicate_item(document, step.path)
        return remove_item(document, step.path), _neighbour(document, step.path)
    if isinstance(step, views.FormStep | views.ScoreStep | views.SignatureStep):
        return _to_the_form(document, step), ""
    return _to_an_item(document, step), str(step.path)


def _neighbour(document: Document, path: str) -> str:
    """Return the item that takes the place of one that goes."""
    place = find(document, path)
    if place.index:
        return str(place.siblings[place.index - 1]["linkId"])
    return place.above[-1] if place.above else ""


def _to_an_item(document: Document, step: Any) -> Document:
    if isinstance(step, views.MoveStep):
        return move_item(document, step.path, step.where)
    if isinstance(step, views.TextStep):
        return _TEXTS[step.do](document, step.path, step.value)
    if isinstance(step, views.SwitchStep):
        return _switched(document, step)
    if isinstance(step, views.OptionsStep):
        choices = [rules_items.Choice(one.label, _points(one.points), one.was) for one in step.options]
        return rules_items.set_options(document, step.path, choices)
    if isinstance(step, views.LimitsStep | views.LengthStep):
        return _limited(document, step)
    known = _known_lines(document, step.path)
    lines = [
        rules_items.Line(one.question, one.operator, known.get(_key(one)) or _value(document, one))
        for one in step.lines
    ]
    return rules_items.set_conditions(document, step.path, lines, needs_all=step.needs_all)


def _known_lines(document: Document, path: str) -> dict[tuple[str, str, str], dict[str, Any]]:
    """Return the lines that stand there, by what is shown of them: what is not changed stays as it is written."""
    item = find(document, path).item
    written = [one for one in item.get("enableWhen") or () if isinstance(one, dict)]
    return {
        _key(shown): {
            name.replace("answer", "value", 1): part for name, part in one.items() if name.startswith("answer")
        }
        for shown, one in zip(condition_lines(document, item), written, strict=True)
    }


def _key(line: Any) -> tuple[str, str, str]:
    return line.question, line.operator, line.value


def _limited(document: Document, step: views.LimitsStep | views.LengthStep) -> Document:
    if isinstance(step, views.LengthStep):
        return rules_items.set_length(document, step.path, step.most)
    return rules_items.set_limits(document, step.path, step.minimum, step.maximum)


def _switched(document: Document, step: views.SwitchStep) -> Document:
    if step.do == "required":
        return rules_items.set_required(document, step.path, required=step.on)
    if step.do == "repeats":
        return rules_items.set_repeats(document, step.path, repeats=step.on)
    return rules_items.set_alert(document, step.path, alerts=step.on)


def _to_the_form(document: Document, step: Any) -> Document:
    if isinstance(step, views.FormStep):
        if step.do == "description":
            return rules_form.set_description(document, step.value)
        title = " ".join(step.value.split())[:200]
        if not title:
            raise Invalid(words.NAME_IT)
        return rules_form.set_title(document, title)
    if isinstance(step, views.SignatureStep):
        rule = SignerRule.ALL if step.all_sign else SignerRule.ANY
        wish = rules_form.SignatureWish(step.client, step.contact, rule, step.countersign)
        return rules_form.set_signatures(document, wish)
    bands = [rules_form.BandFields(band.low, band.high, band.label) for band in step.bands]
    _check_bands(bands)
    return rules_form.set_score(document, step.name, bands)


def _check_bands(bands: list[rules_form.BandFields]) -> None:
    if any(band.high < band.low for band in bands):
        raise Invalid(words.BAND_BACKWARDS)
    ordered = sorted(bands, key=lambda band: band.low)
    if any(one.high >= other.low for one, other in pairwise(ordered)):
        raise Invalid(words.BANDS_OVERLAP)


def _points(number: float | None) -> Decimal | None:
    return None if number is None else Decimal(repr(number))


def _value(document: Document, line: views.LineFields) -> dict[str, Any]:
    """Return what a condition compares with, as a FHIR value that fits the question."""
    if line.operator == "exists":
        return {"valueBoolean": line.value != "false"}
    question = find(document, line.question).item
    kind = kind_of(question)
    options = options_of(question, contained_resources(document))
    for option in options:
        if option.label == line.value:
            return dict(option.value)
    if kind in ("yes_no", "agree"):
        return {"valueBoolean": line.value.casefold() in ("true", "yes")}
    try:
        if kind in _NUMBERS:
            number = Decimal(line.value)
            return {_NUMBERS[kind]: int(number) if number == int(number) else float(number)}
    except (ArithmeticError, ValueError):
        raise Invalid(words.LIMIT_BAD) from None
    return {_WORDS.get(kind, "valueString"): line.value}
