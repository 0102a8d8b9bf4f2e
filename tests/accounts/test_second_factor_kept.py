"""The second factor as its owner keeps it: set up, moved, switched off; and confirming who one is."""

from datetime import timedelta

import pytest
from sqlmodel import select

from portal.accounts import service
from portal.accounts.words import Code, sentence
from portal.database import Database
from portal.demo.people import PASSWORD, Cast
from portal.errors import Invalid, NotFound
from portal.models import RecoveryCode
from portal.runtime import runtime
from tests.accounts.phone import (
    GINA,
    SHORT,
    begin,
    confirm,
    first_step,
    require_at,
    second_step,
    set_up,
    switch_off,
)
from tests.conftest import Clock
from tests.logins import (
    CountingHasher,
    access_of,
    attempt,
    is_signed_in,
    mails,
    opener,
    session_row,
    sign_in,
)
from tests.statements import statements_of


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


async def test_it_stays_on_where_a_practice_asks_its_staff_for_it(
    database: Database, logins: Cast, clock: Clock
) -> None:
    phone = await set_up(database, clock, "tess@harbor.example")
    await require_at(database, logins.harbor.id)
    with pytest.raises(Invalid, match="Harbor Counseling asks everybody on its team"):
        await switch_off(database, phone)
    gina = await set_up(database, clock)
    await switch_off(database, gina)


async def test_staff_are_led_to_the_set_up_where_it_is_required(database: Database, logins: Cast, clock: Clock) -> None:
    await require_at(database, logins.harbor.id)
    starts = {}
    for email in ("tess@harbor.example", "theo@lakeside.example", GINA):
        signed_in = await service.sign_in(runtime(), attempt(email))
        assert isinstance(signed_in, service.SignedIn)
        starts[email] = signed_in.start
    assert list(starts.values()) == ["/account?set-up=second-factor", "/practice", "/home"]


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
