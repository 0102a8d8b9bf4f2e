"""Every part of a page is on a page: one that nobody shows would be loaded, tested, and never seen."""

import ast
import re
from collections.abc import Iterator, Sequence

from tests.architecture.source import Module, modules


def unshown(all_modules: Sequence[Module]) -> list[str]:
    """Return the functions of components that are neither taken from anywhere nor named in their own module."""
    taken = {one for module in all_modules for one in _taken(module.tree)}
    found = []
    for module in all_modules:
        if not re.search(r"/components\w*\.py$", module.path):
            continue
        dotted = module.path.removesuffix(".py").replace("/", ".")
        here = {node.id for node in ast.walk(module.tree) if isinstance(node, ast.Name)}
        found += [
            f"{module.path}: {one.name}"
            for one in module.functions()
            if one.name not in here and f"{dotted}.{one.name}" not in taken
        ]
    return found


def _taken(tree: ast.Module) -> Iterator[str]:
    """Name what a module imports, and what it takes from modules that it imports whole."""
    known: dict[str, str] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom):
            known |= {alias.asname or alias.name: f"{node.module}.{alias.name}" for alias in node.names}
    yield from known.values()
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id in known:
            yield f"{known[node.value.id]}.{node.attr}"


def test_every_part_is_shown_somewhere() -> None:
    assert unshown(modules()) == []


def test_a_part_that_nobody_shows_would_be_found() -> None:
    page = "from portal.rooms.components import shown\n"
    parts = "def shown(): return _inner()\ndef _inner(): return State.alerts\ndef alerts(): ...\n"
    found = [
        Module("portal/rooms/page.py", page, ast.parse(page)),
        Module("portal/rooms/components.py", parts, ast.parse(parts)),
    ]
    assert unshown(found) == ["portal/rooms/components.py: alerts"]
