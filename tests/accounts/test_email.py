"""Changing the address: confirmed at the new one, told to the old one, and taken back from there."""

import asyncio
from datetime import timedelta

import pytest
from sqlmodel import select

from portal.accounts import service
from portal.accounts.words import Code, sentence
from portal.database import Database
from portal.demo.people import PASSWORD, Cast
from portal.errors import Conflict, Invalid, NotFound, TooMany
from portal.models import AccountLink, LinkPurpose
from portal.runtime import runtime
from tests.conftest import Clock
from tests.logins import access_of, account_row, is_signed_in, last_link, mails, opener, sign_in, token_in

NEW = "gina@new.example"


async def ask(database: Database, token: str, new_email: str = NEW, password: str = PASSWORD) -> None:
    await service.request_email_change(opener(database, token), password=password, new_email=new_email)


async def confirm(database: Database, token: str) -> None:
    async with database.unit_of_work() as work:
        await service.confirm_email_change(work, token=token)


async def undo(database: Database, token: str) -> None:
    async with database.unit_of_work() as work:
        await service.undo_email_change(work, token=token)


async def changed(database: Database, new_email: str = NEW) -> str:
    """Change Gina's address and return her session."""
    session = await sign_in("gina@mail.example")
    await ask(database, session, new_email)
    await confirm(database, token_in(await last_link(database, "confirm_email")))
    return session


async def test_nothing_changes_before_the_new_address_confirms(database: Database, logins: Cast) -> None:
    session = await sign_in("gina@mail.example")
    await ask(database, session)
    (mail,) = await mails(database)
    assert (mail.kind, mail.to_address) == ("confirm_email", NEW)
    access = await access_of(database, session)
    async with database.unit_of_work(writes=False) as work:
        view = await service.read_account(work, access)
    assert (view.email, view.pending_email) == ("gina@mail.example", NEW)
    assert NEW.encode() not in mail.context
    await confirm(database, token_in(await last_link(database, "confirm_email")))
    assert (await account_row(database, access.actor.account_id)).email_key == NEW
    assert await sign_in(NEW)
    with pytest.raises(Invalid):
        await sign_in("gina@mail.example")


async def test_old_address_is_told_and_can_take_itself_back(database: Database, logins: Cast) -> None:
    session = await changed(database)
    (notice,) = await mails(database, "email_changed")
    assert notice.to_address == "gina@mail.example"
    assert await is_signed_in(database, session)
    await undo(database, token_in(await last_link(database, "email_changed")))
    assert not await is_signed_in(database, session)
    assert await sign_in("gina@mail.example")


async def test_changing_twice_does_not_take_the_first_way_back(database: Database, logins: Cast) -> None:
    session = await changed(database)
    first = token_in(await last_link(database, "email_changed"))
    await ask(database, session, "gina@third.example")
    await confirm(database, token_in(await last_link(database, "confirm_email")))
    second = token_in(await last_link(database, "email_changed"))
    await undo(database, first)
    assert (await account_row(database, logins.accounts["gina"].id)).email == "gina@mail.example"
    with pytest.raises(NotFound):
        await undo(database, second)


async def test_taking_back_kills_every_other_link(database: Database, logins: Cast) -> None:
    await changed(database)
    async with database.unit_of_work() as work:
        await service.request_password_reset(work, email=NEW)
    reset = token_in(await last_link(database, "reset_password"))
    await undo(database, token_in(await last_link(database, "email_changed")))
    with pytest.raises(NotFound):
        await service.reset_password(runtime(), token=reset, new="tractor lampion velvet")


async def test_new_password_kills_a_change_that_somebody_else_began(database: Database, logins: Cast) -> None:
    session = await sign_in("gina@mail.example")
    await ask(database, session)
    await service.change_password(opener(database, session), current=PASSWORD, new="tractor lampion velvet")
    with pytest.raises(NotFound):
        await confirm(database, token_in(await last_link(database, "confirm_email")))


