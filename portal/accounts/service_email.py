"""Changing the e-mail address of a login: confirmed at the new one, and undone from the old one."""

from email_validator import EmailNotValidError, validate_email
from sqlalchemy.exc import IntegrityError
from sqlmodel import col, update

from portal.accounts import queries
from portal.accounts.links import detail_of, find_link, kill_links, make_link, use_link
from portal.accounts.mails import mail_account
from portal.accounts.rules import CONFIRM_LIFETIME, UNDO_LIFETIME, email_key
from portal.accounts.service_passwords import OpenUnit, verify_owner
from portal.accounts.service_sessions import end_calendar_feeds, end_sessions_of
from portal.accounts.tries import EMAIL_BY_ACCOUNT, tries
from portal.accounts.words import Code, sentence
from portal.audit.service import record_account_event
from portal.database import Work
from portal.errors import Conflict, Invalid, NotFound
from portal.models import Account, AccountLink, LinkPurpose


async def request_email_change(open_unit: OpenUnit, *, password: str, new_email: str) -> None:
    """Mail a confirmation to the new address; nothing changes before its button is pressed.

    The answer is the same when somebody else signs in with that address: then only its owner is told, by mail.
    """
    email = read_email(new_email)
    account = (await verify_owner(open_unit, password)).account
    await tries().count(EMAIL_BY_ACCOUNT, str(account.id))
    key = email_key(email)
    if key == account.email_key:
        raise Invalid(sentence(Code.SAME_EMAIL))
    async with open_unit() as (work, _):
        await _mail_confirmation(work, account, email)


async def _mail_confirmation(work: Work, account: Account, email: str) -> None:
    owner = await queries.find_account(work, email_key(email))
    link_id, url = await make_link(
        work, account_id=account.id, purpose=LinkPurpose.CONFIRM_EMAIL, lifetime=CONFIRM_LIFETIME, detail=email
    )
    await record_account_event(work, account_id=account.id, action="email_change_requested")
    if owner is None:
        await mail_account(
            work, account, to=email, kind="confirm_email", dedupe_key=f"confirm_email:{link_id}", context={"link": url}
        )
    else:
        await mail_account(work, owner, kind="email_in_use", dedupe_key=f"email_in_use:{link_id}", context={})


def read_email(text: str) -> str:
    """Return an e-mail address in its usual spelling; raises Invalid for what is none. Asks no name server."""
    try:
        return validate_email(text.strip(), check_deliverability=False, test_environment=True).normalized
    except EmailNotValidError as refused:
        raise Invalid(sentence(Code.BAD_EMAIL)) from refused


async def check_email_link(work: Work, *, token: str, purpose: LinkPurpose) -> str:
    """Return the address that a link would set; raises NotFound for a dead one. Changes nothing."""
    return detail_of(work, await find_link(work, token, purpose))


async def confirm_email_change(work: Work, *, token: str) -> None:
    """Set the new address, and tell the old one, with a way back."""
    link, account = await _open(work, token, LinkPurpose.CONFIRM_EMAIL)
    old = account.email
    await _set_email(work, account, detail_of(work, link))
    await kill_links(work, account.id, LinkPurpose.RESET_PASSWORD)
    undo_id, url = await make_link(
        work, account_id=account.id, purpose=LinkPurpose.UNDO_EMAIL, lifetime=UNDO_LIFETIME, detail=old
    )
    await record_account_event(work, account_id=account.id, action="email_changed")
    await mail_account(
        work, account, to=old, kind="email_changed", dedupe_key=f"email_changed:{undo_id}", context={"link": url}
    )


async def undo_email_change(work: Work, *, token: str) -> None:
    """Set the old address again. Every session and every other link ends: somebody else may have been at work."""
    link, account = await _open(work, token, LinkPurpose.UNDO_EMAIL)
    await _set_email(work, account, detail_of(work, link))
    await kill_links(work, account.id)
    await end_sessions_of(work, account.id, because="email_change_undone")
    await end_calendar_feeds(work, account.id)
    await record_account_event(work, account_id=account.id, action="email_change_undone")


async def _open(work: Work, token: str, purpose: LinkPurpose) -> tuple[AccountLink, Account]:
    link = await find_link(work, token, purpose)
    account = await queries.get_account(work, link.account_id)
    if account is None or account.disabled_at is not None:
        raise NotFound(sentence(Code.DEAD_LINK))
    await use_link(work, link)
    return link, account


async def _set_email(work: Work, account: Account, email: str) -> None:
    key = email_key(email)
    owner = await queries.find_account(work, key)
    if owner is not None and owner.id != account.id:
        raise Conflict(sentence(Code.EMAIL_TAKEN))
    try:
        await work.exec(update(Account).where(col(Account.id) == account.id).values(email=email, email_key=key))
    except IntegrityError as taken:
        raise Conflict(sentence(Code.EMAIL_TAKEN)) from taken
    work.tell(f"account:{account.id}")
