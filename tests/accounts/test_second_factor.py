"""The second factor: row 11 of the list of holes. Every order of factors, and none that suffices alone."""

import asyncio
from datetime import timedelta

import pyotp
import pytest
from sqlmodel import select

from portal.accounts import service
from portal.accounts.rules_second_factor import is_recovery_code, matching_step, new_recovery_code, typed_code
from portal.database import Database
from portal.demo.people import PASSWORD, Cast
from portal.errors import Conflict, Invalid, NotFound, TooMany
from portal.models import AccountLink, LinkPurpose, RecoveryCode, Session
from portal.runtime import runtime
from tests.accounts.phone import (
    GINA,
    SHORT,
    begin,
    confirm,
    first_step,
    second_step,
    set_up,
)
from tests.conftest import Clock
from tests.logins import (
    access_of,
    account_row,
    is_signed_in,
    last_link,
    mails,
    opener,
    sign_in,
    token_in,
)


async def test_password_and_code_open_a_session_and_neither_does_alone(
    database: Database, logins: Cast, clock: Clock
) -> None:
    phone = await set_up(database, clock)
    sessions = await _sessions(database)
    token = await first_step()
    assert await _sessions(database) == sessions, "the password alone gives no session"
    for wrong in ("", "x", token[:-1], token.swapcase()):
        with pytest.raises(NotFound):
            await second_step(wrong, phone.code())
    with pytest.raises(Invalid):
        await second_step(token, PASSWORD)
    assert await _sessions(database) == sessions
    assert await is_signed_in(database, await second_step(token, phone.code()))
    with pytest.raises(NotFound):
        await second_step(token, phone.code(1))


async def test_a_code_works_once_and_neither_earlier_nor_later(database: Database, logins: Cast, clock: Clock) -> None:
    phone = await set_up(database, clock)
    for off in (-2, 2, 50):
        with pytest.raises(Invalid):
            await second_step(await first_step(), phone.code(off), known="her phone")
    used = phone.code(1)
    await second_step(await first_step(), used)
    for again in (used, phone.code(0), phone.code(-1)):
        with pytest.raises(Invalid):
            await second_step(await first_step(), again)
    clock.now += timedelta(seconds=60)
    await second_step(await first_step(), phone.code())


async def test_the_code_of_setting_up_does_not_sign_in(database: Database, logins: Cast, clock: Clock) -> None:
    phone = await begin(database, await sign_in(GINA), clock)
    code = phone.code()
    await confirm(database, phone, code)
    with pytest.raises(Invalid):
        await second_step(await first_step(), code)


async def test_one_code_used_at_once_opens_one_session(database: Database, logins: Cast, clock: Clock) -> None:
    phone = await set_up(database, clock)
    tokens = [await first_step() for _ in range(4)]
    results = await asyncio.gather(*(second_step(token, phone.code()) for token in tokens), return_exceptions=True)
    assert sum(isinstance(result, str) for result in results) == 1
    assert {type(result) for result in results} == {str, Invalid}


async def test_a_recovery_code_stands_in_once_and_its_owner_is_told(
    database: Database, logins: Cast, clock: Clock
) -> None:
    phone = await set_up(database, clock)
    assert len(set(phone.codes)) == 10
    spelled = f"  {phone.codes[0].lower().replace('-', ' ')} "
    await second_step(await first_step(), spelled)
    assert [mail.to_address for mail in await mails(database, "recovery_code_used")] == [GINA]
    for code in (phone.codes[0], new_recovery_code()):
        with pytest.raises(Invalid):
            await second_step(await first_step(), code)
    await second_step(await first_step(), phone.codes[1])
    access = await access_of(database, phone.session)
    async with database.unit_of_work(writes=False) as work:
        assert (await service.read_second_factor(work, access)).codes_left == 8


async def test_one_recovery_code_used_at_once_opens_one_session(database: Database, logins: Cast, clock: Clock) -> None:
    phone = await set_up(database, clock)
    tokens = [await first_step() for _ in range(4)]
    results = await asyncio.gather(*(second_step(token, phone.codes[3]) for token in tokens), return_exceptions=True)
    assert sum(isinstance(result, str) for result in results) == 1


