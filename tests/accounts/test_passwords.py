"""Changing a password, and choosing a new one by mail: row 8 and row 18 of the list of holes."""

import asyncio
from datetime import timedelta

import pytest
from sqlmodel import col, select, update

from portal.accounts import service
from portal.accounts.words import Code, sentence
from portal.config import Config, Mode
from portal.database import Database, Work
from portal.demo.people import PASSWORD, Cast
from portal.errors import Invalid, NotFound, TooMany
from portal.kit.tokens import new_token, token_hash
from portal.models import Account, AccountEvent, AccountLink
from portal.runtime import Runtime, runtime, set_runtime
from tests.conftest import Clock
from tests.logins import (
    CountingHasher,
    account_row,
    is_signed_in,
    last_link,
    mails,
    opener,
    sign_in,
    token_in,
)

NEW = "tractor lampion velvet"


async def change(database: Database, token: str, current: str = PASSWORD, new: str = NEW) -> None:
    await service.change_password(opener(database, token), current=current, new=new)


async def ask(database: Database, email: str = "gina@mail.example", requester: str = "203.0.113.9") -> None:
    async with database.unit_of_work() as work:
        await service.request_password_reset(work, email=email, requester=requester)


async def link_of(database: Database, email: str = "gina@mail.example") -> str:
    await ask(database, email)
    return token_in(await last_link(database, "reset_password"))


async def reset(database: Database, token: str, new: str = NEW) -> None:
    await service.reset_password(runtime(), token=token, new=new)


async def test_change_ends_the_other_sessions_and_tells_by_mail(database: Database, logins: Cast) -> None:
    other, here = await sign_in("gina@mail.example"), await sign_in("gina@mail.example", known_device="her phone")
    pete = await sign_in("pete@mail.example")
    await change(database, here)
    assert await is_signed_in(database, here)
    assert not await is_signed_in(database, other)
    assert await is_signed_in(database, pete)
    assert [mail.to_address for mail in await mails(database, "password_changed")] == ["gina@mail.example"]
    assert await sign_in("gina@mail.example", password=NEW)
    with pytest.raises(Invalid):
        await sign_in("gina@mail.example")


@pytest.mark.parametrize(
    ("current", "new", "code"),
    [
        ("wrong", NEW, Code.WRONG_CURRENT_PASSWORD),
        (PASSWORD, PASSWORD, Code.SAME_PASSWORD),
        (PASSWORD, "too short", Code.SHORT_PASSWORD),
        (PASSWORD, "password1234567", Code.COMMON_PASSWORD),
        (PASSWORD, "gina walks by the lake", Code.PERSONAL_PASSWORD),
        (PASSWORD, "lampion harbor counseling", Code.PERSONAL_PASSWORD),
    ],
)
async def test_refused_change_leaves_everything(
    database: Database, logins: Cast, current: str, new: str, code: Code
) -> None:
    token = await sign_in("gina@mail.example")
    with pytest.raises(Invalid) as refused:
        await change(database, token, current, new)
    assert refused.value.sentence == sentence(code)
    assert await sign_in("gina@mail.example", known_device="her phone")
    assert await mails(database) == []


async def test_current_password_cannot_be_guessed(database: Database, logins: Cast, hasher: CountingHasher) -> None:
    token = await sign_in("gina@mail.example")
    before = hasher.verified
    for _ in range(10):
        with pytest.raises(Invalid):
            await change(database, token, current="wrong")
    with pytest.raises(TooMany):
        await change(database, token)
    assert hasher.verified == before + 10


async def test_link_sets_a_password_once_and_ends_every_session(database: Database, logins: Cast) -> None:
    session = await sign_in("gina@mail.example")
    token = await link_of(database)
    await reset(database, token)
    assert not await is_signed_in(database, session)
    assert await sign_in("gina@mail.example", password=NEW)
    with pytest.raises(NotFound):
        await reset(database, token, "another lampion velvet")
    assert await sign_in("gina@mail.example", password=NEW)
    async with database.unit_of_work(writes=False) as work:
        actions = (await work.exec(select(AccountEvent.action).order_by(col(AccountEvent.id)))).all()
    assert actions[1:3] == ["password_reset_requested", "password_reset"]


async def test_link_used_in_parallel_works_once(database: Database, logins: Cast) -> None:
    token = await link_of(database)
    results = await asyncio.gather(
        *(reset(database, token, f"{NEW} number {number}") for number in range(6)), return_exceptions=True
    )
    assert sorted(type(result).__name__ for result in results) == ["NoneType", *["NotFound"] * 5]


async def test_opening_the_link_changes_nothing(database: Database, logins: Cast) -> None:
    token = await link_of(database)
    for _ in range(3):
        async with database.unit_of_work(writes=False) as work:
            await service.check_reset_link(work, token=token)
    await reset(database, token)
    async with database.unit_of_work(writes=False) as work:
        with pytest.raises(NotFound):
            await service.check_reset_link(work, token=token)


async def test_expired_link_is_dead(database: Database, logins: Cast, clock: Clock) -> None:
    token = await link_of(database)
    clock.now += timedelta(minutes=30)
    with pytest.raises(NotFound):
        await reset(database, token)
    clock.now -= timedelta(seconds=1)
    await reset(database, token)


