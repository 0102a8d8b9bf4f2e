"""What can be done with a login. The use cases live in the `service_*` files beside this one; call them from here."""

from sqlmodel import col, update

from portal.access.actor import AccountAccess
from portal.accounts import queries
from portal.accounts.links import detail_of
from portal.accounts.queries import find_practice_name
from portal.accounts.service_email import (
    check_email_link,
    confirm_email_change,
    request_email_change,
    undo_email_change,
)
from portal.accounts.service_mails import MailChoice, list_mail_choices, mute_mail
from portal.accounts.service_passwords import (
    change_password,
    check_reset_link,
    request_password_reset,
    reset_password,
)
from portal.accounts.service_second_factor import (
    begin_second_factor,
    confirm_second_factor,
    read_second_factor,
    renew_recovery_codes,
    switch_off_second_factor,
)
from portal.accounts.service_second_step import CodeAttempt, check_second_step, give_code
from portal.accounts.service_sessions import (
    end_all_sessions,
    end_session,
    list_sessions,
    sign_out,
    touch_session,
)
from portal.accounts.service_sign_in import Attempt, CodeAsked, SignedIn, sign_in
from portal.accounts.service_step_up import confirm_identity
from portal.accounts.views import AccountView
from portal.accounts.words import Code, sentence
from portal.audit.service import record_account_event
from portal.database import Work
from portal.errors import Invalid, SignedOut
from portal.models import Account

__all__ = [
    "Attempt",
    "CodeAsked",
    "CodeAttempt",
    "MailChoice",
    "SignedIn",
    "begin_second_factor",
    "change_password",
    "check_email_link",
    "check_reset_link",
    "check_second_step",
    "confirm_email_change",
    "confirm_identity",
    "confirm_second_factor",
    "end_all_sessions",
    "end_session",
    "find_practice_name",
    "give_code",
    "list_mail_choices",
    "list_sessions",
    "mute_mail",
    "read_account",
    "read_second_factor",
    "renew_recovery_codes",
    "request_email_change",
    "request_password_reset",
    "reset_password",
    "sign_in",
    "sign_out",
    "switch_off_second_factor",
    "touch_session",
    "undo_email_change",
    "update_profile",
]


async def read_account(work: Work, access: AccountAccess) -> AccountView:
    """Return the person's own login, with the address that waits for its confirmation."""
    account = await queries.get_account(work, access.actor.account_id)
    if account is None:
        raise SignedOut
    pending = await queries.find_pending_email(work, account.id)
    return AccountView(
        name=account.name,
        email=account.email,
        pending_email=detail_of(work, pending) if pending else "",
        password_changed_at=account.password_changed_at,
    )


async def update_profile(work: Work, access: AccountAccess, *, name: str) -> None:
    """Change the name that the person is greeted by."""
    tidy = " ".join(name.split())
    if not tidy:
        raise Invalid(sentence(Code.NAME_MISSING))
    if len(tidy) > 120:
        raise Invalid(sentence(Code.NAME_LONG))
    await work.exec(update(Account).where(col(Account.id) == access.actor.account_id).values(name=tidy))
    await record_account_event(work, account_id=access.actor.account_id, action="profile_changed")
    work.tell(f"account:{access.actor.account_id}")
