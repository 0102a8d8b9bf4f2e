"""Opening a sheet and saving answers: once, in order, and only where they belong."""

from datetime import date
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlmodel import select

from portal.access.actor import ClientAccess
from portal.errors import Conflict, Invalid, NotFound, NotPermitted
from portal.intake import service, words
from portal.intake.views import AnswerConflict, Progress, Saved
from portal.models import AssignmentStatus, AuditEvent, FormAnswer, FormAssignment, Permission
from tests.intake.desk import Desk, code, form_of, operation, question, text, when, yes

FORM = form_of(
    {
        "linkId": "page-1",
        "type": "group",
        "text": "First",
        "item": [
            question("name", required=True),
            question("smokes", "boolean", required=True),
            question("how-many", "integer", required=True, enableWhen=[when("smokes", answerBoolean=True)]),
        ],
    },
    {
        "linkId": "page-2",
        "type": "group",
        "text": "Second",
        "item": [
            question(
                "colour",
                "choice",
                repeats=True,
                answerOption=[{"valueCoding": {"code": each, "display": each.title()}} for each in ("red", "blue")],
            ),
            question("notes", "text"),
        ],
    },
)


@pytest.fixture
async def gina(desk: Desk) -> ClientAccess:
    return await desk.forms("gina", "milo")


@pytest.fixture
async def sheet(desk: Desk) -> UUID:
    return await desk.send("milo", FORM, due_on=date(2026, 12, 1))


async def stored(desk: Desk, assignment: UUID) -> list[FormAnswer]:
    async with desk.database.unit_of_work(writes=False) as work:
        query = select(FormAnswer).where(FormAnswer.assignment_id == assignment).order_by(FormAnswer.revision)  # type: ignore[arg-type]
        return list(await work.exec(query))


async def test_a_sheet_opens_with_pages_answers_and_what_does_not_apply(
    desk: Desk, gina: ClientAccess, sheet: UUID
) -> None:
    await desk.save(gina, sheet, "name", text("Milo"))
    view = await desk.sheet(gina, sheet)
    assert [page.title for page in view.pages] == ["First", "Second"]
    assert [(answer.path, answer.value, answer.revision) for answer in view.answers] == [("name", text("Milo"), 1)]
    assert view.hidden == ["how-many"]
    assert view.progress == Progress(1, 4)
    assert view.capacity == "mother, on behalf of Milo Park"
    assert view.editable
    assert view.can_sign


async def test_an_answer_shows_and_hides_what_depends_on_it(desk: Desk, gina: ClientAccess, sheet: UUID) -> None:
    shown = await desk.save(gina, sheet, "smokes", yes())
    assert (shown.shown, shown.hidden, shown.progress) == (["how-many"], [], Progress(1, 5))
    await desk.save(gina, sheet, "how-many", [{"valueInteger": 3}])
    hidden = await desk.save(gina, sheet, "smokes", yes(False), base=1)
    assert (hidden.shown, hidden.hidden) == ([], ["how-many"])
    with pytest.raises(Invalid, match="does not apply"):
        await desk.save(gina, sheet, "how-many", [{"valueInteger": 4}], base=1)
    assert (await desk.sheet(gina, sheet)).progress == Progress(1, 4)


async def test_who_comes_back_goes_on_where_they_stopped(desk: Desk, gina: ClientAccess, sheet: UUID) -> None:
    assert (await desk.sheet(gina, sheet)).first_unanswered == 0
    await desk.save(gina, sheet, "name", text("Milo"))
    await desk.save(gina, sheet, "smokes", yes(False))
    assert (await desk.sheet(gina, sheet)).first_unanswered == 1


async def test_an_operation_applied_twice_is_applied_once(desk: Desk, gina: ClientAccess, sheet: UUID) -> None:
    first = operation("name", text("Milo"))
    saved = await desk.apply(gina, sheet, first)
    again = await desk.apply(gina, sheet, first)
    assert isinstance(saved, Saved)
    assert isinstance(again, Saved)
    assert (saved.revision, again.revision, again.saved_at) == (1, 1, saved.saved_at)
    await desk.save(gina, sheet, "name", text("Milo Park"), base=1)
    late = await desk.apply(gina, sheet, first)
    assert isinstance(late, Saved)
    assert late.revision == 1
    assert len(await stored(desk, sheet)) == 2
    assert (await desk.sheet(gina, sheet)).answers[0].value == text("Milo Park")


async def test_an_operation_id_cannot_be_used_for_another_question(desk: Desk, gina: ClientAccess, sheet: UUID) -> None:
    first = operation("name", text("Milo"))
    await desk.apply(gina, sheet, first)
    with pytest.raises(Invalid):
        await desk.apply(gina, sheet, operation("notes", text("x"), operation_id=first.operation_id))


