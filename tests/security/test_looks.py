"""The log of looks over a bare socket: whatever shows health data says so, and leaves a row whoever calls it."""

from collections.abc import AsyncIterator
from typing import Any
from uuid import UUID

import pytest
from sqlmodel import select

from portal.models import InsurancePolicy, Role
from portal.ui.policy import policy_of
from tests.security.conftest import Door
from tests.security.newcomers import Newcomers, signed_and_waiting
from tests.security.tab import PAGE
from tests.security.test_forms_staff_page import COURSE, HANDLING, page_at, signed_sheet
from tests.security.test_insurance_page import DESK, OWNS
from tests.security.test_insurance_page import SECRET as POLICY
from tests.security.test_messages import SECRET, STAFF, THREAD
from tests.security.test_registry import OWN, STATES
from tests.security.test_signed_once import FILL

ANSWERS = f"{PAGE}.portal___intake___answers___state____answers_state"
APPOINTMENTS = f"{PAGE}.portal___scheduling___state____appointments_state"

SHOWS = {
    "answers_state": "answers",
    "handling_state": "answers",
    "course_state": "answers",
    "fill_state": "answers",
    "desk_state": "insurance",
    "insurance_state": "insurance",
    "review_state": "insurance",
    "staff_thread_state": "messages",
    "thread_state": "messages",
    "appointments_state": "appointments",
    "requests_state": "appointments",
    "superbill_state": "diagnosis",
}
"""The States that show answers, policies, messages, appointments or diagnoses, and what a look at them is called."""

BLIND = {
    "handling_state.write_about",
    "fill_state.note_seen",
    "desk_state.suggest",
    "desk_state.save",
    "desk_state.arrange",
    "insurance_state.suggest",
    "insurance_state.take_back",
    "review_state.load",
    "review_state.reload",
    "review_state.more",
    "review_state.suggest",
    "review_state.decide",
    "review_state.accept_everything",
    "staff_thread_state.send",
    "staff_thread_state.seen",
    "staff_thread_state.keep_draft",
    "staff_thread_state.put_aside",
    "thread_state.send",
    "thread_state.seen",
    "thread_state.keep_draft",
    "thread_state.put_aside",
    "appointments_state.cancel",
    "appointments_state.withdraw",
    "appointments_state.accept",
    "requests_state.confirm",
    "requests_state.open_decline",
    "requests_state.close_decline",
    "requests_state.decline",
    "requests_state.undo",
    "superbill_state.load",
    "superbill_state.reload",
    "superbill_state.ask",
}
"""Handlers of these States that show nothing of it. Adding one is a decision."""

HELD = {
    "ReadPage",
    "SheetView",
    "Around",
    "Said",
    "CourseView",
    "PolicyView",
    "PastVersion",
    "ProposalView",
    "MessageView",
    "ThreadView",
    "AppointmentView",
    "RequestView",
    "InboxRow",
    "DiagnosisRow",
}
"""The views that hold health data: a State that has one stands in the table. The staff's calendar has none of them."""

EMPTY = {"preview_state"}
"""Shows a form that nobody fills in."""


def short(state: Any) -> str:
    return str(state.get_full_name().rsplit("____", 1)[1])


def names_in(kind: Any) -> set[str]:
    """Return the names of all classes in a type: those within lists and choices, too."""
    inner = getattr(kind, "__args__", ())
    return {getattr(kind, "__name__", "")}.union(*(names_in(one) for one in inner))


def test_every_state_that_holds_health_data_stands_in_the_table() -> None:
    holding, seen = set(), set()
    for state in STATES:
        if state.__module__.startswith("portal."):
            kinds = [field.annotated_type for field in state.__fields__.values() if field._owner is state]
            held = HELD & set().union(*(names_in(kind) for kind in kinds))
            holding |= {short(state)} if held else set()
            seen |= held
    assert holding - EMPTY == SHOWS.keys()
    assert seen == HELD, "a view was renamed"