async def test_another_s_factors_are_worth_nothing(database: Database, logins: Cast, clock: Clock) -> None:
    gina, pete = await set_up(database, clock), await set_up(database, clock, "pete@mail.example")
    token = await first_step()
    for code in (pete.code(), pete.codes[0]):
        with pytest.raises(Invalid):
            await second_step(token, code)
    with pytest.raises(Conflict):
        await second_step(token, gina.code(), only_account=logins.accounts["pete"].id)
    await second_step(token, gina.code(), only_account=logins.accounts["gina"].id)


async def test_codes_cannot_be_guessed_and_nobody_locks_the_owner_out(
    database: Database, logins: Cast, clock: Clock
) -> None:
    phone = await set_up(database, clock)
    token = await first_step()
    for _ in range(5):
        with pytest.raises(Invalid):
            await second_step(token, "000000")
    with pytest.raises(TooMany):
        await second_step(token, phone.code())
    assert await second_step(token, phone.code(), known="a phone where she signed in before")


async def test_the_second_step_ends_with_its_time_a_new_password_and_a_closed_login(
    database: Database, logins: Cast, clock: Clock
) -> None:
    phone = await set_up(database, clock)
    token = await first_step()
    clock.now += timedelta(minutes=10)
    with pytest.raises(NotFound):
        await second_step(token, phone.code())
    token = await first_step()
    await service.change_password(opener(database, phone.session), current=PASSWORD, new=SHORT)
    with pytest.raises(NotFound):
        await second_step(token, phone.code())
    token = await first_step(password=SHORT)
    row = await account_row(database, logins.accounts["gina"].id)
    async with database.unit_of_work() as work:
        row.disabled_at = work.now
        await work.merge(row)
    with pytest.raises(NotFound):
        await second_step(token, phone.code())


async def test_a_password_reset_does_not_get_past_the_second_factor(
    database: Database, logins: Cast, clock: Clock
) -> None:
    phone = await set_up(database, clock)
    async with database.unit_of_work() as work:
        await service.request_password_reset(work, email=GINA)
    await service.reset_password(runtime(), token=token_in(await last_link(database, "reset_password")), new=SHORT)
    assert not await is_signed_in(database, phone.session)
    token = await first_step(password=SHORT)
    with pytest.raises(Invalid):
        await second_step(token, "123456")
    await second_step(token, phone.code())


async def test_nothing_of_it_is_stored_in_the_clear(database: Database, logins: Cast, clock: Clock) -> None:
    phone = await set_up(database, clock)
    token = await first_step()
    row = await account_row(database, logins.accounts["gina"].id)
    async with database.unit_of_work(writes=False) as work:
        hashes = (await work.exec(select(RecoveryCode.code_hash))).all()
        links = (await work.exec(select(AccountLink).where(AccountLink.purpose == LinkPurpose.SECOND_STEP))).all()
    stored = repr([row.model_dump(), hashes, [link.model_dump() for link in links]])
    for secret in (phone.app.secret, token, *phone.codes, *(typed_code(code) for code in phone.codes)):
        assert secret not in stored
    assert len(hashes) == 10


def test_what_is_typed_is_read_kindly(clock: Clock) -> None:
    app = pyotp.TOTP(pyotp.random_base32())
    code = app.at(clock.now)
    for typed in (code, f"{code[:3]} {code[3:]}", f" {code}\n", f"{code[:3]}-{code[3:]}"):
        assert matching_step(app.secret, typed, clock.now, None) == app.timecode(clock.now)
    for wrong in ("", "12345", "1234567", "abcdef", "١٢٣٤٥٦", "-1", "0x1234"):
        assert matching_step(app.secret, wrong, clock.now, None) is None
    assert is_recovery_code(typed_code(new_recovery_code()))
    assert not is_recovery_code(typed_code("ABCD-EFGH-IJK0"))


async def _sessions(database: Database) -> int:
    async with database.unit_of_work(writes=False) as work:
        return len((await work.exec(select(Session.id))).all())
