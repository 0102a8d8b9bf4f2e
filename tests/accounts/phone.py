"""A second factor in tests: the app on a phone, the recovery codes beside it, and both steps of signing in."""

from datetime import timedelta
from typing import Any

import pyotp

from portal.accounts import service
from portal.database import Database
from portal.demo.people import PASSWORD
from portal.models import OrganizationSetting
from portal.runtime import runtime
from portal.settings.catalog import SettingName
from tests.conftest import Clock
from tests.logins import attempt, opener, sign_in

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


async def switch_off(database: Database, phone: Phone) -> None:
    async with opener(database, phone.session)() as (work, access):
        await service.switch_off_second_factor(work, access)


async def require_at(database: Database, organization_id: Any) -> None:
    async with database.unit_of_work() as work:
        name, now = SettingName.STAFF_SECOND_FACTOR, work.now
        work.add(OrganizationSetting(organization_id=organization_id, name=name, value="true", changed_at=now))
