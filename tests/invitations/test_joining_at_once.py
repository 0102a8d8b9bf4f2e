"""Several tabs, guesses and staff at once: one joins, everything counts, and without the lock it shows."""

import asyncio
from typing import Any

import pytest

from portal.errors import Conflict
from portal.invitations import queries_accepting, service_accepting
from portal.invitations.service import DeadInvitation, WrongBirthDate
from portal.models import Invitation
from tests.invitations.desk import FrontDesk
from tests.invitations.looking import accounts, count, dead_reason, invite_as
from tests.logins import sign_in

WRONG = "1990-05-30"


async def test_dates_guessed_in_parallel_are_all_counted(desk: FrontDesk) -> None:
    await desk.invite("robin")
    token = await desk.token()
    guesses = [desk.join(token, f"1990-05-{day:02}") for day in range(1, 13)]
    outcomes = await asyncio.gather(*guesses, return_exceptions=True)
    assert sum(isinstance(one, WrongBirthDate) for one in outcomes) == 4
    assert sum(isinstance(one, DeadInvitation) for one in outcomes) == 8
    assert await dead_reason(desk, token) == "revoked"


async def tabs_at_once(desk: FrontDesk, token: str, session: str) -> list[Any]:
    tabs = [desk.join(token, session=session) for _ in range(6)]
    return await asyncio.gather(*tabs, return_exceptions=True)


@pytest.mark.parametrize("has_login", [True, False])
async def test_many_tabs_at_once_join_once(desk: FrontDesk, has_login: bool) -> None:
    session = ""
    if has_login:
        await invite_as(desk, "sam", "quinn@mail.example")
        session = await sign_in("quinn@mail.example")
    else:
        await desk.invite("sam")
    outcomes = await tabs_at_once(desk, await desk.token(), session)
    assert sum(not isinstance(one, Exception) for one in outcomes) == 1
    assert all(isinstance(one, DeadInvitation | Conflict) for one in outcomes if isinstance(one, Exception))
    assert await count(desk, "invitation.accepted") == 1


async def test_without_the_lock_many_tabs_join_more_than_once(desk: FrontDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    """The negative control of the test above: it does go wrong when nobody asks whether the invitation was used."""

    async def always(*_: object) -> bool:
        return True

    monkeypatch.setattr(queries_accepting, "use_up", always)
    monkeypatch.setattr(service_accepting, "why_dead", lambda *_: None)
    await invite_as(desk, "sam", "quinn@mail.example")
    outcomes = await tabs_at_once(desk, await desk.token(), await sign_in("quinn@mail.example"))
    assert sum(not isinstance(one, Exception) for one in outcomes) > 1
    assert await count(desk, "invitation.accepted") > 1


async def test_withdrawn_between_looking_and_joining(desk: FrontDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Staff withdraw it while the password is hashed: the last word has the row."""
    await desk.invite("sam")
    (row,) = await desk.invitations()
    original = queries_accepting.use_up

    async def after_it_was_withdrawn(work: Any, *rest: Any) -> bool:
        await work.exec(
            Invitation.__table__.update().where(Invitation.id == row.id).values(revoked_at=work.now)  # type: ignore[attr-defined]
        )
        return await original(work, *rest)

    monkeypatch.setattr(queries_accepting, "use_up", after_it_was_withdrawn)
    with pytest.raises(DeadInvitation):
        await desk.join(await desk.token())
    assert await accounts(desk, "sam@new.example") == []
    assert (await desk.client("sam")).account_id is None
