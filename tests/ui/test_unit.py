"""What one event costs: at most two statements for access, one transaction, one commit."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import event
from sqlmodel import select

from portal.audit.service import record_access
from portal.database import Database
from portal.demo.people import Cast
from portal.errors import SignedOut
from portal.insurance.desk.state import DeskState
from portal.kit.tokens import new_token, token_hash
from portal.models import AccessLog, Permission, Session
from portal.portal import app
from portal.ui import unit as units
from portal.ui.tabs import tabs
from portal.ui.unit import Unit
from tests.conftest import Clock
from tests.security.door_state import MoreTrialState, TrialState


class Counted:
    def __init__(self) -> None:
        self.statements: list[str] = []
        self.commits = 0


@contextmanager
def counted(database: Database) -> Iterator[Counted]:
    """Count what reaches the database."""
    found = Counted()

    def note(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        if not statement.startswith("BEGIN"):
            found.statements.append(statement)

    def commit(_connection: Any) -> None:
        found.commits += 1

    engines = {database.write_engine.sync_engine, database.read_engine.sync_engine}
    for engine in engines:
        event.listen(engine, "before_cursor_execute", note)
        event.listen(engine, "commit", commit)
    yield found
    for engine in engines:
        event.remove(engine, "before_cursor_execute", note)
        event.remove(engine, "commit", commit)


@pytest.fixture
async def gina(database: Database, cast: Cast) -> str:
    """The hash of a live session of Gina's."""
    session_hash = token_hash(new_token())
    async with database.unit_of_work() as work:
        account_id = cast.accounts["gina"].id
        row = Session(account_id=account_id, token_hash=session_hash, created_at=work.now, touched_at=work.now)
        work.add(row)
    return session_hash


def _page(kind: Any, session_hash: str, subject: str, parts: dict[str, str] | None = None) -> Any:
    """A page of a tab whose address names somebody, as the middleware would hand it on."""
    root = app._state(_reflex_internal_init=True)  # type: ignore[misc]
    router = {
        "headers": {"cookie": session_hash, "origin": "http://localhost"},
        "asPath": f"/trial?for={subject}",
        "query": parts or {},
    }
    root._update_router_vars(router, {})
    page = root
    for name in kind.get_full_name().split(".")[1:]:
        page = page.substates[name]
    return page


async def test_reading_costs_one_statement_for_access_and_commits_nothing(
    database: Database, cast: Cast, gina: str
) -> None:
    page = _page(TrialState, gina, str(cast.clients["milo"].id))
    with counted(database) as cost:
        await TrialState.pay.fn(page)
    assert page.seen == "Milo Park"
    assert len(cost.statements) == 1
    assert cost.commits == 0


async def test_writing_costs_one_commit(database: Database, cast: Cast, gina: str) -> None:
    page = _page(TrialState, gina, "")
    with counted(database) as cost:
        await TrialState.rename.fn(page, name="Gina P.")
    assert page.saved
    assert cost.commits == 1
    assert len(cost.statements) <= 3


async def test_a_touch_costs_one_statement_and_only_when_due(
    database: Database, cast: Cast, gina: str, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(units, "is_by_user", lambda: True)
    page = _page(TrialState, gina, str(cast.clients["milo"].id))
    for minutes, statements, commits in ((0, 1, 0), (2, 2, 1), (0, 1, 0), (29, 2, 1), (29, 2, 1)):
        clock.now += timedelta(minutes=minutes)
        with counted(database) as cost:
            await TrialState.pay.fn(page)
        assert (len(cost.statements), cost.commits) == (statements, commits)
    clock.now += timedelta(minutes=31)
    await TrialState.pay.fn(page)
    assert page.ended
    assert page.seen == ""


async def test_a_live_update_costs_no_touch(
    database: Database, cast: Cast, gina: str, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(units, "is_by_user", lambda: True)
    clock.now += timedelta(minutes=5)
    with counted(database) as cost:
        await TrialState.reload.fn(_page(TrialState, gina, str(cast.clients["milo"].id)))
    assert cost.commits == 0


async def test_a_look_is_written_once_a_quarter_of_an_hour_and_costs_nothing_in_between(
    database: Database, cast: Cast, clock: Clock
) -> None:
    """The page's own load is a row of the log; the live updates after it are reading alone."""
    session_hash, casey = token_hash(new_token()), str(cast.clients["casey"].id)
    async with database.unit_of_work() as work:
        bea, now = cast.accounts["bea"].id, work.now
        work.add(Session(account_id=bea, token_hash=session_hash, created_at=now, touched_at=now))
    page = _page(DeskState, session_hash, "", {"client_id": casey})
    tabs.seen("", session_hash)
    try:
        for minutes, statements, commits in ((0, 3, 1), (0, 2, 0), (1, 2, 0), (15, 3, 1), (0, 2, 0)):
            clock.now += timedelta(minutes=minutes)
            with counted(database) as cost:
                await DeskState.reload.fn(page)
            assert page.loaded
            assert (len(cost.statements), cost.commits) == (statements, commits)
    finally:
        tabs.keep(lambda token: token != "")
    with counted(database) as cost:
        await DeskState.reload.fn(page)
    assert (len(cost.statements), cost.commits) == (3, 1)


async def test_a_look_that_a_handler_does_not_declare_is_not_shown(database: Database, cast: Cast, gina: str) -> None:
    page = _page(TrialState, gina, str(cast.clients["milo"].id))
    with pytest.raises(RuntimeError, match="has to declare it"):
        async with units.open_unit(page, units.Policy(Permission.PAYMENTS, reads=True)) as (work, access):
            await record_access(work, access, client_id=access.client_id, kind="answers")
    async with database.unit_of_work(writes=False) as work:
        assert (await work.exec(select(AccessLog))).all() == []


async def test_an_ended_tab_takes_nothing_from_the_background(database: Database, cast: Cast, gina: str) -> None:
    page = _page(MoreTrialState, gina, str(cast.clients["milo"].id))
    unit = Unit(page, units.Policy(None))
    async with unit.screen() as here:
        here.seen = "fine"
    page.ended = True
    with pytest.raises(SignedOut):
        async with unit.screen():
            pass
