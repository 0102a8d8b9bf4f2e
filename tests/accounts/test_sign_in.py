"""Signing in: one answer for every wrong try, the same work, and limits that no spelling gets around."""

import asyncio
from datetime import timedelta

import pytest
from sqlmodel import col, select, update

from portal.accounts import service
from portal.accounts.tries import SIGN_IN_BY_ACCOUNT, SIGN_IN_BY_ADDRESS
from portal.accounts.words import Code, sentence
from portal.config import Config, Mode
from portal.database import Database
from portal.demo.people import PASSWORD, Cast
from portal.errors import Conflict, Invalid, TooMany
from portal.kit.tokens import token_hash
from portal.models import Account, AccountEvent, Membership, Session
from portal.runtime import Runtime, runtime
from tests.conftest import Clock
from tests.logins import CountingHasher, attempt, is_signed_in, mails, session_row, sign_in

WRONG = sentence(Code.WRONG_PASSWORD)


async def test_right_password_opens_a_session_that_keeps_only_the_hash(database: Database, logins: Cast) -> None:
    token = await sign_in("gina@mail.example", device="Safari on iPhone")
    session = await session_row(database, token)
    assert session.account_id == logins.accounts["gina"].id
    assert session.token_hash == token_hash(token) != token
    assert session.device == "Safari on iPhone"
    async with database.unit_of_work(writes=False) as work:
        events = (await work.exec(select(AccountEvent.action, AccountEvent.device))).all()
    assert list(events) == [("signed_in", "Safari on iPhone")]


@pytest.mark.parametrize(
    ("person", "start"), [("gina", "/home"), ("pete", "/home"), ("tess", "/practice"), ("lena", "/practice")]
)
async def test_begins_where_the_work_is(logins: Cast, person: str, start: str) -> None:
    signed_in = await service.sign_in(runtime(), attempt(logins.accounts[person].email))
    assert signed_in.start == start


async def test_staff_who_are_clients_too_begin_at_home(database: Database, logins: Cast) -> None:
    async with database.unit_of_work() as work:
        noah = col(Membership.id) == logins.staff["noah"].id
        await work.exec(update(Membership).where(noah).values(account_id=logins.accounts["gina"].id))
    assert (await service.sign_in(runtime(), attempt("gina@mail.example"))).start == "/home"


@pytest.mark.parametrize("spelling", ["GINA@mail.example", " gina@mail.example ", "\uff47ina@mail.example"])
async def test_every_spelling_of_the_address_signs_in(logins: Cast, spelling: str) -> None:
    assert await sign_in(spelling)


async def test_wrong_unknown_closed_and_passwordless_look_and_cost_the_same(
    database: Database, logins: Cast, hasher: CountingHasher
) -> None:
    async with database.unit_of_work() as work:
        omar, tara = logins.accounts["omar"].id, logins.accounts["tara"].id
        await work.exec(update(Account).where(col(Account.id) == omar).values(disabled_at=work.now))
        await work.exec(update(Account).where(col(Account.id) == tara).values(password_hash=None))
    tries = [
        ("gina@mail.example", "not her password"),
        ("nobody@mail.example", PASSWORD),
        ("omar@mail.example", PASSWORD),
        ("tara@mail.example", PASSWORD),
        ("gina@mail.example", "x" * 2000),
        ("gina@mail.example", PASSWORD + " "),
    ]
    for email, password in tries:
        before = hasher.verified
        with pytest.raises(Invalid) as refused:
            await service.sign_in(runtime(), attempt(email, password))
        assert refused.value.sentence == WRONG
        assert hasher.verified == before + 1
    async with database.unit_of_work(writes=False) as work:
        assert (await work.exec(select(Session))).all() == []
    assert await sign_in("gina@mail.example")
    assert hasher.verified == len(tries) + 1


async def test_ten_wrong_tries_are_the_limit_for_every_spelling(logins: Cast, hasher: CountingHasher) -> None:
    spellings = [
        "gina@mail.example",
        "GINA@MAIL.example",
        " gina@mail.example",
        "\uff47ina@mail.example",
        "gina@mail\u200b.example",
    ]
    for number in range(10):
        with pytest.raises(Invalid):
            await service.sign_in(runtime(), attempt(spellings[number % 5], "wrong", address=f"198.51.100.{number}"))
    for spelling in spellings:
        with pytest.raises(TooMany):
            await service.sign_in(runtime(), attempt(spelling, address="192.0.2.77"))
    assert hasher.verified == 10
    assert await sign_in("pete@mail.example")


async def test_parallel_tries_do_not_slip_through(logins: Cast, hasher: CountingHasher) -> None:
    async def one(number: int) -> type[Exception]:
        try:
            await service.sign_in(runtime(), attempt("gina@mail.example", "wrong", address=f"198.51.100.{number}"))
        except (Invalid, TooMany) as refused:
            return type(refused)
        raise AssertionError

    results = await asyncio.gather(*(one(number) for number in range(40)))
    assert results.count(Invalid) == SIGN_IN_BY_ACCOUNT.amount == hasher.verified
    assert results.count(TooMany) == 30


async def test_one_address_cannot_try_many_people(logins: Cast, hasher: CountingHasher) -> None:
    for number in range(SIGN_IN_BY_ADDRESS.amount):
        with pytest.raises(Invalid):
            await service.sign_in(runtime(), attempt(f"person{number}@mail.example"))
    with pytest.raises(TooMany):
        await service.sign_in(runtime(), attempt("gina@mail.example"))
    assert await sign_in("gina@mail.example", address="192.0.2.1")


