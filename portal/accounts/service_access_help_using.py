"""Help for a client who cannot sign in, as the owner of the mailbox uses it. Opening the link changes nothing."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlmodel import col

from portal.access.actor import System
from portal.accounts import queries_access_help as helps
from portal.accounts.links import read_link
from portal.accounts.password_rules import is_short
from portal.accounts.queries import Owner, find_owner
from portal.accounts.rules_access_help import MOST_TRIES, OVER, WAIT_OF_SHARED, Stage, stage_of
from portal.accounts.service_access_help import PURPOSE
from portal.accounts.service_passwords import hash_new_password, set_password
from portal.accounts.service_second_factor import remove_second_factor, tell_second_factor_removed
from portal.accounts.words import Code, sentence
from portal.audit.service import record_account_event, record_change
from portal.config import Mode
from portal.database import Work
from portal.errors import Invalid, NotFound
from portal.kit.tokens import token_hash
from portal.models import AccessHelp
from portal.runtime import Runtime, runtime

_PAGE = System("page for help with signing in")


@dataclass(frozen=True, slots=True)
class HelpPage:
    """What the page of a link shows."""

    stage: Stage
    practice: str
    email: str
    opens_at: datetime | None
    asks_birth_date: bool
    has_second_factor: bool


@dataclass(frozen=True, slots=True)
class _Found:
    help: AccessHelp
    practice: str
    birth_date: date | None
    owner: Owner


class WrongBirthDate(Invalid):
    """The date of birth is not the one on record."""


async def read_help_page(work: Work, *, token: str) -> HelpPage:
    """Return what a link shows; raises NotFound for one that is used, stopped, expired, or never was."""
    found = await _open(work, token)
    account = found.owner.account
    return HelpPage(
        stage=stage_of(found.help, work.now),
        practice=found.practice,
        email=account.email,
        opens_at=found.help.opens_at,
        asks_birth_date=found.help.asks_birth_date,
        has_second_factor=account.second_factor_at is not None,
    )


async def confirm_access_help(work: Work, *, token: str) -> None:
    """Let the owner say that it was them who asked; from then on there is a wait in which they can still stop it."""
    found = await _open(work, token)
    if stage_of(found.help, work.now) is not Stage.ASKS_OWNER:
        return
    opens_at = work.now + WAIT_OF_SHARED
    await helps.change_open(work, col(AccessHelp.id) == found.help.id, confirmed_at=work.now, opens_at=opens_at)
    await record_account_event(work, account_id=found.help.account_id, action="access_help_confirmed")
    work.tell(f"client:{found.help.client_id}")


async def stop_access_help(work: Work, *, token: str) -> None:
    """Stop it: whoever has the mailbox did not ask for it."""
    found = await _open(work, token)
    await _stop(work, found, "not_asked_for")


async def finish_access_help(runtime: Runtime, *, token: str, birth_date: str, new: str) -> None:
    """Set the new password and take the second factor away; every session ends.

    Raises NotFound for a link that is not open now, WrongBirthDate, the fifth of which stops it, and Invalid for a
    password that is refused.
    """
    async with runtime.database.unit_of_work() as work:
        found = await _ready(work, token)
        wrong = await _count_wrong_birth_date(work, found, birth_date)
    if wrong is not None:
        raise wrong
    account = found.owner.account
    about = [account.email, account.name, *(practice.name for practice in found.owner.practices)]
    hashed = await hash_new_password(new, about, demo_allowed=runtime.config.mode is not Mode.PRODUCTION)
    async with runtime.database.unit_of_work() as work:
        found = await _ready(work, token)
        if not await helps.change_open(work, col(AccessHelp.id) == found.help.id, used_at=work.now):
            raise NotFound(sentence(Code.DEAD_LINK))
        await _let_in(work, found, {"password_hash": hashed, "is_password_short": is_short(new)})


async def _let_in(work: Work, found: _Found, fresh: dict[str, Any]) -> None:
    account = found.owner.account
    had_second_factor = account.second_factor_at is not None
    await set_password(work, found.owner, fresh, keep=None, action="password_reset")
    if had_second_factor:
        await remove_second_factor(work, account)
        await tell_second_factor_removed(work, account)
    await _record(work, found, "client.access_help_used")


async def _ready(work: Work, token: str) -> _Found:
    found = await _open(work, token)
    if stage_of(found.help, work.now) is not Stage.OPEN:
        raise NotFound(sentence(Code.DEAD_LINK))
    return found


async def _count_wrong_birth_date(work: Work, found: _Found, text: str) -> WrongBirthDate | None:
    """Compare the date of birth; a wrong one is counted here, and refused after the commit."""
    if not found.help.asks_birth_date:
        return None
    try:
        given = date.fromisoformat(text.strip())
    except ValueError:
        return WrongBirthDate(sentence(Code.ENTER_BIRTH_DATE))
    if given == found.birth_date:
        return None
    tries = found.help.birth_date_tries + 1
    await helps.change_open(work, col(AccessHelp.id) == found.help.id, birth_date_tries=tries)
    if tries >= MOST_TRIES:
        await _stop(work, found, "wrong_birth_dates")
    return WrongBirthDate(sentence(Code.WRONG_BIRTH_DATE))


async def _stop(work: Work, found: _Found, because: str) -> None:
    await helps.change_open(work, col(AccessHelp.id) == found.help.id, stopped_at=work.now, stopped_because=because)
    await record_account_event(work, account_id=found.help.account_id, action="access_help_stopped")
    await _record(work, found, "client.access_help_stopped")


async def _record(work: Work, found: _Found, action: str) -> None:
    await record_change(
        work,
        organization_id=found.help.organization_id,
        actor=_PAGE,
        action=action,
        client_id=found.help.client_id,
    )
    work.tell(f"client:{found.help.client_id}")


async def _open(work: Work, token: str) -> _Found:
    help_id = read_link(work.ring, token, PURPOSE, runtime().config.origin, work.now)
    row = await helps.find_help(work, help_id, token_hash(token)) if help_id else None
    owner = await find_owner(work, row[0].account_id) if row else None
    if row is None or owner is None or owner.account.disabled_at or stage_of(row[0], work.now) in OVER:
        raise NotFound(sentence(Code.DEAD_LINK))
    return _Found(row[0], row[1], row[2], owner)
