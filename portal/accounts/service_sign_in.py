"""Signing in. The password is verified between two units of work, so that no lock is held while it is hashed.

Where there is a second factor, the right password opens no session: it gets a token for the second step, which lives
ten minutes, works once and is worth nothing without a code.
"""

from dataclasses import dataclass
from uuid import UUID

from portal.accounts import queries
from portal.accounts.links import make_token
from portal.accounts.password_rules import DEMO_PASSWORD, LONGEST
from portal.accounts.passwords import normalised, verify_password
from portal.accounts.rules import email_key
from portal.accounts.rules_second_factor import SECOND_STEP_LIFETIME
from portal.accounts.service_sessions import NewSession, open_session, sign_out
from portal.accounts.tries import SIGN_IN_BY_ACCOUNT, SIGN_IN_BY_ADDRESS, tries
from portal.accounts.words import Code, sentence
from portal.config import Mode
from portal.database import Work
from portal.errors import Conflict, Invalid
from portal.models import Account, LinkPurpose
from portal.runtime import Runtime


@dataclass(frozen=True, slots=True)
class Attempt:
    """What somebody brings to sign in.

    `known_device` is the id of a device on which this very e-mail signed in before (empty otherwise): it has its own
    count of tries, so that strangers who guess cannot lock the owner out. `only_account` is set when a page is open
    already and must not change hands. `old_session` is the hash of the session this one takes the place of.
    """

    email: str
    password: str
    address: str
    device: str = ""
    known_device: str = ""
    old_session: str | None = None
    only_account: UUID | None = None


SET_UP = "/account?set-up=second-factor"


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Somebody signed in.

    `start` is where they begin: "/home", "/practice" for who is only staff, or the set-up of a second factor where a
    practice asks for one that is missing.
    """

    session: NewSession
    start: str
    email: str


@dataclass(frozen=True, slots=True)
class CodeAsked:
    """The password was right, and a code is needed too. `token` is for a cookie, and is nowhere else."""

    token: str


async def sign_in(runtime: Runtime, attempt: Attempt) -> SignedIn | CodeAsked:
    """Sign somebody in, or ask for the code of their second factor.

    Raises TooMany after too many tries, Invalid with one and the same sentence for an unknown e-mail, a wrong password
    and a closed login, and Conflict when another login than `only_account` was given.
    """
    async with tries().count_failure(SIGN_IN_BY_ADDRESS, attempt.address):
        return await _enter(runtime, attempt, await _verified(runtime, attempt))


async def _verified(runtime: Runtime, attempt: Attempt) -> Account:
    key = email_key(attempt.email)
    await tries().count(SIGN_IN_BY_ACCOUNT, key, attempt.known_device)
    async with runtime.database.unit_of_work(writes=False) as work:
        account = await queries.find_account(work, key)
    right = await _is_right(runtime, attempt.password, account)
    if account is None or not right:
        raise Invalid(sentence(Code.WRONG_PASSWORD))
    if attempt.only_account not in (None, account.id):
        raise Conflict(sentence(Code.OTHER_ACCOUNT))
    await tries().forget(SIGN_IN_BY_ACCOUNT, key, attempt.known_device)
    return account


async def _is_right(runtime: Runtime, password: str, account: Account | None) -> bool:
    """Verify, with the same work whether or not there is an account behind the e-mail."""
    usable = account.password_hash if account is not None and account.disabled_at is None else None
    text = normalised(password)
    right = await verify_password(text if len(text) <= LONGEST else "", usable)
    return right and not (runtime.config.mode is Mode.PRODUCTION and text == DEMO_PASSWORD)


async def _enter(runtime: Runtime, attempt: Attempt, verified: Account) -> SignedIn | CodeAsked:
    async with runtime.database.unit_of_work() as work:
        account = await queries.get_account(work, verified.id)
        if account is None or account.disabled_at or account.password_hash != verified.password_hash:
            raise Invalid(sentence(Code.WRONG_PASSWORD))
        if account.second_factor_at is None:
            return await open_signed_in(work, account, attempt)
        _, token = await make_token(
            work, account_id=account.id, purpose=LinkPurpose.SECOND_STEP, lifetime=SECOND_STEP_LIFETIME
        )
        return CodeAsked(token)


async def open_signed_in(work: Work, account: Account, attempt: Attempt) -> SignedIn:
    """Open the session of somebody who has given all that their login asks for."""
    if attempt.old_session:
        await sign_out(work, attempt.old_session, because="replaced")
    practices = await queries.list_practices(work, account.id)
    session = await open_session(
        work, account, practices, device=attempt.device, is_known_device=bool(attempt.known_device)
    )
    if account.second_factor_at is None and any(practice.asks_second_factor for practice in practices):
        return SignedIn(session, SET_UP, account.email)
    is_only_staff = bool(practices) and all(practice.is_staff for practice in practices)
    return SignedIn(session, "/practice" if is_only_staff else "/home", account.email)
