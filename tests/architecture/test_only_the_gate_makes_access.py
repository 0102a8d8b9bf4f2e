"""Proof of access is made in one place. A service that made its own would be a second door."""

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
PROOFS = {"AccountAccess", "ActingAccess", "ClientAccess", "PracticeAccess"}
GATE = Path("portal/access/gate.py")


def makers(source: str) -> Iterator[tuple[str, int]]:
    """Yield what builds or copies a proof: a call of the class, by any name, or of dataclasses.replace."""
    tree = ast.parse(source)
    known = {name: name for name in PROOFS} | dict(imported(tree))
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            made = known.get(ast.unparse(node.func).rpartition(".")[2])
            if made in PROOFS or (made == "replace" and any("access" in ast.unparse(given) for given in node.args)):
                yield made, node.lineno


def imported(tree: ast.Module) -> Iterator[tuple[str, str]]:
    """Yield the local and the real name of every proof, and of `replace`, however it was imported."""
    yield "replace", "replace"
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom):
            for alias in node.names:
                if alias.name in PROOFS | {"replace"}:
                    yield alias.asname or alias.name, alias.name


def test_only_the_gate_makes_proof_of_access() -> None:
    found = {
        path.relative_to(ROOT): made
        for path in sorted((ROOT / "portal").rglob("*.py"))
        if (made := list(makers(path.read_text(encoding="utf-8"))))
    }
    assert set(found) == {GATE}, found
    assert {name for name, _ in found[GATE]} == PROOFS


def test_the_check_sees_aliases_attributes_and_copies() -> None:
    assert list(makers("from portal.access.actor import ClientAccess as C\nC(actor=1)")) == [("ClientAccess", 2)]
    assert list(makers("import portal.access.actor as a\na.PracticeAccess()")) == [("PracticeAccess", 2)]
    assert list(makers("from dataclasses import replace\nreplace(access, client_id=1)")) == [("replace", 2)]
    assert list(makers("import dataclasses\ndataclasses.replace(access, task=1)")) == [("replace", 2)]
    assert list(makers("def f(access: ClientAccess) -> AccountAccess: ...")) == []
