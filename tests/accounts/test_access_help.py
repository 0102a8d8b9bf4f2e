"""Helping a client sign in: staff vouch, the mailbox and a date of birth or a wait decide, and nobody is taken over."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlsplit

import pytest
from sqlmodel import col, select, update

from portal.access.actor import StaffTask
from portal.accounts import service
from portal.accounts.rules_access_help import Stage
from portal.accounts.service_access_help import read_access_help, start_access_help, withdraw_access_help
from portal.database import Database
from portal.demo.people import Cast
from portal.errors import Conflict, Invalid, NotFound, NotPermitted, TooMany
from portal.models import AccessHelp, AuditEvent, Client, IdentityCheck, OutboxMail
from portal.notifications.outbox import context_of
from portal.runtime import runtime
from tests.accounts.phone import first_step, second_step, set_up
from tests.conftest import Clock
from tests.factories import as_staff
from tests.http.conftest import Browser, browser, browsers
from tests.http.pages import Page
from tests.logins import account_row, attempt, is_signed_in, mails, sign_in
from tests.people import Human, human

__all__ = ["browser", "browsers"]
NEW = "tractor lampion velvet"
PHONE = IdentityCheck.CALLED_BACK
MORGAN, GINA, CASEY = "morgan@mail.example", "gina@mail.example", "casey@mail.example"


async def start(database: Database, staff: Human, client: Human, check: IdentityCheck = PHONE) -> str:
    """Begin to help somebody; returns the path of the mailed link."""
    async with as_staff(database, staff, StaffTask.EDIT_CLIENTS, client=client) as (work, access):
        assert await start_access_help(work, access, check=check) is None, "staff never get the link"
    return await link(database)


async def link(database: Database) -> str:
    (*_, mail) = await mails(database, "access_help")
    return urlsplit(context_of(database.ring, mail)["link"]).path


async def standing(database: Database, staff: Human, client: Human) -> Stage | None:
    async with as_staff(database, staff, StaffTask.EDIT_CLIENTS, client=client, writes=False) as (work, access):
        found = await read_access_help(work, access)
    return found.stage if found else None


async def born(database: Database, client: Human, day: date | None) -> None:
    async with database.unit_of_work() as work:
        await work.exec(update(Client).where(col(Client.id) == client.client_id).values(birth_date=day))


async def use(browser: Browser, path: str, **fields: str) -> Any:
    return await browser.submit(path, step="set", password=NEW, again=NEW, **fields)


async def test_mailbox_and_date_of_birth_let_the_client_in_again(
    database: Database, logins: Cast, clock: Clock, browser: Browser, noah: Human, morgan: Human
) -> None:
    await born(database, morgan, date(1990, 5, 1))
    phone = await set_up(database, clock, MORGAN)
    path = await start(database, noah, morgan)
    assert [mail.to_address for mail in await mails(database, "access_help")] == [MORGAN]
    for _ in range(3):
        page = Page((await browser.get(path)).text)
    assert page.text("h1") == "Sign in again"
    assert await is_signed_in(database, phone.session), "neither starting nor opening changes anything"
    assert (await account_row(database, morgan.account_id)).second_factor_at
    assert (await use(browser, path)).status_code == 422
    assert (await use(browser, path, birth_date="1990-05-02")).status_code == 422
    done = await use(browser, path, birth_date="1990-05-01")
    assert done.headers["location"] == "/login?notice=password-changed"
    assert "portico_session" not in browser.cookies
    assert not await is_signed_in(database, phone.session)
    assert await sign_in(MORGAN, password=NEW)
    assert (await account_row(database, morgan.account_id)).second_factor_at is None
    told = {mail.kind for mail in await mails(database) if mail.to_address == MORGAN}
    assert told >= {"access_help", "password_changed", "second_factor_off"}
    assert (await use(browser, path, birth_date="1990-05-01")).status_code == 404
    assert await standing(database, noah, morgan) is Stage.USED


async def test_five_wrong_dates_of_birth_stop_it(
    database: Database, logins: Cast, browsers: Callable[..., Browser], noah: Human, morgan: Human
) -> None:
    await born(database, morgan, date(1990, 5, 1))
    path = await start(database, noah, morgan)
    for number in range(5):
        wrong = await use(browsers(address=f"198.51.100.{number}"), path, birth_date=f"1990-05-1{number}")
        assert wrong.status_code == (422 if number < 4 else 404)
    assert (await use(browsers(), path, birth_date="1990-05-01")).status_code == 404
    assert await standing(database, noah, morgan) is Stage.STOPPED


async def test_without_a_date_of_birth_there_is_a_wait(
    database: Database, logins: Cast, clock: Clock, browser: Browser, noah: Human, morgan: Human
) -> None:
    await born(database, morgan, None)
    path = await start(database, noah, morgan)
    assert (await use(browser, path)).status_code == 404
    assert "there is a wait" in (await browser.get(path)).text
    clock.now += timedelta(hours=24)
    assert (await use(browser, path)).status_code == 303


async def test_a_login_of_two_practices_needs_its_owner_s_yes_and_a_longer_wait(
    database: Database, logins: Cast, clock: Clock, browser: Browser, tess: Human, casey: Human
) -> None:
    await born(database, casey, date(1990, 5, 1))
    await set_up(database, clock, CASEY)
    path = await start(database, tess, casey)
    assert "It was me who asked" in (await browser.get(path)).text
    clock.now += timedelta(hours=95)
    assert (await use(browser, path, birth_date="1990-05-01")).status_code == 404
    assert await standing(database, tess, casey) is Stage.ASKS_OWNER
    assert (await browser.submit(path, step="confirm")).headers["location"] == path
    assert await standing(database, tess, casey) is Stage.WAITS
    clock.now += timedelta(hours=60)
    assert (await browser.submit(path, step="confirm")).status_code == 303
    assert (await use(browser, path, birth_date="1990-05-01")).status_code == 404, (
        "saying yes again starts nothing anew"
    )
    assert (await account_row(database, casey.account_id)).second_factor_at
    clock.now += timedelta(hours=12)
    assert (await use(browser, path, birth_date="1990-05-01")).status_code == 303
    again = await start(database, tess, casey)
    clock.now += timedelta(hours=96)
    assert (await browser.get(again)).status_code == 404, "too late: the wait would be longer than the link lives"


async def test_after_yes_and_wait_the_owner_of_a_shared_login_is_let_in(
    database: Database, logins: Cast, clock: Clock, browser: Browser, tess: Human, casey: Human
) -> None:
    await born(database, casey, date(1990, 5, 1))
    path = await start(database, tess, casey)
    await browser.submit(path, step="confirm")
    clock.now += timedelta(hours=71)
    assert (await use(browser, path, birth_date="1990-05-01")).status_code == 404
    clock.now += timedelta(hours=1)
    assert (await use(browser, path, birth_date="1990-05-01")).status_code == 303


async def test_a_client_who_is_staff_somewhere_is_a_shared_login(
    database: Database, logins: Cast, lena: Human, quinn: Human, theo: Human
) -> None:
    async with database.unit_of_work() as work:
        await work.exec(
            update(Client).where(col(Client.id) == quinn.client_id).values(account_id=logins.accounts["tess"].id)
        )
    await start(database, theo, quinn)
    assert await standing(database, theo, quinn) is Stage.ASKS_OWNER


async def test_signing_in_with_both_factors_or_saying_no_stops_it(
    database: Database, logins: Cast, clock: Clock, browser: Browser, noah: Human, morgan: Human
) -> None:
    await born(database, morgan, date(1990, 5, 1))
    phone = await set_up(database, clock, MORGAN)
    path = await start(database, noah, morgan)
    await second_step(await first_step(MORGAN), phone.code())
    assert (await use(browser, path, birth_date="1990-05-01")).status_code == 404
    path = await start(database, noah, morgan)
    assert Page((await browser.submit(path, step="stop")).text).text("h1") == "It is stopped"
    assert (await use(browser, path, birth_date="1990-05-01")).status_code == 404
    assert (await account_row(database, morgan.account_id)).second_factor_at


async def test_a_newer_link_and_withdrawing_kill_the_older_one(
    database: Database, logins: Cast, browser: Browser, noah: Human, morgan: Human
) -> None:
    first, second = await start(database, noah, morgan), await start(database, noah, morgan)
    assert (await browser.get(first)).status_code == 404
    assert (await browser.get(second)).status_code == 200
    async with as_staff(database, noah, StaffTask.EDIT_CLIENTS, client=morgan) as (work, access):
        await withdraw_access_help(work, access)
    assert (await browser.get(second)).status_code == 404


async def test_other_addresses_are_told_and_get_no_link(
    database: Database, logins: Cast, noah: Human, morgan: Human
) -> None:
    async with database.unit_of_work() as work:
        await work.exec(update(Client).where(col(Client.id) == morgan.client_id).values(email="old@mail.example"))
    await start(database, noah, morgan)
    told = {mail.to_address: mail for mail in await mails(database, "access_help_asked")}
    assert list(told) == ["old@mail.example"]
    assert context_of(database.ring, told["old@mail.example"]) == {}


async def test_it_is_written_down_with_the_check(database: Database, logins: Cast, noah: Human, morgan: Human) -> None:
    await start(database, noah, morgan, IdentityCheck.IN_PERSON)
    async with database.unit_of_work(writes=False) as work:
        event = (await work.exec(select(AuditEvent).where(AuditEvent.action == "client.access_help_started"))).one()
        row = (await work.exec(select(AccessHelp))).one()
    assert event.actor_id == noah.account_id
    assert "in_person" in event.detail
    assert (await link(database)).rsplit("/", 1)[1] not in repr(row.model_dump())


async def test_who_may_not_help(database: Database, logins: Cast, cast: Cast) -> None:
    noah, morgan, milo, bea = (human(cast, name) for name in ("noah", "morgan", "milo", "bea"))
    await start(database, noah, morgan)
    for staff, client, refusal in (
        ("tess", morgan, NotFound),
        ("theo", morgan, NotFound),
        ("bea", morgan, NotPermitted),
        ("tess", milo, Invalid),
    ):
        with pytest.raises(refusal):
            await start(database, human(cast, staff), client)
    async with database.unit_of_work() as work:
        await work.exec(update(Client).where(col(Client.id) == morgan.client_id).values(account_id=noah.account_id))
    with pytest.raises(Invalid, match="your own login"):
        await start(database, noah, morgan)
    async with database.unit_of_work() as work:
        await work.exec(update(Client).where(col(Client.id) == morgan.client_id).values(archived_at=work.now))
    with pytest.raises(Conflict):
        await start(database, noah, morgan)
    with pytest.raises(NotPermitted):
        async with as_staff(database, bea, StaffTask.SEE_CLIENTS, client=morgan) as (work, access):
            await read_access_help(work, access)


async def test_nobody_is_flooded(database: Database, logins: Cast, noah: Human, morgan: Human) -> None:
    for _ in range(5):
        await start(database, noah, morgan)
    with pytest.raises(TooMany):
        await start(database, noah, morgan)


@pytest.mark.parametrize("path", ["/help-signing-in/x", "/help-signing-in/a.b.c"])
async def test_a_link_that_never_was_is_dead(database: Database, logins: Cast, browser: Browser, path: str) -> None:
    assert (await browser.get(path)).status_code == 404
    for step in ("confirm", "stop", "set"):
        assert (await browser.submit(path, step=step, password=NEW, again=NEW)).status_code == 404


async def test_a_link_for_another_purpose_is_dead_here(database: Database, logins: Cast, browser: Browser) -> None:
    async with database.unit_of_work() as work:
        await service.request_password_reset(work, email=GINA)
        reset = (await work.exec(select(OutboxMail).where(OutboxMail.kind == "reset_password"))).one()
    token = context_of(database.ring, reset)["link"].rsplit("/", 1)[1]
    assert (await browser.get(f"/help-signing-in/{token}")).status_code == 404
    with pytest.raises(Invalid):
        await service.sign_in(runtime(), attempt(GINA, NEW))
