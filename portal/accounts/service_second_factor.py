"""Setting a second factor up, moving it to another app, new recovery codes, and switching it off.

Whoever calls these has just shown who they are: the handlers are declared with `step_up=True`.
"""

from collections.abc import Mapping, Sequence

from sqlmodel import col, update

from portal.access.actor import AccountAccess
from portal.accounts import queries
from portal.accounts.codes import (
    count_code_try,
    drop_recovery_codes,
    forget_code_tries,
    open_secret,
    replace_recovery_codes,
    seal_secret,
)
from portal.accounts.links import kill_links
from portal.accounts.mails import mail_account
from portal.accounts.queries import Practice
from portal.accounts.rules_second_factor import matching_step, new_secret, setup_address
from portal.accounts.service_sessions import end_sessions_of
from portal.accounts.views import SecondFactorView, SetUp
from portal.accounts.words import Code, sentence
from portal.audit.service import record_account_event
from portal.database import Work
from portal.errors import Invalid, SignedOut
from portal.kit.ids import new_id
from portal.models import Account, LinkPurpose

_NO_PASSWORD = "none until a new one is chosen by mail"  # noqa: S105 - no hash, so nothing matches it
_OFF: Mapping[str, object] = {
    "second_factor_at": None,
    "second_factor_secret": None,
    "second_factor_pending": None,
    "second_factor_step": None,
}


async def read_second_factor(work: Work, access: AccountAccess) -> SecondFactorView:
    """Return how the person's second factor stands. Three statements."""
    account = await _own(work, access)
    left = await queries.count_recovery_codes(work, account.id)
    asking = _asking(await queries.list_practices(work, account.id))
    return SecondFactorView(account.second_factor_at is not None, account.second_factor_at, left, asking)


async def begin_second_factor(work: Work, access: AccountAccess) -> SetUp:
    """Make a secret for an app. Nothing changes before its first code: one that is in use stays valid until then."""
    account, secret = await _own(work, access), new_secret()
    sealed = seal_secret(work.ring, account.id, secret)
    await work.exec(update(Account).where(col(Account.id) == account.id).values(second_factor_pending=sealed))
    return SetUp(setup_address(secret, account.email, "Portico"), secret)


async def confirm_second_factor(work: Work, access: AccountAccess, *, code: str) -> tuple[str, ...]:
    """Switch the second factor on with a code of the new app; returns the recovery codes, to be shown once.

    Every other session ends, because it was opened without this. Raises Invalid for a wrong code, TooMany after too
    many of them.
    """
    await count_code_try(access.actor.account_id)
    account = await _own(work, access)
    if account.second_factor_pending is None:
        raise Invalid(sentence(Code.NOT_BEGUN))
    secret = open_secret(work.ring, account, account.second_factor_pending)
    step = matching_step(secret, code, work.now, None)
    if step is None:
        raise Invalid(sentence(Code.WRONG_CODE))
    await forget_code_tries(account.id)
    sealed = seal_secret(work.ring, account.id, secret)
    on = {**_OFF, "second_factor_at": work.now, "second_factor_secret": sealed, "second_factor_step": step}
    await work.exec(update(Account).where(col(Account.id) == account.id).values(**on))
    codes = await replace_recovery_codes(work, account.id)
    await _changed(work, access, account, "second_factor_on")
    return codes


async def renew_recovery_codes(work: Work, access: AccountAccess) -> tuple[str, ...]:
    """Make ten new recovery codes; the older ones are worthless from now on."""
    account = await _own(work, access)
    if account.second_factor_at is None:
        raise Invalid(sentence(Code.NOT_SET_UP))
    codes = await replace_recovery_codes(work, account.id)
    await record_account_event(work, account_id=account.id, action="recovery_codes_made")
    await _mail(work, account, "recovery_codes_made")
    return codes


async def switch_off_second_factor(work: Work, access: AccountAccess) -> None:
    """Let the password alone suffice again.

    Raises Invalid where a practice asks its staff for a code, and where the password is too short to stand alone.
    """
    account = await _own(work, access)
    if account.second_factor_at is None:
        raise Invalid(sentence(Code.NOT_SET_UP))
    practices = await queries.list_practices(work, account.id)
    if asking := _asking(practices):
        raise Invalid(sentence(Code.REQUIRED, practice=asking))
    if account.is_password_short:
        raise Invalid(sentence(Code.PASSWORD_TOO_SHORT_ALONE))
    await remove_second_factor(work, account)
    await _changed(work, access, account, "second_factor_off")


async def remove_second_factor(work: Work, account: Account) -> None:
    """Take the second factor of a login away; whoever calls this tells its owner."""
    await work.exec(update(Account).where(col(Account.id) == account.id).values(**_OFF))
    await drop_recovery_codes(work, account.id)


async def rescue_from_second_factor(work: Work, account: Account) -> None:
    """Switch codes off for somebody who has lost them all; only who holds the server does this.

    Every session ends, and the owner is told. A password that is too short to stand alone opens nothing any more: a new
    one comes by mail.
    """
    if account.second_factor_at is None:
        raise Invalid(sentence(Code.NOT_SET_UP))
    if account.is_password_short:
        shut = {"password_hash": _NO_PASSWORD, "is_password_short": None}
        await work.exec(update(Account).where(col(Account.id) == account.id).values(**shut))
    await remove_second_factor(work, account)
    await end_sessions_of(work, account.id, because="second_factor_off")
    await kill_links(work, account.id, LinkPurpose.SECOND_STEP)
    await tell_second_factor_removed(work, account)


async def tell_recovery_code_used(work: Work, account: Account) -> None:
    """Write down that a recovery code stood in for the app, and tell the owner by mail."""
    await record_account_event(work, account_id=account.id, action="recovery_code_used")
    await _mail(work, account, "recovery_code_used")


async def tell_second_factor_removed(work: Work, account: Account) -> None:
    """Write down that the second factor was taken away without it, and tell the owner by mail."""
    await record_account_event(work, account_id=account.id, action="second_factor_off")
    await _mail(work, account, "second_factor_off")


async def _changed(work: Work, access: AccountAccess, account: Account, what: str) -> None:
    await end_sessions_of(work, account.id, because=what, keep=access.actor.session_id)
    await kill_links(work, account.id, LinkPurpose.SECOND_STEP)
    await record_account_event(work, account_id=account.id, action=what)
    await _mail(work, account, what)
    work.tell(f"account:{account.id}")


async def _mail(work: Work, account: Account, kind: str) -> None:
    await mail_account(work, account, kind=kind, dedupe_key=f"{kind}:{new_id()}", context={})


async def _own(work: Work, access: AccountAccess) -> Account:
    account = await queries.get_account(work, access.actor.account_id)
    if account is None:
        raise SignedOut
    return account


def _asking(practices: Sequence[Practice]) -> str:
    return next((practice.name for practice in practices if practice.asks_second_factor), "")