def test_every_handler_that_shows_it_declares_the_look() -> None:
    found = {name.rsplit("____", 1)[1]: policy_of(OWN[name].handler.fn) for name in OWN}
    here = {name: policy for name, policy in found.items() if policy and name.split(".")[0] in SHOWS}
    assert here.keys() >= BLIND
    forgotten = {name for name, policy in here.items() if policy.look != SHOWS[name.split(".")[0]]}
    assert forgotten == BLIND, "declare look=, or add it to those that show nothing"
    assert [name for name, policy in found.items() if policy and policy.look and name not in here] == []


@pytest.fixture
async def newcomers(door: Door) -> AsyncIterator[Newcomers]:
    """Makes somebody new for one test."""
    made = Newcomers(door)
    yield made
    await made.leave()


@pytest.mark.parametrize("role", [Role.THERAPIST, Role.ADMIN])
@pytest.mark.parametrize(
    ("handler", "sent"),
    [
        (f"{ANSWERS}.load", {}),
        (f"{ANSWERS}.reload", {}),
        (f"{HANDLING}.load", {}),
        (f"{HANDLING}.reload", {}),
        (f"{HANDLING}.show_version", {"number": 1}),
        (f"{HANDLING}.comment", {"fields": {"text": "Well done"}}),
    ],
)
async def test_staff_read_no_answers_without_a_trace(
    door: Door, newcomers: Newcomers, role: Role, handler: str, sent: dict[str, Any]
) -> None:
    nora, sheet = await newcomers.staff(role), await signed_sheet(door)
    tab = await nora.at(assignment_id=sheet)
    await tab.do(handler, **sent)
    assert not tab.refused, tab.page
    assert await nora.looks() == [(door.client_id("casey"), "answers")]


async def test_scores_over_time_are_a_look_at_answers(door: Door, newcomers: Newcomers) -> None:
    """Also from a form about the client that nobody signed: they are those of other sheets."""
    nora, sheets = await newcomers.staff(Role.ADMIN), await signed_and_waiting(door)
    for sheet in sheets:
        tab = await nora.at(assignment_id=sheet)
        await tab.do(f"{COURSE}.load")
        assert len(tab.state[COURSE]["courses"]) == 1
        assert await nora.looks() == [(door.client_id("omar"), "answers")]
        nora = await newcomers.staff(Role.ADMIN)
    tab = await nora.at(assignment_id=await signed_sheet(door))
    await tab.do(f"{COURSE}.load")
    assert tab.state[COURSE]["courses"] == await nora.looks() == [], "a form without a score shows none"


@pytest.mark.parametrize("role", [Role.BILLER, Role.ADMIN])
@pytest.mark.parametrize("handler", ["load", "reload", "edit", "show_past"])
async def test_staff_read_no_policy_without_a_trace(
    door: Door,
    newcomers: Newcomers,
    policies: dict[str, str],
    role: Role,
    handler: str,
) -> None:
    nora = await newcomers.staff(role)
    tab = await nora.at(client_id=door.client_id("casey"))
    sent = {"policy": policies["casey"]} if handler in ("edit", "show_past") else {}
    await tab.do(f"{DESK}.{handler}", **sent)
    assert POLICY in tab.text or handler == "show_past"
    assert await nora.looks() == [(door.client_id("casey"), "insurance")]


@pytest.mark.parametrize("handler", ["load", "reload", "show_earlier"])
async def test_staff_read_no_message_without_a_trace(
    door: Door,
    newcomers: Newcomers,
    thread: str,
    handler: str,
) -> None:
    nora = await newcomers.staff(Role.THERAPIST, thread=thread)
    tab = await nora.at(thread_id=thread)
    await tab.do(f"{STAFF}.{handler}", **({"before": 2} if handler == "show_earlier" else {}))
    assert f"{SECRET}-body" in tab.text
    assert await nora.looks() == [(door.client_id("milo"), "messages")]


