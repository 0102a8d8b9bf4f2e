"""Who may know whom, beyond what import-linter checks: the lines drawn in docs/architecture.md."""

import ast
import re
from collections import Counter
from collections.abc import Iterator

from tests.architecture.source import Function, modules

REFLEX = re.compile(
    r"portal/(portal|lifetime)\.py|portal/ui/.*\.py|portal/.*/(state|page|components)(_\w+)?\.py|portal/.*/(state|page)s?/.*"
)
CLOCK = "portal/kit/clock.py"
NOW = {"now", "utcnow", "today", "time", "fromtimestamp"}
CLOCKS = {"datetime", "date", "time"}
ACCESS = re.compile(r"\b(ClientAccess|PracticeAccess|AccountAccess|Access|Actor|Person|System)\b")
# Services that take an id without a proof of access, and why nobody can misuse them.
WITHOUT_ACCESS = {
    "portal/audit/service.py": "writes down what a caller with access did, and takes the actor",
    "portal/accounts/": "decides who is who: there is no access before it",
    "portal/invitations/": "decides who is who: there is no access before it",
    "portal/intake/service_forms.py:list_forms": "the titles of a practice's forms, for the command line",
    "portal/intake/service_forms.py:export_questionnaire": "an empty form, for the command line",
    "portal/intake/service_filling.py:list_todos": "takes the subjects that the gate made, and whose eyes see them",
    "portal/intake/document/service_document.py:verify_sheet": "says whether a sheet is intact, for the command line",
    "portal/clients/service_coming_of_age.py:announce": "a job tells a client that they came of age",
}


def calls(tree: ast.AST) -> Iterator[ast.Call]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            yield node


def test_only_the_unit_of_work_commits() -> None:
    commits = [
        module.path
        for module in modules()
        for call in calls(module.tree)
        if isinstance(call.func, ast.Attribute) and call.func.attr in {"commit", "rollback"}
    ]
    beneath = "portal/sqlite.py"
    assert [path for path in commits if path != beneath] == ["portal/database.py"]


def test_only_pages_know_reflex() -> None:
    knowing = {
        module.path for module in modules() if any(name.split(".")[0].startswith("reflex") for name in module.imports())
    }
    assert "portal/portal.py" in knowing
    assert {path for path in knowing if not REFLEX.fullmatch(path)} == set()


def test_only_the_clock_knows_what_time_it_is() -> None:
    asked = [
        f"{module.path}:{call.lineno}"
        for module in modules()
        if module.path != CLOCK
        for call in calls(module.tree)
        if isinstance(call.func, ast.Attribute)
        and call.func.attr in NOW
        and ast.unparse(call.func.value).split(".")[-1] in CLOCKS
    ]
    assert asked == []


def test_every_question_is_answered_in_one_place() -> None:
    """The ten-second test: grep for "def may_pay" prints one line."""
    questions = [
        (node.name, module.path)
        for module in modules()
        for node in module.tree.body
        if isinstance(node, Function) and node.name.startswith("may_")
    ]
    counted = Counter(name for name, _ in questions)
    assert counted["may_pay"] == 1
    assert [name for name, count in counted.items() if count > 1] == []
    assert {path for _, path in questions if not path.startswith("portal/access/policies/")} == set()


def parameters(function: Function) -> list[ast.arg]:
    return [*function.args.posonlyargs, *function.args.args, *function.args.kwonlyargs]


def use_cases() -> Iterator[tuple[str, Function]]:
    """Every public function of a service that opens the database."""
    for module in modules():
        if re.search(r"/service(_\w+)?\.py$", module.path):
            for node in module.tree.body:
                if isinstance(node, Function) and not node.name.startswith("_"):
                    yield module.path, node


def takes_bare_id(function: Function) -> bool:
    """Say whether a function opens the database for an id alone."""
    given = parameters(function)
    if not any(arg.annotation and ast.unparse(arg.annotation) == "Work" for arg in given):
        return False
    has_id = any(re.search(r"\bUUID\b", ast.unparse(arg.annotation)) for arg in given if arg.annotation)
    has_proof = any(ACCESS.search(ast.unparse(arg.annotation)) for arg in given if arg.annotation)
    return has_id and not has_proof


def test_services_take_proof_of_access_not_bare_ids() -> None:
    bare = {
        f"{path}:{function.name}"
        for path, function in use_cases()
        if takes_bare_id(function) and not any(f"{path}:{function.name}".startswith(known) for known in WITHOUT_ACCESS)
    }
    assert len(list(use_cases())) > 15
    assert bare == set()


def test_a_bare_id_would_be_seen() -> None:
    function = ast.parse("async def read(work: Work, *, client_id: UUID) -> None: ...").body[0]
    assert isinstance(function, Function)
    assert takes_bare_id(function)
    better = ast.parse("async def read(work: Work, access: ClientAccess, *, form_id: UUID) -> None: ...").body[0]
    assert isinstance(better, Function)
    assert not takes_bare_id(better)


def needs_words(node: ast.stmt) -> bool:
    """Public functions and classes; the several signatures of one function need them once."""
    if not isinstance(node, Function | ast.ClassDef) or node.name.startswith("_"):
        return False
    return not any(ast.unparse(decorator) == "overload" for decorator in node.decorator_list)


def test_every_public_function_and_class_says_what_it_is_for() -> None:
    silent = [
        f"{module.path}:{ast.unparse(node).splitlines()[0]}"
        for module in modules()
        for node in module.tree.body
        if needs_words(node) and not ast.get_docstring(node)  # type: ignore[arg-type]  # needs_words saw to that
    ]
    assert silent == []
    assert [module.path for module in modules() if module.text.strip() and not ast.get_docstring(module.tree)] == []
