"""Pages: every top-level group is one; loose items between groups gather into one, a group to repeat has its own."""

from portal.intake import words
from portal.intake.fhir.flatten import Node
from portal.intake.fhir.form import Page


def pages_of(nodes: list[Node], title: str) -> tuple[tuple[Page, ...], list[int]]:
    """Return the pages, and for every item the index of its page."""
    runs: list[list[int]] = []
    page_of: list[int] = []
    previous_is_loose = False
    for place, node in enumerate(nodes):
        if node.parent >= 0:
            page_of.append(page_of[node.parent])
            continue
        is_group = node.source["type"] == "group"
        if is_group or not previous_is_loose:
            runs.append([])
        runs[-1].append(place)
        page_of.append(len(runs) - 1)
        previous_is_loose = not is_group
    return tuple(_page(nodes, run, index, title) for index, run in enumerate(runs)), page_of


def _page(nodes: list[Node], run: list[int], index: int, title: str) -> Page:
    first = nodes[run[0]]
    if first.source["type"] != "group":
        return Page("", title if index == 0 else words.page_title(index + 1), tuple(run))
    is_repeated = first.source.get("repeats") is True
    children = (run[0],) if is_repeated else tuple(place for place, node in enumerate(nodes) if node.parent == run[0])
    text = str(first.source.get("text") or "").strip()
    return Page("" if is_repeated else first.path, text or words.page_title(index + 1), children)