async def test_links_work_once_and_in_their_time(database: Database, logins: Cast, clock: Clock) -> None:
    session = await sign_in("gina@mail.example")
    await ask(database, session)
    first = token_in(await last_link(database, "confirm_email"))
    await ask(database, session)
    second = token_in(await last_link(database, "confirm_email"))
    with pytest.raises(NotFound):
        await confirm(database, first)
    clock.now += timedelta(hours=24)
    with pytest.raises(NotFound):
        await confirm(database, second)
    clock.now -= timedelta(minutes=1)
    results = await asyncio.gather(*(confirm(database, second) for _ in range(4)), return_exceptions=True)
    assert sorted(type(result).__name__ for result in results) == ["NoneType", *["NotFound"] * 3]
    assert len(await mails(database, "email_changed")) == 1


async def test_link_of_one_purpose_is_dead_for_another(database: Database, logins: Cast) -> None:
    session = await sign_in("gina@mail.example")
    await ask(database, session)
    token = token_in(await last_link(database, "confirm_email"))
    with pytest.raises(NotFound):
        await undo(database, token)
    with pytest.raises(NotFound):
        await service.reset_password(runtime(), token=token, new="tractor lampion velvet")
    async with database.unit_of_work(writes=False) as work:
        assert await service.check_email_link(work, token=token, purpose=LinkPurpose.CONFIRM_EMAIL) == NEW
    await confirm(database, token)


async def test_taken_address_gets_the_same_answer_and_its_owner_a_mail(database: Database, logins: Cast) -> None:
    session = await sign_in("gina@mail.example")
    await ask(database, session, "PETE@mail.example")
    (mail,) = await mails(database)
    assert (mail.kind, mail.to_address, mail.account_id) == (
        "email_in_use",
        "pete@mail.example",
        logins.accounts["pete"].id,
    )
    access = await access_of(database, session)
    async with database.unit_of_work(writes=False) as work:
        assert (await service.read_account(work, access)).pending_email == "PETE@mail.example"


async def test_address_taken_meanwhile_is_refused_and_the_link_is_kept(database: Database, logins: Cast) -> None:
    for name in ("gina", "pete"):
        await ask(database, await sign_in(f"{name}@mail.example"), "shared@new.example")
    gina, pete = [token_in(await _link(database, number)) for number in (0, 1)]
    await confirm(database, gina)
    with pytest.raises(Conflict):
        await confirm(database, pete)
    assert (await account_row(database, logins.accounts["pete"].id)).email == "pete@mail.example"
    async with database.unit_of_work(writes=False) as work:
        links = (await work.exec(select(AccountLink).where(AccountLink.used_at != None))).all()  # noqa: E711 - SQL
    assert len(links) == 1


async def _link(database: Database, number: int) -> str:
    from portal.notifications.outbox import context_of  # noqa: PLC0415 - only needed here

    return context_of(database.ring, (await mails(database, "confirm_email"))[number])["link"]


async def test_two_who_confirm_one_address_at_once(database: Database, logins: Cast) -> None:
    for name in ("gina", "pete"):
        await ask(database, await sign_in(f"{name}@mail.example"), "shared@new.example")
    tokens = [token_in(await _link(database, number)) for number in (0, 1)]
    results = await asyncio.gather(*(confirm(database, token) for token in tokens), return_exceptions=True)
    assert sorted(type(result).__name__ for result in results) == ["Conflict", "NoneType"]


@pytest.mark.parametrize(
    ("email", "password", "code"),
    [
        ("not an address", PASSWORD, Code.BAD_EMAIL),
        ("", PASSWORD, Code.BAD_EMAIL),
        ("gina@new.example\nBcc: all@mail.example", PASSWORD, Code.BAD_EMAIL),
        ("Gina <gina@new.example>", PASSWORD, Code.BAD_EMAIL),
        ("x" * 300 + "@new.example", PASSWORD, Code.BAD_EMAIL),
        (" GINA@mail.example", PASSWORD, Code.SAME_EMAIL),
        (NEW, "wrong", Code.WRONG_CURRENT_PASSWORD),
    ],
)
async def test_refused_request_sends_nothing(
    database: Database, logins: Cast, email: str, password: str, code: Code
) -> None:
    session = await sign_in("gina@mail.example")
    with pytest.raises(Invalid) as refused:
        await ask(database, session, email, password)
    assert refused.value.sentence == sentence(code)
    assert await mails(database) == []


async def test_confirmations_are_limited(database: Database, logins: Cast) -> None:
    session = await sign_in("gina@mail.example")
    for number in range(5):
        await ask(database, session, f"gina{number}@new.example")
    with pytest.raises(TooMany):
        await ask(database, session)