async def test_a_second_tab_is_told_what_the_first_one_wrote(desk: Desk, gina: ClientAccess, sheet: UUID) -> None:
    await desk.save(gina, sheet, "name", text("Milo"))
    answer = await desk.apply(gina, sheet, operation("name", text("Emil")))
    assert isinstance(answer, AnswerConflict)
    assert (answer.mine, answer.theirs, answer.revision) == (text("Emil"), text("Milo"), 1)
    assert (answer.mine_text, answer.theirs_text, answer.author, answer.own) == ("Emil", "Milo", "Gina Park", True)
    assert [row.revision for row in await stored(desk, sheet)] == [1]
    kept = await desk.save(gina, sheet, "name", text("Emil"), base=answer.revision)
    assert kept.revision == 2


async def test_the_same_answer_from_two_tabs_is_no_conflict(desk: Desk, gina: ClientAccess, sheet: UUID) -> None:
    await desk.save(gina, sheet, "name", text("Milo"))
    assert (await desk.save(gina, sheet, "name", text("Milo"))).revision == 1


async def test_a_base_that_never_was_is_a_conflict(desk: Desk, gina: ClientAccess, sheet: UUID) -> None:
    answer = await desk.apply(gina, sheet, operation("name", text("Milo"), base=7))
    assert isinstance(answer, AnswerConflict)
    assert (answer.theirs, answer.revision) == ([], 0)


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("name", [{"valueString": {"a": "b"}}]),
        ("name", [{"valueInteger": 3}]),
        ("name", text("x" * 4_001)),
        ("smokes", text("yes")),
        ("smokes", [{"valueBoolean": 1}]),
        ("colour", code("green")),
        ("colour", text("Red")),
        ("nobody", text("x")),
        ("page-1", text("x")),
    ],
)
async def test_what_does_not_fit_is_refused_and_nothing_changes(
    desk: Desk, gina: ClientAccess, sheet: UUID, path: str, value: Any
) -> None:
    good = {"name": text("Milo"), "smokes": yes(), "colour": code("red", "blue")}.get(path)
    with pytest.raises(Invalid):
        await desk.save(gina, sheet, path, value)
    assert await stored(desk, sheet) == []
    if good:
        await desk.save(gina, sheet, path, good)


async def test_an_option_is_kept_as_the_form_has_it(desk: Desk, gina: ClientAccess, sheet: UUID) -> None:
    await desk.save(gina, sheet, "colour", [{"valueCoding": {"code": "red", "display": "<b>forged</b>"}}])
    assert (await desk.sheet(gina, sheet)).answers[0].value == [{"valueCoding": {"code": "red", "display": "Red"}}]


async def test_clearing_an_answer_is_an_answer(desk: Desk, gina: ClientAccess, sheet: UUID) -> None:
    await desk.save(gina, sheet, "name", text("Milo"))
    cleared = await desk.save(gina, sheet, "name", text("  "), base=1)
    assert (cleared.revision, cleared.progress.answered) == (2, 0)
    assert (await desk.sheet(gina, sheet)).answers[0].value == []


async def test_markup_stays_text(desk: Desk, gina: ClientAccess, sheet: UUID) -> None:
    nasty = "<script>alert(1)</script>\u202e'\"&{{7*7}}\r\n=cmd|' /C calc'!A0"
    await desk.save(gina, sheet, "notes", text(nasty))
    assert (await desk.sheet(gina, sheet)).answers[0].value == text(nasty)


async def test_stored_bytes_hold_no_words(desk: Desk, gina: ClientAccess, sheet: UUID) -> None:
    await desk.save(gina, sheet, "notes", text("very private words"))
    row = (await stored(desk, sheet))[0]
    assert b"private" not in row.value
    assert b"valueString" not in row.value


async def test_another_clients_sheet_is_not_there(desk: Desk, gina: ClientAccess, sheet: UUID) -> None:
    other = await desk.send("casey", FORM)
    elsewhere = await desk.send("quinn", FORM)
    for foreign in (other, elsewhere, uuid4()):
        with pytest.raises(NotFound):
            await desk.sheet(gina, foreign)
        with pytest.raises(NotFound):
            await desk.save(gina, foreign, "name", text("x"))
        with pytest.raises(NotFound):
            await desk.sign(gina, foreign)
        with pytest.raises(NotFound):
            await desk.review(gina, foreign)
    await desk.save(gina, sheet, "name", text("x"))


async def test_pete_pays_and_fills_in_nothing(desk: Desk, sheet: UUID) -> None:
    paying = await desk.open("pete", "milo", Permission.PAYMENTS)
    with pytest.raises(NotPermitted):
        await desk.sheet(paying, sheet)
    with pytest.raises(NotPermitted):
        await desk.forms("pete", "milo")