async def test_a_whole_practice_behind_one_address_signs_in(logins: Cast, hasher: CountingHasher) -> None:
    for _ in range(8):
        for person in logins.accounts.values():
            assert await sign_in(person.email)
    assert hasher.verified > SIGN_IN_BY_ADDRESS.amount


async def test_parallel_tries_from_one_address_do_not_slip_through(logins: Cast, hasher: CountingHasher) -> None:
    async def one(number: int) -> type[Exception]:
        try:
            await service.sign_in(runtime(), attempt(f"person{number}@mail.example"))
        except (Invalid, TooMany) as refused:
            return type(refused)
        raise AssertionError

    results = await asyncio.gather(*(one(number) for number in range(90)))
    results += [await one(number) for number in range(90, 160)]
    assert results.count(Invalid) == SIGN_IN_BY_ADDRESS.amount == hasher.verified


async def test_limit_speaks_alike_of_known_and_unknown(logins: Cast) -> None:
    said = set()
    for email in ("gina@mail.example", "nobody@mail.example"):
        for number in range(11):
            with pytest.raises((Invalid, TooMany)) as refused:
                await service.sign_in(runtime(), attempt(email, "wrong", address=f"198.51.100.{number}"))
        said.add(refused.value.sentence)
    assert said == {sentence(Code.TOO_MANY_TRIES, minutes=15)}


async def test_strangers_who_guess_do_not_lock_the_owner_out_of_a_known_device(logins: Cast) -> None:
    for number in range(11):
        with pytest.raises((Invalid, TooMany)):
            await service.sign_in(runtime(), attempt("gina@mail.example", "wrong", address=f"198.51.100.{number}"))
    with pytest.raises(TooMany):
        await sign_in("gina@mail.example", address="192.0.2.1")
    assert await sign_in("gina@mail.example", address="192.0.2.1", known_device="her phone")


async def test_known_device_has_its_limit_too(logins: Cast) -> None:
    for _ in range(10):
        with pytest.raises(Invalid):
            await sign_in("gina@mail.example", password="wrong", known_device="stolen phone")
    with pytest.raises(TooMany):
        await sign_in("gina@mail.example", known_device="stolen phone")


async def test_success_begins_the_count_anew(logins: Cast) -> None:
    for _ in range(3):
        for _ in range(9):
            with pytest.raises(Invalid):
                await sign_in("gina@mail.example", password="wrong", address="")
        assert await sign_in("gina@mail.example", address="192.0.2.1")


async def test_session_in_the_browser_is_replaced(database: Database, logins: Cast) -> None:
    old = await sign_in("gina@mail.example")
    new = await sign_in("gina@mail.example", old_session=token_hash(old))
    assert old != new
    assert not await is_signed_in(database, old)
    assert await is_signed_in(database, new)


async def test_sign_in_over_a_page_is_for_its_own_account_only(database: Database, logins: Cast) -> None:
    gina, pete = logins.accounts["gina"], logins.accounts["pete"]
    with pytest.raises(Conflict):
        await service.sign_in(runtime(), attempt(pete.email, only_account=gina.id))
    assert await sign_in(gina.email, only_account=gina.id)
    async with database.unit_of_work(writes=False) as work:
        assert [row.account_id for row in (await work.exec(select(Session))).all()] == [gina.id]


async def test_first_device_is_quiet_and_a_new_one_brings_a_mail(
    database: Database, logins: Cast, clock: Clock
) -> None:
    await sign_in("gina@mail.example", device="Safari on iPhone")
    assert await mails(database) == []
    clock.now += timedelta(days=1)
    await sign_in("gina@mail.example", device="Safari on iPhone", known_device="her phone")
    assert await mails(database) == []
    await sign_in("gina@mail.example", device="Firefox on Linux")
    (mail,) = await mails(database)
    assert (mail.kind, mail.to_address) == ("new_device", "gina@mail.example")
    assert mail.organization_id == logins.harbor.id


async def test_mail_of_who_has_to_do_with_two_practices_names_neither(database: Database, logins: Cast) -> None:
    await sign_in("casey@mail.example")
    await sign_in("casey@mail.example", device="Firefox on Linux")
    (mail,) = await mails(database)
    assert mail.organization_id is None


async def test_password_changed_between_check_and_entry_does_not_let_in(
    database: Database, logins: Cast, hasher: CountingHasher
) -> None:
    class Meanwhile(CountingHasher):
        """Sets another password while the old one is being verified."""

        def verify(self, password: str, stored: str) -> bool:
            asyncio.run_coroutine_threadsafe(change(), loop).result(10)
            return super().verify(password, stored)

    async def change() -> None:
        async with database.unit_of_work() as work:
            await work.exec(update(Account).values(password_hash=hasher.hash("another password")))

    from portal.accounts.passwords import use_hasher  # noqa: PLC0415 - only here is the hasher exchanged

    loop = asyncio.get_running_loop()
    use_hasher(Meanwhile())
    with pytest.raises(Invalid):
        await service.sign_in(runtime(), attempt("gina@mail.example"))


async def test_demo_password_opens_nothing_in_production(
    database: Database, logins: Cast, hasher: CountingHasher
) -> None:
    production = Config(
        mode=Mode.PRODUCTION,
        base_url="https://portal.example.org",
        smtp_url="smtps://mail.example.org",
        DATABASE_URL="sqlite:///never-opened.db",
    )
    with pytest.raises(Invalid):
        await service.sign_in(Runtime(production, database), attempt("gina@mail.example"))
    assert hasher.verified == 1
    assert await sign_in("gina@mail.example")
