"""Passwords: changed by who knows them, chosen anew by who has the mailbox.

A password is hashed between two units of work: no lock is held meanwhile, and the second one looks at everything again.
"""

from collections.abc import Callable, Iterable
from contextlib import AbstractAsyncContextManager
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement
from sqlmodel import col, update

from portal.access.actor import AccountAccess
from portal.accounts import queries
from portal.accounts.links import find_link, kill_links, make_link, use_link
from portal.accounts.mails import mail_account
from portal.accounts.password_rules import is_short, refusal
from portal.accounts.passwords import hash_password, verify_password
from portal.accounts.queries import Owner
from portal.accounts.rules import RESET_LIFETIME, email_key
from portal.accounts.service_sessions import end_sessions_of
from portal.accounts.tries import PASSWORD_BY_ACCOUNT, RESET_BY_ACCOUNT, RESET_BY_REQUESTER, tries
from portal.accounts.words import Code, sentence
from portal.audit.service import record_account_event
from portal.config import Mode
from portal.database import Work
from portal.errors import Invalid, NotFound, SignedOut
from portal.models import Account, AccountLink, LinkPurpose
from portal.runtime import Runtime, runtime

OpenUnit = Callable[[], AbstractAsyncContextManager[tuple[Work, AccountAccess]]]
"""Opens a unit of work in which the person's session has just been checked."""


async def change_password(open_unit: OpenUnit, *, current: str, new: str) -> None:
    """Change the person's password, end their other sessions, and tell them by mail. Eight statements.

    Raises TooMany after too many wrong tries, Invalid for a wrong current password or a new one that is refused.
    """
    owner = await verify_owner(open_unit, current)
    if current == new:
        raise Invalid(sentence(Code.SAME_PASSWORD))
    fresh = await _fresh(owner, new)
    async with open_unit() as (work, access):
        await set_password(work, owner, fresh, keep=access.actor.session_id, action="password_changed")


async def verify_owner(open_unit: OpenUnit, password: str) -> Owner:
    """Return the person's login once they have given its password again; what matters most asks for it."""
    async with open_unit() as (work, access):
        owner = await queries.find_owner(work, access.actor.account_id)
    if owner is None:
        raise SignedOut
    await tries().count(PASSWORD_BY_ACCOUNT, str(owner.account.id))
    if not await verify_password(password, owner.account.password_hash):
        raise Invalid(sentence(Code.WRONG_CURRENT_PASSWORD))
    await tries().forget(PASSWORD_BY_ACCOUNT, str(owner.account.id))
    return owner


async def request_password_reset(work: Work, *, email: str, requester: str = "") -> None:
    """Mail a link for a new password to the address on file. Does nothing for an unknown e-mail.

    `requester` is the network address, or the browser where this e-mail signed in before: each has a count of its own.
    All of them together have one as long as a link lives, and no link kills another: whoever is refused has one that
    works in their mailbox, whoever asked for it. The caller answers before this runs, so that neither answer nor time
    tells who has a login here.
    """
    key = email_key(email)
    if not await tries().is_within(RESET_BY_REQUESTER, key, requester):
        return
    if not await tries().is_within(RESET_BY_ACCOUNT, key):
        return
    account = await queries.find_account(work, key)
    if account is None or account.disabled_at is not None or account.password_hash is None:
        return
    link_id, url = await make_link(
        work, account_id=account.id, purpose=LinkPurpose.RESET_PASSWORD, lifetime=RESET_LIFETIME
    )
    await record_account_event(work, account_id=account.id, action="password_reset_requested")
    await mail_account(
        work, account, kind="reset_password", dedupe_key=f"reset_password:{link_id}", context={"link": url}
    )


async def check_reset_link(work: Work, *, token: str) -> str:
    """Return the e-mail that a link is for; NotFound for a dead one. Changes nothing: mail scanners open links too."""
    link = await find_link(work, token, LinkPurpose.RESET_PASSWORD)
    account = await queries.get_account(work, link.account_id)
    return account.email if account else ""


async def reset_password(runtime: Runtime, *, token: str, new: str) -> None:
    """Use a link up and set the new password; every session and every other such link ends.

    A refused password leaves the link as it was. A second factor stays: whoever has the mailbox alone gets no further.
    """
    async with runtime.database.unit_of_work(writes=False) as work:
        _, owner = await _open(work, token)
    fresh = await _fresh(owner, new)
    async with runtime.database.unit_of_work() as work:
        link, owner = await _open(work, token)
        await use_link(work, link)
        await set_password(work, owner, fresh, keep=None, action="password_reset")
    await tries().forget(RESET_BY_ACCOUNT, owner.account.email_key)


async def hash_new_password(
    new: str, about: Iterable[str], *, with_second_factor: bool = False, demo_allowed: bool = False
) -> str:
    """Return the hash of a new password; raises Invalid for one that is refused. Call it outside of a unit."""
    code = refusal(new, about, demo_allowed=demo_allowed, with_second_factor=with_second_factor)
    if code:
        raise Invalid(sentence(code))
    return await hash_password(new)


async def _fresh(owner: Owner, new: str) -> dict[str, Any]:
    """Return what a new password changes in its account's row."""
    about = [owner.account.email, owner.account.name, *(practice.name for practice in owner.practices)]
    with_second_factor = owner.account.second_factor_at is not None
    demo_allowed = runtime().config.mode is not Mode.PRODUCTION
    hashed = await hash_new_password(new, about, with_second_factor=with_second_factor, demo_allowed=demo_allowed)
    return {"password_hash": hashed, "is_password_short": is_short(new)}


async def _open(work: Work, token: str) -> tuple[AccountLink, Owner]:
    link = await find_link(work, token, LinkPurpose.RESET_PASSWORD)
    owner = await queries.find_owner(work, link.account_id)
    if owner is None or owner.account.disabled_at is not None:
        raise NotFound(sentence(Code.DEAD_LINK))
    return link, owner


async def set_password(work: Work, owner: Owner, fresh: dict[str, Any], *, keep: UUID | None, action: str) -> None:
    """Store a new password, unless the old one, or the second factor that it was judged with, was changed meanwhile."""
    account = owner.account
    changed = update(Account).where(*_unchanged(account)).values(**fresh, password_changed_at=work.now)
    if (await work.exec(changed)).rowcount != 1:
        raise Invalid(sentence(Code.WRONG_CURRENT_PASSWORD))
    await end_sessions_of(work, account.id, because=action, keep=keep)
    purposes = (LinkPurpose.RESET_PASSWORD, LinkPurpose.CONFIRM_EMAIL, LinkPurpose.SECOND_STEP)
    await kill_links(work, account.id, *purposes)
    await record_account_event(work, account_id=account.id, action=action)
    await mail_account(
        work,
        account,
        kind="password_changed",
        dedupe_key=f"{action}:{account.id}:{work.now.timestamp()}",
        context={},
        practices=owner.practices,
    )


def _unchanged(account: Account) -> tuple[ColumnElement[bool], ...]:
    """The condition that a login is as it was read, as far as a new password goes."""
    return (
        col(Account.id) == account.id,
        col(Account.password_hash).is_not_distinct_from(account.password_hash),
        col(Account.second_factor_at).is_not_distinct_from(account.second_factor_at),
    )