@pytest.mark.parametrize("status", [AssignmentStatus.REVOKED, AssignmentStatus.EXPIRED])
async def test_a_form_that_was_taken_back_is_gone(
    desk: Desk, gina: ClientAccess, sheet: UUID, status: AssignmentStatus
) -> None:
    await desk.sheet(gina, sheet)
    async with desk.writing() as work:
        row = await work.get_one(FormAssignment, sheet)
        row.status = status
        work.add(row)
    with pytest.raises(NotFound):
        await desk.sheet(gina, sheet)
    with pytest.raises(NotFound):
        await desk.save(gina, sheet, "name", text("x"))
    async with desk.database.unit_of_work(writes=False) as work:
        assert await service.list_assignments(work, gina) == []


async def test_a_signed_sheet_takes_no_answer(desk: Desk, gina: ClientAccess, sheet: UUID) -> None:
    await desk.save(gina, sheet, "name", text("Milo"))
    await desk.save(gina, sheet, "smokes", yes(False))
    await desk.sign(gina, sheet)
    with pytest.raises(Conflict, match=words.CLOSED):
        await desk.save(gina, sheet, "notes", text("one more thing"))
    assert not (await desk.sheet(gina, sheet)).editable


async def test_the_first_look_and_the_first_answer_are_noted_once(desk: Desk, gina: ClientAccess, sheet: UUID) -> None:
    seen = []
    for _ in range(2):
        async with desk.writing() as work:
            seen.append(await service.mark_seen(work, gina, assignment_id=sheet))
    await desk.save(gina, sheet, "name", text("Milo"))
    await desk.save(gina, sheet, "notes", text("more"))
    assert seen == [True, False]
    async with desk.database.unit_of_work(writes=False) as work:
        row = await work.get_one(FormAssignment, sheet)
        actions = [event.action for event in await work.exec(select(AuditEvent).order_by(AuditEvent.sequence))]  # type: ignore[arg-type]
    assert (row.status, row.revision, row.seen_at, row.started_at) == (
        AssignmentStatus.IN_PROGRESS,
        2,
        desk.clock.now,
        desk.clock.now,
    )
    assert [action for action in actions if action != "form.imported"] == ["form.sent", "form.seen", "form.started"]


async def test_what_is_due_first_stands_first(desk: Desk, gina: ClientAccess) -> None:
    await desk.send("milo", form_of(question("a"), title="No day"))
    await desk.send("milo", form_of(question("b"), title="Later"), due_on=date(2026, 12, 24))
    late = await desk.send("milo", form_of(question("c"), title="Late"), due_on=date(2026, 11, 1))
    await desk.save(gina, late, "c", text("x"))
    async with desk.database.unit_of_work(writes=False) as work:
        listed = await service.list_assignments(work, gina)
    assert [(view.title, view.is_overdue, view.progress) for view in listed] == [
        ("Late", True, Progress(1, 1)),
        ("Later", False, Progress(0, 1)),
        ("No day", False, Progress(0, 1)),
    ]
    await desk.sign(gina, late)
    async with desk.database.unit_of_work(writes=False) as work:
        listed = await service.list_assignments(work, gina)
    assert [(view.title, view.open) for view in listed] == [("Later", True), ("No day", True), ("Late", False)]


async def test_todos_are_of_everybody_whose_forms_one_may_fill_in(desk: Desk) -> None:
    sent = {name: await desk.send(name, FORM) for name in ("milo", "gina", "tara", "casey", "casey_lakeside")}

    async def todos(person: str) -> set[str]:
        subjects, account_id = await desk.subjects(person), desk.cast.accounts[person].id
        async with desk.database.unit_of_work(writes=False) as work:
            return {view.id for view in await service.list_todos(work, subjects.clients, account_id=account_id)}

    assert await todos("gina") == {str(sent["milo"]), str(sent["gina"])}
    assert await todos("pete") == set()
    assert await todos("tara") == {str(sent["tara"])}
    assert await todos("casey") == {str(sent["casey"]), str(sent["casey_lakeside"])}


async def test_few_statements(desk: Desk, gina: ClientAccess, sheet: UUID) -> None:
    await desk.save(gina, sheet, "name", text("Milo"))
    with desk.counting() as opened:
        await desk.sheet(gina, sheet)
    with desk.counting() as first:
        await desk.save(gina, sheet, "smokes", yes())
    with desk.counting() as change:
        await desk.save(gina, sheet, "smokes", yes(False), base=1)
    with desk.counting() as listed:
        async with desk.database.unit_of_work(writes=False) as work:
            await service.list_assignments(work, gina)
    assert (len(opened), len(first), len(change), len(listed)) == (2, 3, 4, 2)
