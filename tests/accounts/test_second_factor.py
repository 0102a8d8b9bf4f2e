"""The second factor: row 11 of the list of holes. Every order of factors, and none that suffices alone."""

import asyncio
from datetime import timedelta
from typing import Any

import pyotp
import pytest
from sqlmodel import select

from portal.accounts import service
from portal.accounts.rules_second_factor import is_recovery_code, matching_step, new_recovery_code, typed_code
from portal.accounts.words import Code, sentence
from portal.database import Database
from portal.demo.people import PASSWORD, Cast
from portal.errors import Conflict, Invalid, NotFound, TooMany
from portal.models import AccountLink, LinkPurpose, OrganizationSetting, RecoveryCode, Session
from portal.runtime import runtime
from portal.settings.catalog import SettingName
from tests.conftest import Clock
from tests.logins import (
    CountingHasher,
    access_of,
    account_row,
    attempt,
    is_signed_in,
    last_link,
    mails,
    opener,
    session_row,
    sign_in,
    token_in,
)
from tests.statements import statements_of

GINA = "gina@mail.example"
SHORT = "blue heron"


class Phone:
    """An authenticator app, and the recovery codes beside it."""

    def __init__(self, secret: str, codes: tuple[str, ...], session: str, clock: Clock) -> None:
        self.app, self.codes, self.session, self.clock = pyotp.TOTP(secret), codes, session, clock

    def code(self, steps: int = 0) -> str:
        return self.app.at(self.clock.now, counter_offset=steps)


async def set_up(database: Database, clock: Clock, email: str = GINA) -> Phone:
    """Set the second factor up in a new session, and let its first code's time pass."""
    token = await sign_in(email)
    phone = await begin(database, token, clock)
    phone.codes = await confirm(database, phone)
    clock.now += timedelta(seconds=60)
    return phone


async def begin(database: Database, token: str, clock: Clock) -> Phone:
    async with opener(database, token)() as (work, access):
        made = await service.begin_second_factor(work, access)
    assert made.secret in made.address
    return Phone(made.secret, (), token, clock)


async def confirm(database: Database, phone: Phone, code: str = "") -> tuple[str, ...]:
    async with opener(database, phone.session)() as (work, access):
        return await service.confirm_second_factor(work, access, code=code or phone.code())


async def first_step(email: str = GINA, password: str = PASSWORD) -> str:
    """Give the password; returns the token of the second step."""
    asked = await service.sign_in(runtime(), attempt(email, password))
    assert isinstance(asked, service.CodeAsked)
    return asked.token


async def second_step(token: str, code: str, known: str = "", **more: Any) -> str:
    given = service.CodeAttempt(token, code, attempt("", "", **more), lambda _email: known)
    return (await service.give_code(runtime(), given)).session.token


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


async def test_the_old_app_counts_until_the_new_one_is_confirmed(
    database: Database, logins: Cast, clock: Clock
) -> None:
    old = await set_up(database, clock)
    new = await begin(database, old.session, clock)
    with pytest.raises(Invalid):
        await second_step(await first_step(), new.code())
    await second_step(await first_step(), old.code())
    with pytest.raises(Invalid):
        await confirm(database, new, old.code(1))
    waiting = await first_step()
    codes = await confirm(database, new)
    with pytest.raises(NotFound):
        await second_step(waiting, new.code(1))
    for worthless in (old.code(1), old.codes[0]):
        with pytest.raises(Invalid):
            await second_step(await first_step(), worthless)
    await second_step(await first_step(), codes[0])


async def test_setting_up_ends_the_other_sessions_and_tells_by_mail(
    database: Database, logins: Cast, clock: Clock
) -> None:
    other = await sign_in(GINA)
    phone = await set_up(database, clock)
    assert not await is_signed_in(database, other)
    assert await is_signed_in(database, phone.session)
    assert [mail.to_address for mail in await mails(database, "second_factor_on")] == [GINA]


async def test_nothing_changes_without_a_right_first_code(database: Database, logins: Cast, clock: Clock) -> None:
    session = await sign_in(GINA)
    phone = await begin(database, session, clock)
    with pytest.raises(Invalid):
        await confirm(database, phone, "000000")
    assert await sign_in(GINA), "no code is asked for"
    replaced = await begin(database, session, clock)
    with pytest.raises(Invalid):
        await confirm(database, phone)
    await confirm(database, replaced)


