"""Edits of a Questionnaire, each a pure step from one document to the next. What a step does not name stays as it is.

A document is a FHIR R4 Questionnaire as JSON; it is never changed in place. Items are named by their linkId.
"""

import re
from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import dataclass
from typing import Any, Literal

from portal.errors import Invalid
from portal.intake.building import words
from portal.intake.building.rules_kinds import kind_of, new_item

Document = dict[str, Any]
Where = Literal["up", "down", "in", "out"]
MAX_ITEMS = 1_000
MAX_DEPTH = 12


@dataclass(frozen=True, slots=True)
class Place:
    """Where an item is: the list it is in, its index there, and the linkIds above it, the outermost first."""

    siblings: list[dict[str, Any]]
    index: int
    above: tuple[str, ...]

    @property
    def item(self) -> dict[str, Any]:
        """The item itself."""
        return self.siblings[self.index]


def new_document(title: str) -> Document:
    """Return an empty form with one section, so that the first question has somewhere to stand."""
    section = {"linkId": "section-1", "type": "group", "text": words.FIRST_SECTION, "item": []}
    return {"resourceType": "Questionnaire", "status": "draft", "title": title, "item": [section]}


def walk(document: Document) -> Iterator[Place]:
    """Return every item in reading order."""
    waiting = [Place(items_of(document), index, ()) for index in range(len(items_of(document)))][::-1]
    while waiting:
        place = waiting.pop()
        yield place
        below, above = items_of(place.item), (*place.above, str(place.item["linkId"]))
        waiting += [Place(below, index, above) for index in range(len(below))][::-1]


def items_of(part: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the items right below a form or an item."""
    found = part.get("item")
    return found if isinstance(found, list) else []


def find(document: Document, path: str) -> Place:
    """Return where an item is. Raises Invalid when the form has none of that name."""
    for place in walk(document):
        if place.item["linkId"] == path:
            return place
    raise Invalid(words.GONE)


def edited(document: Document, step: Callable[[Document], None]) -> Document:
    """Return a copy of a document after a step."""
    made = deepcopy(document)
    step(made)
    return made


def add_item(document: Document, kind: str, after: str) -> tuple[Document, str]:
    """Add an item after another one (inside, when that is a section and the new one is not); returns its linkId too."""
    if sum(1 for _ in walk(document)) >= MAX_ITEMS:
        raise Invalid(words.TOO_MANY)
    path = free_id(document, "section" if kind == "section" else "question")
    made = deepcopy(document)
    item = new_item(kind, path)
    if not after:
        _last_list(made, kind).append(item)
        return made, path
    place = find(made, after)
    if kind_of(place.item) == "section" and kind != "section":
        place.item.setdefault("item", []).append(item)
    else:
        _outwards(made, place, kind).insert(item)
    return made, path


def remove_item(document: Document, path: str) -> Document:
    """Take an item away with everything below it."""

    def step(made: Document) -> None:
        place = find(made, path)
        del place.siblings[place.index]

    return edited(document, step)


def duplicate_item(document: Document, path: str) -> tuple[Document, str]:
    """Put a copy right behind an item, with linkIds of its own; conditions within the copy look at the copy."""
    made = deepcopy(document)
    place = find(made, path)
    copy = deepcopy(place.item)
    inner = {"item": [copy]}
    count = sum(1 for _ in walk(inner))
    if sum(1 for _ in walk(made)) + count > MAX_ITEMS:
        raise Invalid(words.TOO_MANY)
    taken = {str(each.item["linkId"]) for each in walk(made)}
    names: dict[str, str] = {}
    for each in walk(inner):
        stem = "section" if each.item.get("type") == "group" else "question"
        names[str(each.item["linkId"])] = name = _free(taken, stem)
        taken.add(name)
    for each in list(walk(inner)):
        each.item["linkId"] = names[str(each.item["linkId"])]
        for line in each.item.get("enableWhen", []):
            line["question"] = names.get(line.get("question"), line.get("question"))
    place.siblings.insert(place.index + 1, copy)
    return made, str(copy["linkId"])


def move_item(document: Document, path: str, where: Where) -> Document:
    """Move an item among its neighbours, or into the one before it, or out behind the one above it."""
    made = deepcopy(document)
    place = find(made, path)
    {"up": _up, "down": _down, "in": _in, "out": _out}[where](made, place)
    _drop_empty_lists(made, document)
    return made


def _up(made: Document, place: Place) -> None:
    if place.index:
        place.siblings.insert(place.index - 1, place.siblings.pop(place.index))
        return
    if not place.above:
        raise Invalid(words.AT_THE_TOP)
    parent = find(made, place.above[-1])
    _leave(made, place, parent.siblings, parent.index)


def _down(made: Document, place: Place) -> None:
    if place.index + 1 < len(place.siblings):
        place.siblings.insert(place.index + 1, place.siblings.pop(place.index))
        return
    if not place.above:
        raise Invalid(words.AT_THE_BOTTOM)
    parent = find(made, place.above[-1])
    _leave(made, place, parent.siblings, parent.index + 1)


def _in(_made: Document, place: Place) -> None:
    if not place.index:
        raise Invalid(words.NOTHING_TO_GO_INTO)
    host = place.siblings[place.index - 1]
    if len(place.above) + 1 + _height(place.item) > MAX_DEPTH:
        raise Invalid(words.TOO_DEEP)
    if kind_of(host) == "information":
        raise Invalid(words.NOTHING_BELOW_TEXT)
    host.setdefault("item", []).append(place.siblings.pop(place.index))


def _out(made: Document, place: Place) -> None:
    if not place.above:
        raise Invalid(words.OUTERMOST)
    parent = find(made, place.above[-1])
    _leave(made, place, parent.siblings, parent.index + 1)


def _leave(_made: Document, place: Place, target: list[dict[str, Any]], index: int) -> None:
    target.insert(index, place.siblings.pop(place.index))


def _height(item: dict[str, Any]) -> int:
    return 1 + max((_height(child) for child in items_of(item)), default=0)


def _drop_empty_lists(made: Document, before: Document) -> None:
    """FHIR knows no empty lists: what lost its last item loses the list too, unless it was empty before."""
    empty = {str(place.item["linkId"]) for place in walk(before) if place.item.get("item") == []}
    for place in list(walk(made)):
        if place.item.get("item") == [] and str(place.item["linkId"]) not in empty and place.item["type"] != "group":
            del place.item["item"]


@dataclass(frozen=True, slots=True)
class _Slot:
    siblings: list[dict[str, Any]]
    index: int

    def insert(self, item: dict[str, Any]) -> None:
        self.siblings.insert(self.index + 1, item)


def _outwards(made: Document, place: Place, kind: str) -> _Slot:
    """A new section stands beside the section one is in, not inside a question."""
    while kind == "section" and place.above and kind_of(place.item) != "section":
        place = find(made, place.above[-1])
    return _Slot(place.siblings, place.index)


def _last_list(made: Document, kind: str) -> list[dict[str, Any]]:
    top: list[dict[str, Any]] = made.setdefault("item", [])
    if kind != "section" and top and kind_of(top[-1]) == "section":
        inside: list[dict[str, Any]] = top[-1].setdefault("item", [])
        return inside
    return top


def free_id(document: Document, stem: str) -> str:
    """Return a linkId that the form does not have yet."""
    return _free({str(place.item["linkId"]) for place in walk(document)}, stem)


def _free(taken: set[str], stem: str) -> str:
    numbers = (int(found[1]) for name in taken if (found := re.fullmatch(rf"{stem}-(\d{{1,6}})", name)))
    return f"{stem}-{max(numbers, default=0) + 1}"