async def test_a_stranger_s_request_leaves_the_owner_s_link_alive_until_one_is_used(
    database: Database, logins: Cast
) -> None:
    first = await link_of(database)
    second = await link_of(database)
    await reset(database, first)
    with pytest.raises(NotFound):
        await reset(database, second, "another lampion velvet")


async def test_refused_password_leaves_the_link_usable(database: Database, logins: Cast) -> None:
    token = await link_of(database)
    with pytest.raises(Invalid):
        await reset(database, token, "too short")
    await reset(database, token)


async def test_guessed_and_foreign_tokens_are_dead(database: Database, logins: Cast) -> None:
    token = await link_of(database)
    for guess in ("", "x", new_token(), token[:-2], token + "=", token.swapcase()):
        with pytest.raises(NotFound):
            await reset(database, guess)
    await reset(database, token)


async def test_a_signed_token_without_its_row_is_worth_nothing(database: Database, logins: Cast) -> None:
    token = await link_of(database)
    async with database.unit_of_work() as work:
        await work.exec(update(AccountLink).values(token_hash=token_hash("another token")))
    with pytest.raises(NotFound):
        await reset(database, token)


async def test_unknown_closed_and_passwordless_get_nothing(database: Database, logins: Cast) -> None:
    async with database.unit_of_work() as work:
        omar, tara = logins.accounts["omar"].id, logins.accounts["tara"].id
        await work.exec(update(Account).where(col(Account.id) == omar).values(disabled_at=work.now))
        await work.exec(update(Account).where(col(Account.id) == tara).values(password_hash=None))
    for email in ("nobody@mail.example", "omar@mail.example", "tara@mail.example", ""):
        await ask(database, email)
    assert await mails(database) == []
    await ask(database)
    assert len(await mails(database)) == 1


async def test_closed_login_cannot_use_a_link_it_got_before(database: Database, logins: Cast) -> None:
    token = await link_of(database)
    async with database.unit_of_work() as work:
        await work.exec(update(Account).values(disabled_at=work.now))
    with pytest.raises(NotFound):
        await reset(database, token)


async def test_mail_goes_to_the_address_on_file_not_to_the_spelling_asked_for(database: Database, logins: Cast) -> None:
    for spelling in ("GINA@mail.example", "\uff47ina@mail.example", " gina@mail.example"):
        await ask(database, spelling)
    assert [mail.to_address for mail in await mails(database)] == ["gina@mail.example"] * 3


async def test_nobody_is_flooded_with_links(database: Database, logins: Cast) -> None:
    for number in range(12):
        await ask(database, ["gina@mail.example", "GINA@MAIL.EXAMPLE", " gina@mail.example"][number % 3])
    assert len(await mails(database)) == 3


async def test_strangers_who_ask_for_links_cannot_lock_the_owner_out(
    database: Database, logins: Cast, clock: Clock
) -> None:
    """However many ask from however many places, whoever is refused has a link that works in the mailbox."""
    for number in range(12):
        await ask(database, requester=f"198.51.100.{number}")
    assert len(await mails(database)) == 5
    await ask(database, requester="the owner's own phone")
    assert len(await mails(database)) == 5
    clock.now += timedelta(minutes=29)
    await reset(database, token_in(await last_link(database, "reset_password")))
    await ask(database, requester="the owner's own phone")
    assert len(await mails(database, "reset_password")) == 6, "once a link is used, the count begins anew"


async def test_link_leads_to_the_configured_address_only(database: Database, logins: Cast) -> None:
    set_runtime(Runtime(Config(mode=Mode.TEST, base_url="https://portal.example.org/"), database))
    await ask(database)
    assert (await last_link(database, "reset_password")).startswith("https://portal.example.org/reset-password/ey")


async def test_link_is_nowhere_in_the_clear(database: Database, logins: Cast) -> None:
    token = await link_of(database)
    async with database.unit_of_work(writes=False) as work:
        (link,) = (await work.exec(select(AccountLink))).all()
    (mail,) = await mails(database)
    assert link.token_hash == token_hash(token)
    assert token.encode() not in mail.context
    assert token not in repr(link) + repr(mail)


async def test_hash_is_another_although_the_password_is_the_same(database: Database, logins: Cast) -> None:
    await reset(database, await link_of(database))
    first = (await account_row(database, logins.accounts["gina"].id)).password_hash
    await reset(database, await link_of(database, "pete@mail.example"))
    assert first != (await account_row(database, logins.accounts["pete"].id)).password_hash


async def test_negative_control_only_compare_and_swap_keeps_the_link_single_on_postgresql(
    database: Database, logins: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def use_without_looking(work: Work, link: AccountLink) -> None:
        await work.exec(update(AccountLink).where(col(AccountLink.id) == link.id).values(used_at=work.now))

    monkeypatch.setattr("portal.accounts.service_passwords.use_link", use_without_looking)
    # The second wall: a password is not set where another one was meanwhile.
    monkeypatch.setattr(
        "portal.accounts.service_passwords._unchanged", lambda account: (col(Account.id) == account.id,)
    )
    token = await link_of(database)
    results = await asyncio.gather(
        *(reset(database, token, f"{NEW} number {number}") for number in range(6)), return_exceptions=True
    )
    worked = results.count(None)
    assert worked == 1 if database.is_sqlite else worked > 1  # SQLite's units that write come one after the other
