"""The filler's handlers on the wire: every operation gets a reply by its id, and nothing else gets through."""

from typing import Any
from uuid import uuid4

import pytest

from tests.security.conftest import Door
from tests.security.tab import PAGE, Tab

FILL = f"{PAGE}.portal___intake___filling___state____fill_state"
MARKER = "marker-of-an-answer"


@pytest.fixture
async def gina(door: Door) -> Tab:
    """Gina's tab on one of Milo's open forms."""
    milo = door.client_id("milo")
    first = next(iter(await door.assignments("milo")))
    tab = await door.tab_of("gina", path=f"/forms/{first}", query={"for": milo})
    tab.parts = {"assignment_id": first}
    await tab.do(f"{FILL}.load")
    return tab


def operation(path: str, value: Any, base: int = 0, **more: Any) -> dict[str, Any]:
    return {"operation_id": str(uuid4()), "path": path, "instance": 0, "base_revision": base, "value": value, **more}


def fields(tab: Tab) -> dict[str, Any]:
    return tab.state[FILL]


def free_text(tab: Tab) -> tuple[str, int]:
    """A text question of the form that applies, and the revision its answer is at."""
    sheet = fields(tab)["sheet"]
    asked = [item for page in sheet["pages"] for item in page["items"] if item["kind"] in ("string", "text")]
    path = next(item["path"] for item in asked if item["path"] not in sheet["hidden"])
    return path, next((each["revision"] for each in sheet["answers"] if each["path"] == path), 0)


async def test_answer_is_acknowledged_by_its_id_and_applied_once(gina: Tab) -> None:
    path, base = free_text(gina)
    given = operation(path, [{"valueString": MARKER}], base)
    await gina.do(f"{FILL}.save", operation=given)
    await gina.do(f"{FILL}.save", operation=given)
    first, again = fields(gina)["replies"][-2:]
    assert (first["outcome"], first["operation_id"], first["revision"]) == ("saved", given["operation_id"], base + 1)
    assert (again["outcome"], again["operation_id"], again["revision"]) == ("saved", given["operation_id"], base + 1)


async def test_answer_over_another_is_a_conflict_with_both(gina: Tab) -> None:
    path, base = free_text(gina)
    await gina.do(f"{FILL}.save", operation=operation(path, [{"valueString": "one"}], base))
    late = operation(path, [{"valueString": "two"}], base)
    await gina.do(f"{FILL}.save", operation=late)
    reply = fields(gina)["replies"][-1]
    assert (reply["outcome"], reply["operation_id"]) == ("conflict", late["operation_id"])
    assert (reply["mine"], reply["theirs"], reply["own"]) == ([{"valueString": "two"}], [{"valueString": "one"}], True)


@pytest.mark.parametrize(
    "wrong",
    [
        {"value": "text instead of a list"},
        {"value": [{"valueString": {"a": "dict"}}]},
        {"value": [{"valueInteger": 10**30}]},
        {"value": [{"valueString": MARKER * 2000}]},
        {"value": [{"valueString": MARKER, "valueDate": "2026-01-01"}]},
        {"value": [{"valueBoolean": True}]},
        {"path": "no-such-question"},
        {"path": {"a": "dict"}},
        {"base_revision": -1},
        {"base_revision": True},
        {"instance": 7},
        {"client_id": "another field"},
    ],
)
async def test_unusable_operation_is_refused_by_its_id_and_not_quoted(gina: Tab, wrong: dict[str, Any]) -> None:
    path, base = free_text(gina)
    given = {**operation(path, [{"valueString": "fine"}], base), **wrong}
    gina.frames.clear()
    await gina.do(f"{FILL}.save", operation=given)
    reply = fields(gina)["replies"][-1]
    assert (reply["outcome"], reply["operation_id"]) == ("refused", given["operation_id"])
    assert reply["sentence"]
    assert MARKER not in gina.text
    fine = operation(path, [{"valueString": f"fine {uuid4()}"}], base)
    await gina.do(f"{FILL}.save", operation=fine)
    assert fields(gina)["replies"][-1]["outcome"] == "saved"


@pytest.mark.parametrize(
    "operation", ["text", 7, None, [], {"operation_id": {"a": "dict"}}, {"operation_id": "x" * 5000}]
)
async def test_nonsense_is_refused_without_an_id(gina: Tab, operation: Any) -> None:
    await gina.do(f"{FILL}.save", operation=operation)
    reply = fields(gina)["replies"][-1]
    assert (reply["outcome"], reply["operation_id"]) == ("refused", "")


@pytest.mark.parametrize("signature", ["Gina Park", {"typed_name": "Gina Park"}, {"typed_name": 7, "agreed": True}])
async def test_half_a_signature_is_none(gina: Tab, signature: Any) -> None:
    await gina.do(f"{FILL}.sign", fields=signature)
    assert gina.page["notice"]
    assert fields(gina)["sent"]["id"] == ""


async def test_unfinished_form_is_not_signed(gina: Tab) -> None:
    await gina.do(f"{FILL}.sign", fields={"typed_name": "Gina Park", "agreed": True})
    assert "missing" in fields(gina)["signing"]["sentence"]
    assert fields(gina)["sent"]["id"] == ""
