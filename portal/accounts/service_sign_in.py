"""Signing in. The password is verified between two units of work, so that no lock is held while it is hashed."""

from dataclasses import dataclass
from uuid import UUID

from portal.accounts import queries
from portal.accounts.password_rules import DEMO_PASSWORD, LONGEST
from portal.accounts.passwords import normalised, verify_password
from portal.accounts.rules import email_key
from portal.accounts.service_sessions import NewSession, open_session, sign_out
from portal.accounts.tries import SIGN_IN_BY_ACCOUNT, SIGN_IN_BY_ADDRESS, tries
from portal.accounts.words import Code, sentence
from portal.config import Mode
from portal.errors import Conflict, Invalid
from portal.models import Account
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


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Somebody signed in. `start` is where they begin: "/home", or "/practice" for who is only staff."""

    session: NewSession
    start: str


async def sign_in(runtime: Runtime, attempt: Attempt) -> SignedIn:
    """Sign somebody in.

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


async def _enter(runtime: Runtime, attempt: Attempt, verified: Account) -> SignedIn:
    async with runtime.database.unit_of_work() as work:
        account = await queries.get_account(work, verified.id)
        if account is None or account.disabled_at or account.password_hash != verified.password_hash:
            raise Invalid(sentence(Code.WRONG_PASSWORD))
        if attempt.old_session:
            await sign_out(work, attempt.old_session, because="replaced")
        practices = await queries.list_practices(work, account.id)
        session = await open_session(
            work, account, practices, device=attempt.device, is_known_device=bool(attempt.known_device)
        )
    is_only_staff = bool(practices) and all(practice.is_staff for practice in practices)
    return SignedIn(session, "/practice" if is_only_staff else "/home")
