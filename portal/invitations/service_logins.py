"""Joining: an invitation becomes a login, a new one or the one that its address has already.

The date of birth is checked in a unit of its own, so that a wrong one counts although nothing else happens. The
password is hashed between two units, so that no lock is held meanwhile; the second one looks at everything again.
"""

from dataclasses import dataclass

from sqlalchemy.exc import IntegrityError

from portal.access.actor import AccountAccess, Person, System
from portal.accounts.password_rules import refusal
from portal.accounts.passwords import hash_password
from portal.accounts.queries import find_account
from portal.accounts.rules import email_key
from portal.accounts.service_sessions import NewSession, open_session, sign_out
from portal.accounts.words import sentence
from portal.audit.service import record_account_event, record_change
from portal.config import Mode
from portal.database import Work
from portal.errors import Conflict, Invalid
from portal.invitations import queries_accepting as queries
from portal.invitations import words
from portal.invitations.queries_accepting import Found
from portal.invitations.rules import MOST_TRIES, Dead, read_day
from portal.invitations.service_accepting import (
    DeadInvitation,
    client_of,
    has_password,
    open_found,
    tell_practice,
    who_is_here,
)
from portal.models import Account
from portal.runtime import Runtime

_PAGE = System("invitation page")


class WrongBirthDate(Invalid):
    """The date of birth was not the one on record, or none was given."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What the page of an invitation sends. `session_hash` is that of the browser's session, if it has one."""

    token: str
    birth_date: str = ""
    password: str = ""
    session_hash: str | None = None
    device: str = ""


@dataclass(frozen=True, slots=True)
class Joined:
    """Somebody joined. `session` is set when they were signed in with it; `start` is where they begin."""

    start: str
    email: str
    session: NewSession | None = None


async def join_by_invitation(runtime: Runtime, answer: Answer) -> Joined:
    """Give the person invited their login.

    An address without a login gets one, with this password; an address with one has to be signed in with here. Raises
    DeadInvitation; WrongBirthDate, the fifth of which withdraws the invitation; Invalid for a password that is refused,
    and for a login that belongs to somebody else here; Conflict when they have to sign in first.
    """
    async with runtime.database.unit_of_work() as work:
        found, here = await _look(work, answer)
        wrong = await _count_wrong_birth_date(work, found, answer.birth_date)
    if wrong is not None:
        raise wrong
    if here is not None:
        return await _join_signed_in(runtime, answer)
    return await _join_new(runtime, found, answer)


async def _look(work: Work, answer: Answer) -> tuple[Found, AccountAccess | None]:
    """Find the invitation, locked, and whoever joins with the login that its address has; None for a new login."""
    found = await open_found(work, answer.token, lock=True)
    account = await find_account(work, email_key(found.invitation.email))
    if account is not None and account.disabled_at is not None:
        raise DeadInvitation(Dead.CLOSED, found.practice.name)
    if account is None or not has_password(account):
        return found, None
    here = await who_is_here(work, answer.session_hash)
    if here is None or here.actor.account_id != account.id:
        raise Conflict(words.SIGN_IN_FIRST)
    return found, here


async def _count_wrong_birth_date(work: Work, found: Found, text: str) -> WrongBirthDate | DeadInvitation | None:
    """Compare the date of birth where one is recorded. A wrong one is counted here and refused after the commit."""
    invitation, expected = found.invitation, found.person.birth_dates
    if not expected:
        return None
    given = read_day(text)
    if given is None:
        return WrongBirthDate(words.enter_birth_date(is_own=found.person.is_own))
    if given in expected:
        return None
    invitation.birth_date_tries += 1
    left = MOST_TRIES - invitation.birth_date_tries
    work.add(invitation)
    if left > 0:
        await work.flush()
        more = words.LAST_TRY if left == 1 else words.MORE_TRIES.format(count=left)
        wrong = words.WRONG_BIRTH_DATE if found.person.is_own else words.WRONG_BIRTH_DATE_OF_CLIENT
        return WrongBirthDate(wrong.format(practice=found.practice.name, left=more))
    invitation.revoked_at = work.now
    await work.flush()
    await _record(work, found, _PAGE, "invitation.locked")
    tell_practice(work, found)
    return DeadInvitation(Dead.REVOKED, found.practice.name)


async def _join_signed_in(runtime: Runtime, answer: Answer) -> Joined:
    async with runtime.database.unit_of_work() as work:
        found, here = await _look(work, answer)
        if here is None:
            raise Conflict(words.SIGN_IN_FIRST)
        await _join(work, found, here.actor)
        return Joined(await _start(work, found), here.actor.email)


async def _join_new(runtime: Runtime, found: Found, answer: Answer) -> Joined:
    about = (found.invitation.email, found.person.name, found.practice.name)
    code = refusal(answer.password, about, demo_allowed=runtime.config.mode is not Mode.PRODUCTION)
    if code is not None:
        raise Invalid(sentence(code))
    hashed = await hash_password(answer.password)
    async with runtime.database.unit_of_work() as work:
        found, here = await _look(work, answer)
        if here is not None:
            raise Conflict(words.LOGIN_JUST_MADE)
        account = await _new_account(work, found, hashed)
        if answer.session_hash:
            await sign_out(work, answer.session_hash, because="replaced")
        session = await open_session(work, account, (), device=answer.device, is_known_device=True)
        await _join(work, found, Person(account.id, session.session_id, account.name, account.email))
        return Joined(await _start(work, found), account.email, session)


async def _new_account(work: Work, found: Found, password_hash: str) -> Account:
    email = found.invitation.email
    account = await find_account(work, email_key(email))
    if has_password(account):
        raise Conflict(words.LOGIN_JUST_MADE)
    is_new = account is None
    account = account or Account(email=email, email_key=email_key(email), name=found.person.name, created_at=work.now)
    account.password_hash, account.password_changed_at = password_hash, work.now
    work.add(account)
    try:
        await work.flush()
    except IntegrityError as taken:
        raise Conflict(words.LOGIN_JUST_MADE) from taken
    if is_new:
        await record_account_event(work, account_id=account.id, action="account_created")
    return account


async def _join(work: Work, found: Found, actor: Person) -> None:
    """Use the invitation up, and let the login be this person's; both or nothing."""
    invitation = found.invitation
    if not await queries.use_up(work, invitation.id, actor.account_id):
        raise DeadInvitation(Dead.USED, found.practice.name)
    try:
        attached = await queries.attach(work, invitation, actor.account_id)
        await queries.attach_same_person(work, invitation, actor.account_id)
    except IntegrityError as taken:
        raise Invalid(words.LOGIN_TAKEN.format(practice=found.practice.name)) from taken
    if not attached:
        raise DeadInvitation(Dead.USED, found.practice.name)
    await record_account_event(work, account_id=actor.account_id, action="invitation_accepted")
    await _record(work, found, actor, "invitation.accepted")
    work.tell(f"account:{actor.account_id}")
    tell_practice(work, found)


async def _start(work: Work, found: Found) -> str:
    if found.invitation.membership_id is not None:
        return "/practice"
    if await queries.has_open_forms(work, found.invitation.id):
        return f"/forms?for={client_of(found.invitation)}"
    return "/home"


async def _record(work: Work, found: Found, actor: Person | System, action: str) -> None:
    await record_change(
        work,
        organization_id=found.invitation.organization_id,
        actor=actor,
        action=action,
        client_id=client_of(found.invitation),
        object_id=found.invitation.id,
    )
