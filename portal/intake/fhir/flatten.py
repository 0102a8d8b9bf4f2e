"""Walks the items of a Questionnaire once and refuses what cannot be a form; the walk keeps no opinion on meaning."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from portal.errors import Invalid
from portal.intake import words

MAX_ITEMS = 1_000
MAX_DEPTH = 50
_LONGEST_ID = 255
# Entries of repeated groups have paths like this (fhir.repeating).
_NUMBERS = re.compile(r"\d+(\.\d+)*")


@dataclass(frozen=True, slots=True)
class Node:
    """One item of the JSON, with the place of the one above it (-1 at the top) and its depth (1 at the top)."""

    source: dict[str, Any]
    parent: int
    depth: int

    @property
    def path(self) -> str:
        """The item's linkId, by which answers are kept: a form never has one twice."""
        return str(self.source["linkId"])


def flatten(questionnaire: dict[str, Any]) -> list[Node]:
    """Return all items in reading order. Raises Invalid, naming the item, for what is no form or too much of one."""
    nodes: list[Node] = []
    seen: set[str] = set()
    waiting = [(source, -1, 1) for source in _children(questionnaire, words.THE_FORM)][::-1]
    while waiting:
        source, parent, depth = waiting.pop()
        node = _node(source, parent, depth)
        if node.path in seen:
            raise Invalid(words.twice(node.path))
        seen.add(node.path)
        nodes.append(node)
        if len(nodes) > MAX_ITEMS:
            raise Invalid(words.too_many_items(MAX_ITEMS))
        place = len(nodes) - 1
        waiting += [(child, place, depth + 1) for child in _children(node.source, node.path)][::-1]
    if not nodes:
        raise Invalid(words.NO_ITEMS)
    for path in seen:
        name, mark, numbers = path.rpartition("#")
        if mark and name in seen and _NUMBERS.fullmatch(numbers):
            raise Invalid(words.like_an_instance(path))
    return nodes


def _node(source: object, parent: int, depth: int) -> Node:
    if not isinstance(source, dict):
        raise Invalid(words.BROKEN_ITEM)
    path = source.get("linkId")
    if not isinstance(path, str) or not path.strip():
        raise Invalid(words.item_without_id(str(source.get("text") or "")[:60]))
    if len(path) > _LONGEST_ID:
        raise Invalid(words.id_too_long(path[:60], _LONGEST_ID))
    if not isinstance(source.get("type"), str):
        raise Invalid(words.item_without_type(path))
    if not isinstance(source.get("text", ""), str):
        raise Invalid(words.text_is_no_text(path))
    if depth > MAX_DEPTH:
        raise Invalid(words.too_deep(path, MAX_DEPTH))
    return Node(source, parent, depth)


def _children(source: dict[str, Any], path: str) -> Iterator[object]:
    children = source.get("item", [])
    if not isinstance(children, list):
        raise Invalid(words.items_are_no_list(path))
    yield from children
