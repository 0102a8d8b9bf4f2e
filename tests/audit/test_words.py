"""Every action that the code writes down has words for people."""

import ast
from collections.abc import Iterator
from pathlib import Path

import portal
from portal.audit.words import ACCESS_KINDS, ACCOUNT_ACTIONS, ACTIONS

ROOT = Path(portal.__file__).parent


def literals(function: str, keyword: str) -> Iterator[str]:
    """Every literal given for a keyword in the calls of a function, anywhere in the portal."""
    for path in ROOT.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and getattr(node.func, "id", getattr(node.func, "attr", "")) == function:
                values = [item.value for item in node.keywords if item.arg == keyword]
                values += node.args[:1] if function == "Change" else []
                either = [one for value in values for one in choices(value)]
                yield from (str(value.value) for value in either if isinstance(value, ast.Constant))


def choices(value: ast.expr) -> list[ast.expr]:
    """Both ends of a choice between two."""
    return [value.body, value.orelse] if isinstance(value, ast.IfExp) else [value]


def test_every_action_has_words() -> None:
    assert set(literals("record_change", "action")) | set(literals("Change", "action")) <= set(ACTIONS)
    assert {"card.kept", "card.forgotten", "refund.given", "refund.failed", "refund.came_back"} <= set(ACTIONS)
    assert set(literals("record_account_event", "action")) <= set(ACCOUNT_ACTIONS)
    assert set(literals("record_access", "kind")) | set(literals("record_looks", "kind")) <= set(ACCESS_KINDS)
    assert set(literals("record_account_event", "action"))


def test_words_complete_the_sentence_that_begins_with_a_name() -> None:
    for words in (*ACTIONS.values(), *ACCOUNT_ACTIONS.values(), *ACCESS_KINDS.values()):
        assert words[0].islower()
        assert not words.endswith(".")