async def test_switching_off_needs_a_password_that_stands_alone(database: Database, logins: Cast, clock: Clock) -> None:
    phone = await set_up(database, clock)
    unit = opener(database, phone.session)
    await service.change_password(unit, current=PASSWORD, new=SHORT)
    with pytest.raises(Invalid) as refused:
        await switch_off(database, phone)
    assert refused.value.sentence == sentence(Code.PASSWORD_TOO_SHORT_ALONE)
    await service.change_password(unit, current=SHORT, new="tractor lampion velvet")
    await switch_off(database, phone)
    assert await sign_in(GINA, password="tractor lampion velvet")
    assert [mail.to_address for mail in await mails(database, "second_factor_off")] == [GINA]
    async with database.unit_of_work(writes=False) as work:
        assert (await work.exec(select(RecoveryCode))).all() == []
    with pytest.raises(Invalid):
        await service.change_password(unit, current="tractor lampion velvet", new=SHORT)


async def switch_off(database: Database, phone: Phone) -> None:
    async with opener(database, phone.session)() as (work, access):
        await service.switch_off_second_factor(work, access)


async def test_it_stays_on_where_a_practice_asks_its_staff_for_it(
    database: Database, logins: Cast, clock: Clock
) -> None:
    phone = await set_up(database, clock, "tess@harbor.example")
    await require_at(database, logins.harbor.id)
    with pytest.raises(Invalid, match="Harbor Counseling asks everybody on its team"):
        await switch_off(database, phone)
    gina = await set_up(database, clock)
    await switch_off(database, gina)


async def require_at(database: Database, organization_id: Any) -> None:
    async with database.unit_of_work() as work:
        name, now = SettingName.STAFF_SECOND_FACTOR, work.now
        work.add(OrganizationSetting(organization_id=organization_id, name=name, value="true", changed_at=now))


async def test_staff_are_led_to_the_set_up_where_it_is_required(database: Database, logins: Cast, clock: Clock) -> None:
    await require_at(database, logins.harbor.id)
    starts = {}
    for email in ("tess@harbor.example", "theo@lakeside.example", GINA):
        signed_in = await service.sign_in(runtime(), attempt(email))
        assert isinstance(signed_in, service.SignedIn)
        starts[email] = signed_in.start
    assert list(starts.values()) == ["/account?set-up=second-factor", "/practice", "/home"]


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


async def test_confirming_who_one_is_takes_both_and_is_noted_on_this_session_alone(
    database: Database, logins: Cast, clock: Clock, hasher: CountingHasher
) -> None:
    phone = await set_up(database, clock)
    other = await second_step(await first_step(), phone.code())
    clock.now += timedelta(minutes=11)
    session_hash = (await session_row(database, phone.session)).token_hash
    for password, code in ((PASSWORD, ""), (PASSWORD, "000000"), ("wrong", phone.code()), ("", "")):
        with pytest.raises(Invalid):
            await service.confirm_identity(runtime(), session_hash, password=password, code=code)
    before = clock.now - timedelta(minutes=11)
    assert {(await session_row(database, one)).stepped_up_at for one in (phone.session, other)} <= {
        before,
        before - timedelta(seconds=60),
    }
    await service.confirm_identity(runtime(), session_hash, password=PASSWORD, code=phone.code())
    assert (await session_row(database, phone.session)).stepped_up_at == clock.now
    assert (await session_row(database, other)).stepped_up_at == before


async def test_statements_stay_few(database: Database, logins: Cast, clock: Clock) -> None:
    phone = await set_up(database, clock)
    token = await first_step()
    with statements_of(database) as sent:
        await service.change_password(opener(database, phone.session), current=PASSWORD, new=SHORT)
    assert len(sent) <= 8
    token = await first_step(password=SHORT)
    with statements_of(database) as sent:
        await second_step(token, phone.code(), known="her phone")
    assert len(sent) <= 2 + 8
    access = await access_of(database, phone.session)
    async with database.unit_of_work(writes=False) as work:
        with statements_of(database) as sent:
            await service.read_second_factor(work, access)
    assert len(sent) <= 3


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
