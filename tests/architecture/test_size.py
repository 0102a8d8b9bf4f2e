"""Small: nothing is longer than one can hold in one's head."""

import ast

from tests.architecture.source import ROOT, length, modules

MODULE, FUNCTION, STATE, HANDLERS = 300, 40, 120, 8
EVERYTHING = ("portal", "tests", "bench")
SCRIPTS = ("portal", "assets")


def states() -> list[tuple[str, ast.ClassDef]]:
    """Every class that stands for a page's state, by its name."""
    return [
        (module.path, found)
        for module in modules()
        for found in module.classes()
        if any(ast.unparse(base).split(".")[-1].endswith("State") for base in found.bases)
    ]


def handlers(state: ast.ClassDef) -> list[str]:
    return [
        node.name
        for node in state.body
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and any("event" in ast.unparse(decorator) for decorator in node.decorator_list)
    ]


def test_no_module_is_long() -> None:
    long = {
        module.path: lines
        for folder in EVERYTHING
        for module in modules(folder)
        if (lines := module.text.count("\n")) > MODULE
    }
    assert long == {}


def test_no_script_is_long() -> None:
    long = {
        path.relative_to(ROOT).as_posix(): lines
        for folder in SCRIPTS
        for path in (ROOT / folder).rglob("*.js*")
        if path.suffix in {".js", ".jsx"}
        and "external" not in path.parts
        and (lines := path.read_text().count("\n")) > MODULE
    }
    assert long == {}


def test_no_function_is_long() -> None:
    """Pages are functions, so this is their limit too."""
    long = {
        f"{module.path}:{node.name}": length(node)
        for folder in EVERYTHING
        for module in modules(folder)
        for node in module.functions()
        if length(node) > FUNCTION
    }
    assert long == {}


def test_no_state_is_long_or_has_many_handlers() -> None:
    assert len(states()) > 3
    assert {f"{path}:{state.name}": length(state) for path, state in states() if length(state) > STATE} == {}
    many = {f"{path}:{state.name}": handlers(state) for path, state in states() if len(handlers(state)) > HANDLERS}
    assert many == {}
    assert any(handlers(state) for _, state in states())
