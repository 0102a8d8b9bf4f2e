"""A QuestionnaireResponse (FHIR R4) from the answers that apply."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from portal.intake.fhir.form import Answers, Form, Item, Kind
from portal.intake.fhir.repeating import Numbers, path_in


@dataclass(frozen=True, slots=True)
class About:
    """Whose answers these are and who gave them: FHIR references with the names that people know."""

    questionnaire: str
    subject: str
    subject_name: str
    author: str
    author_name: str
    authored: datetime


def build_response(form: Form, apply: Sequence[bool], answers: Answers, about: About) -> dict[str, Any]:
    """Return the response as JSON: nested as the form is, with the question's text, only what applies and is answered.

    An unanswered question with answered questions below it holds them in an answer without a value (R4 allows it).
    """
    top = [place for place, item in enumerate(form.items) if item.parent < 0]
    response: dict[str, Any] = {
        "resourceType": "QuestionnaireResponse",
        "questionnaire": about.questionnaire,
        "status": "completed",
        "subject": {"reference": about.subject, "display": about.subject_name},
        "authored": about.authored.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z"),
        "author": {"reference": about.author, "display": about.author_name},
    }
    items = list(_items(form, top, apply, answers))
    return {**response, "item": items} if items else response


def _items(form: Form, places: Sequence[int], apply: Sequence[bool], answers: Answers) -> Iterator[dict[str, Any]]:
    for place in places:
        item = form.items[place]
        if not apply[place] or item.kind is Kind.DISPLAY:
            continue
        below = list(_items(form, item.children, apply, answers))
        given = [dict(value) for value in answers.get(item.path, ())] if item.kind.is_question else []
        if below or given:
            yield _item(item, given, below)


def _item(item: Item, given: list[dict[str, Any]], below: list[dict[str, Any]]) -> dict[str, Any]:
    made: dict[str, Any] = {"linkId": item.link_id}
    if item.label:
        made["text"] = item.label
    if item.kind is Kind.GROUP:
        return {**made, "item": below}
    if below:
        first = given[0] if given else {}
        given = [{**first, "item": below}, *given[1:]]
    return {**made, "answer": given}


def read_answers(response: dict[str, Any], form: Form | None = None) -> dict[str, tuple[dict[str, Any], ...]]:
    """Return the answers of a response by path: what `build_response` put in.

    With the form (not expanded), instances of repeated groups are numbered as they stand there, from 0.
    """
    found: dict[str, tuple[dict[str, Any], ...]] = {}
    repeated = {} if form is None else {path: item.group for path, item in form.repetitions.items()}
    waiting: list[tuple[list[dict[str, Any]], Numbers]] = [(response.get("item", []), ())]
    while waiting:
        items, around = waiting.pop()
        for link_id in dict.fromkeys(item["linkId"] for item in items):
            same = [item for item in items if item["linkId"] == link_id]
            if link_id in repeated:
                found[path_in(link_id, around)] = tuple({"valueInteger": number} for number in range(len(same)))
            for number, item in enumerate(same):
                numbers = (*around, number) if link_id in repeated else around
                values = [_without_items(answer) for answer in item.get("answer", [])]
                if any(values):
                    found[path_in(link_id, numbers)] = tuple(value for value in values if value)
                waiting.append((item.get("item", []), numbers))
                waiting += [(answer.get("item", []), numbers) for answer in item.get("answer", [])]
    return found


def _without_items(answer: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in answer.items() if key != "item"}
