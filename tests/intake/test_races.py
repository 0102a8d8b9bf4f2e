"""Several people at one sheet at the same moment. Each race has a control: with the safeguard off, it goes wrong."""

import asyncio
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import event
from sqlalchemy import text as sql
from sqlalchemy.exc import DBAPIError
from sqlmodel import func, select

from portal.access.actor import ClientAccess
from portal.errors import Conflict, Invalid
from portal.intake import changes, service
from portal.intake.views import AnswerConflict, Saved
from portal.models import FormAnswer, FormResponse
from tests.intake.desk import Desk, form_of, operation, question, text
from tests.unlocked import unlocked_engine

FORM = form_of(question("name", required=True), question("more", "text"))


@pytest.fixture
async def gina(desk: Desk) -> ClientAccess:
    return await desk.forms("gina", "milo")


@pytest.fixture
async def sheet(desk: Desk) -> UUID:
    return await desk.send("milo", FORM)


@contextmanager
def notice(desk: Desk, *beginnings: str) -> Iterator[asyncio.Event]:
    """An event that is set when a statement that begins like this is sent."""
    sent = asyncio.Event()

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if statement.startswith(beginnings):
            sent.set()

    engine = desk.database.write_engine.sync_engine
    event.listen(engine, "before_cursor_execute", note)
    yield sent
    event.remove(engine, "before_cursor_execute", note)


def first_of(desk: Desk, *beginnings: str) -> Sequence[str]:
    """Return what shows that somebody came second: on SQLite the first statement, which has to wait for the lock."""
    waits = desk.database.is_sqlite and desk.database.write_engine is not desk.database.read_engine
    return ("SELECT",) if waits else beginnings


async def drop_safeguards(desk: Desk) -> None:
    """Take away what keeps two answers from standing in one place, and (SQLite) the lock on writing."""
    async with desk.database.write_engine.begin() as connection:
        await connection.execute(sql("DROP INDEX uq_form_answer_current"))
        if not desk.database.is_sqlite:
            named = "SELECT conname FROM pg_constraint WHERE conrelid = 'form_answer'::regclass AND contype = 'u'"
            for (name,) in (await connection.execute(sql(named))).all():
                await connection.execute(sql(f'ALTER TABLE form_answer DROP CONSTRAINT "{name}"'))
    desk.database.write_engine = desk.database.read_engine = unlocked_engine(desk.database)


async def two_at_once(desk: Desk, gina: ClientAccess, sheet: UUID, base: int) -> list[Any]:
    """Let a second answer come while the first is written and not yet committed."""
    with notice(desk, *first_of(desk, "UPDATE form_assignment")) as arrived:
        async with desk.database.unit_of_work() as work:
            first = await service.save_answer(
                work, gina, assignment_id=sheet, operation=operation("name", text("Milo"), base)
            )
            arrived.clear()
            other = asyncio.create_task(desk.apply(gina, sheet, operation("name", text("Emil"), base)))
            await arrived.wait()
    return [first, *await asyncio.gather(other, return_exceptions=True)]


@pytest.mark.parametrize("base", [0, 1])
async def test_of_two_savers_one_saves_and_one_is_asked(desk: Desk, gina: ClientAccess, sheet: UUID, base: int) -> None:
    if base:
        await desk.save(gina, sheet, "name", text("first"))
    first, second = await two_at_once(desk, gina, sheet, base)
    assert isinstance(first, Saved)
    assert isinstance(second, AnswerConflict)
    assert (second.mine, second.theirs, second.revision) == (text("Emil"), text("Milo"), base + 1)


async def test_control_without_the_safeguards_the_second_one_goes_wrong(
    desk: Desk, gina: ClientAccess, sheet: UUID
) -> None:
    await drop_safeguards(desk)
    first, second = await two_at_once(desk, gina, sheet, 0)
    assert isinstance(first, Saved)
    if desk.database.is_sqlite:
        assert isinstance(second, DBAPIError)
        assert "locked" in str(second)
        return
    assert isinstance(second, Saved)
    async with desk.database.unit_of_work(writes=False) as work:
        query = select(func.count()).where(FormAnswer.assignment_id == sheet, FormAnswer.is_current)
        assert (await work.exec(query)).one() == 2


async def test_of_many_savers_one_saves(desk: Desk, gina: ClientAccess, sheet: UUID) -> None:
    answers = await asyncio.gather(
        *(desk.apply(gina, sheet, operation("name", text(f"name {number}"))) for number in range(8))
    )
    assert sorted(type(answer).__name__ for answer in answers) == ["AnswerConflict"] * 7 + ["Saved"]


async def test_one_operation_sent_many_times_at_once_is_applied_once(
    desk: Desk, gina: ClientAccess, sheet: UUID
) -> None:
    once = operation("name", text("Milo"))
    answers = await asyncio.gather(*(desk.apply(gina, sheet, once) for _ in range(6)))
    assert {(type(answer), answer.revision) for answer in answers} == {(Saved, 1)}
    async with desk.database.unit_of_work(writes=False) as work:
        query = select(func.count()).select_from(FormAnswer).where(FormAnswer.assignment_id == sheet)
        assert (await work.exec(query)).one() == 1