@pytest.mark.parametrize(
    ("handler", "sent", "kind"),
    [
        (f"{OWNS}.load", {}, "insurance"),
        (f"{OWNS}.reload", {}, "insurance"),
        (f"{OWNS}.edit", {"policy": "new"}, "insurance"),
        (f"{THREAD}.load", {}, "messages"),
        (f"{THREAD}.reload", {}, "messages"),
        (f"{THREAD}.show_earlier", {"before": 2}, "messages"),
        (f"{APPOINTMENTS}.load", {}, "appointments"),
        (f"{APPOINTMENTS}.reload", {}, "appointments"),
        (f"{APPOINTMENTS}.see_zone", {"zone": "Asia/Tokyo"}, "appointments"),
        (f"{FILL}.load", {}, "answers"),
        (f"{FILL}.reload", {}, "answers"),
        (f"{FILL}.look_over", {}, "answers"),
    ],
)
async def test_a_contact_reads_nothing_without_a_trace(
    door: Door,
    newcomers: Newcomers,
    policies: dict[str, str],
    thread: str,
    handler: str,
    sent: dict[str, Any],
    kind: str,
) -> None:
    nora, milo = await newcomers.contact(thread), door.client_id("milo")
    parts = {"thread_id": thread, "assignment_id": (await door.assignments("milo"))[0]}
    tab = await nora.at({"for": milo}, **parts)
    await tab.do(handler, **sent)
    assert not tab.refused, tab.page
    assert await nora.looks() == [(milo, kind)]


async def test_who_is_refused_left_no_trace_and_who_shows_nothing_neither(
    door: Door,
    newcomers: Newcomers,
    policies: dict[str, str],
) -> None:
    nora, sheet = await newcomers.staff(Role.FRONT_DESK), await signed_sheet(door)
    tab = await nora.at(assignment_id=sheet, client_id=door.client_id("casey"))
    for handler, sent in ((f"{HANDLING}.load", {}), (f"{HANDLING}.show_version", {"number": 1}), (f"{DESK}.load", {})):
        await tab.do(handler, **sent)
        assert tab.refused
    bill = await newcomers.staff(Role.BILLER)
    desk = await bill.at(client_id=door.client_id("casey"))
    await desk.do(f"{DESK}.edit", policy="")
    await desk.do(f"{DESK}.suggest", typed="aet")
    waiting = await newcomers.staff(Role.ADMIN)
    page = await waiting.at(assignment_id=(await door.assignments("milo"))[0])
    await page.do(f"{HANDLING}.load")
    await page.do(f"{HANDLING}.show_version", number=0)
    assert [await one.looks() for one in (nora, bill, waiting)] == [[], [], []]


async def test_a_page_that_is_made_another_clients_between_two_live_updates_leaves_a_trace(
    door: Door,
    newcomers: Newcomers,
    policies: dict[str, str],
) -> None:
    """Whose page a live update fills is what the browser said last, in whatever it sent."""
    nora = await newcomers.staff(Role.BILLER)
    tab = await nora.at(client_id=door.client_id("casey"))
    await tab.do(f"{DESK}.load")
    tab.parts = {"client_id": door.client_id("milo")}
    await tab.settle()
    tab.frames.clear()
    async with door.database.unit_of_work(writes=False) as work:
        query = select(InsurancePolicy.revision).where(InsurancePolicy.id == UUID(policies["casey"]))
        seen = (await work.exec(query)).one()
    bea = await page_at(door, "bea", "/practice/clients/[client_id]/insurance", client_id=door.client_id("casey"))
    await bea.do(f"{DESK}.arrange", policy=policies["casey"], place=0, seen=seen)
    await tab.until(lambda: POLICY in tab.text)
    milo, casey = door.client_id("milo"), door.client_id("casey")
    assert sorted(await nora.looks()) == sorted([(casey, "insurance"), (milo, "insurance")])
