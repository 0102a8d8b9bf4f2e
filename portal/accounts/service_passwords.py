"""Passwords: changed by who knows them, chosen anew by who has the mailbox."""

from uuid import UUID

from sqlmodel import col, update

from portal.access.actor import AccountAccess
from portal.accounts import queries
from portal.accounts.links import find_link, kill_links, make_link, use_link
from portal.accounts.mails import mail_account
from portal.accounts.password_rules import refusal
from portal.accounts.passwords import hash_password, verify_password
from portal.accounts.rules import RESET_LIFETIME, email_key
from portal.accounts.service_sessions import end_sessions_of
from portal.accounts.tries import PASSWORD_BY_ACCOUNT, RESET_BY_ACCOUNT, tries
from portal.accounts.words import Code, sentence
from portal.audit.service import record_account_event
from portal.config import Mode
from portal.database import Work
from portal.errors import Invalid, NotFound, SignedOut
from portal.models import Account, LinkPurpose
from portal.runtime import runtime


async def change_password(work: Work, access: AccountAccess, *, current: str, new: str) -> None:
    """Change the person's password, end their other sessions, and tell them by mail.

    Raises TooMany after too many wrong tries, Invalid for a wrong current password or a new one that is refused.
    """
    account = await verify_owner(work, access, current)
    if current == new:
        raise Invalid(sentence(Code.SAME_PASSWORD))
    await _set_password(work, account, new, keep=access.actor.session_id, action="password_changed")


async def verify_owner(work: Work, access: AccountAccess, password: str) -> Account:
    """Return the person's account once they have given its password again; what matters most asks for it."""
    await tries().count(PASSWORD_BY_ACCOUNT, str(access.actor.account_id))
    account = await queries.get_account(work, access.actor.account_id)
    if account is None:
        raise SignedOut
    if not await verify_password(password, account.password_hash):
        raise Invalid(sentence(Code.WRONG_CURRENT_PASSWORD))
    await tries().forget(PASSWORD_BY_ACCOUNT, str(account.id))
    return account


async def request_password_reset(work: Work, *, email: str) -> None:
    """Mail a link for a new password to the address on file; older links die. Does nothing for an unknown e-mail.

    The caller answers before this runs, so that neither answer nor time tells who has a login here.
    """
    key = email_key(email)
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


async def reset_password(work: Work, *, token: str, new: str) -> None:
    """Use a link up and set the new password; every session ends. A refused password leaves the link as it was."""
    link = await find_link(work, token, LinkPurpose.RESET_PASSWORD)
    account = await queries.get_account(work, link.account_id)
    if account is None or account.disabled_at is not None:
        raise NotFound(sentence(Code.DEAD_LINK))
    await use_link(work, link)
    await _set_password(work, account, new, keep=None, action="password_reset")


async def _set_password(work: Work, account: Account, new: str, *, keep: UUID | None, action: str) -> None:
    practices = await queries.list_practices(work, account.id)
    about = [account.email, account.name, *(practice.name for practice in practices)]
    code = refusal(new, about, demo_allowed=runtime().config.mode is not Mode.PRODUCTION)
    if code:
        raise Invalid(sentence(code))
    changed = {"password_hash": await hash_password(new), "password_changed_at": work.now}
    await work.exec(update(Account).where(col(Account.id) == account.id).values(**changed))
    await end_sessions_of(work, account.id, because=action, keep=keep)
    await kill_links(work, account.id, LinkPurpose.RESET_PASSWORD, LinkPurpose.CONFIRM_EMAIL)
    await record_account_event(work, account_id=account.id, action=action)
    await mail_account(
        work,
        account,
        kind="password_changed",
        dedupe_key=f"{action}:{account.id}:{work.now.timestamp()}",
        context={},
        practices=practices,
    )