async def test_one_operation_for_two_questions_at_once_empties_neither(
    desk: Desk, gina: ClientAccess, sheet: UUID
) -> None:
    """The page catches the refusal and commits: whatever was begun before it must not stay half done."""
    await desk.save(gina, sheet, "name", text("Milo"))
    await desk.save(gina, sheet, "more", text("Notes"))
    first, second = (operation(path, text("changed"), 1, once) for once in [uuid4()] for path in ("name", "more"))

    async def late() -> None:
        async with desk.writing() as work:
            with suppress(Invalid):
                await service.save_answer(work, gina, assignment_id=sheet, operation=second)

    with notice(desk, *first_of(desk, "UPDATE form_assignment")) as arrived:
        async with desk.writing() as work:
            await service.save_answer(work, gina, assignment_id=sheet, operation=first)
            arrived.clear()
            other = asyncio.create_task(late())
            await arrived.wait()
    await other
    answers = {answer.path: answer.value for answer in (await desk.sheet(gina, sheet)).answers}
    assert answers == {"name": text("changed"), "more": text("Notes")}


async def test_people_who_answer_different_questions_never_meet(desk: Desk, gina: ClientAccess, sheet: UUID) -> None:
    answers = await asyncio.gather(
        desk.apply(gina, sheet, operation("name", text("Milo"))),
        desk.apply(gina, sheet, operation("more", text("much"))),
    )
    assert [type(answer) for answer in answers] == [Saved, Saved]


async def save_and_catch(desk: Desk, gina: ClientAccess, sheet: UUID) -> Any:
    """Save as a page does: a refusal is caught and shown, and the unit is committed."""
    async with desk.writing() as work:
        try:
            return await service.save_answer(work, gina, assignment_id=sheet, operation=operation("more", text("late")))
        except Conflict as refused:
            return refused


async def answer_while_signing(desk: Desk, gina: ClientAccess, sheet: UUID) -> Any:
    """Let an answer come while the sheet is being signed."""
    with notice(desk, *first_of(desk, "UPDATE form_assignment", "INSERT INTO form_answer")) as arrived:
        async with desk.database.unit_of_work() as work:
            await service.sign_and_submit(work, gina, assignment_id=sheet, typed_name="Gina Park", agreed=True)
            arrived.clear()
            other = asyncio.create_task(save_and_catch(desk, gina, sheet))
            await arrived.wait()
    return (await asyncio.gather(other, return_exceptions=True))[0]


async def test_an_answer_that_comes_while_a_sheet_is_signed_is_refused(
    desk: Desk, gina: ClientAccess, sheet: UUID
) -> None:
    await desk.save(gina, sheet, "name", text("Milo"))
    assert isinstance(await answer_while_signing(desk, gina, sheet), Conflict)
    assert [answer.path for answer in (await desk.sheet(gina, sheet)).answers] == ["name"]


async def test_control_without_the_check_on_the_sheet_a_late_answer_is_kept(
    desk: Desk, gina: ClientAccess, sheet: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    if desk.database.is_sqlite:
        desk.database.write_engine = desk.database.read_engine = unlocked_engine(desk.database)
    await desk.save(gina, sheet, "name", text("Milo"))
    monkeypatch.setattr(changes, "count_answer", _without_check)
    late = await answer_while_signing(desk, gina, sheet)
    assert isinstance(late, DBAPIError if desk.database.is_sqlite else Saved)


async def _without_check(*_: object) -> bool:
    return True


async def test_an_answer_on_its_way_is_in_the_signed_sheet(desk: Desk, gina: ClientAccess, sheet: UUID) -> None:
    await desk.save(gina, sheet, "name", text("Milo"))
    with notice(desk, *first_of(desk, "SELECT form_assignment.id")) as arrived:
        async with desk.database.unit_of_work() as work:
            await service.save_answer(work, gina, assignment_id=sheet, operation=operation("more", text("in time")))
            arrived.clear()
            signing = asyncio.create_task(desk.sign(gina, sheet))
            await arrived.wait()
    await signing
    view = await desk.read(await desk.staff("tess"), sheet)
    assert [(line.path, line.answers) for line in view.sections[0].lines] == [
        ("name", ["Milo"]),
        ("more", ["in time"]),
    ]


async def test_a_double_click_on_sign_makes_one_signature(desk: Desk, gina: ClientAccess, sheet: UUID) -> None:
    await desk.save(gina, sheet, "name", text("Milo"))
    signed = await asyncio.gather(*(desk.sign(gina, sheet) for _ in range(4)))
    assert len({each.sha256 for each in signed}) == 1
    async with desk.database.unit_of_work(writes=False) as work:
        assert (await work.exec(select(func.count()).select_from(FormResponse))).one() == 1
