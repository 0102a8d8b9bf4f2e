"""The second step of signing in: a code of the app, or a recovery code, on top of the password that was right."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from portal.accounts import queries
from portal.accounts.codes import Proof, count_code_try, forget_code_tries, use_code
from portal.accounts.links import find_link, use_link
from portal.accounts.service_access_help import stop_access_helps
from portal.accounts.service_second_factor import tell_recovery_code_used
from portal.accounts.service_sign_in import Attempt, SignedIn, open_signed_in
from portal.accounts.tries import SIGN_IN_BY_ADDRESS, tries
from portal.accounts.words import Code, sentence
from portal.database import Work
from portal.errors import Conflict, Invalid, NotFound
from portal.models import Account, AccountLink, LinkPurpose
from portal.runtime import Runtime


@dataclass(frozen=True, slots=True)
class CodeAttempt:
    """What somebody brings to the second step.

    `token` is what the right password was given. `device_known_for` returns the id of the device when the e-mail that
    it is called with signed in on it before; the rest is as in Attempt.
    """

    token: str
    code: str
    attempt: Attempt
    device_known_for: Callable[[str], str]


async def check_second_step(runtime: Runtime, token: str) -> None:
    """Raise NotFound when a token is no longer good for the second step; changes nothing."""
    async with runtime.database.unit_of_work(writes=False) as work:
        await find_link(work, token, LinkPurpose.SECOND_STEP)


async def give_code(runtime: Runtime, given: CodeAttempt) -> SignedIn:
    """Sign somebody in whose password was right before.

    Raises NotFound for a token that is used, replaced or too old; TooMany after too many tries; Invalid for a wrong
    code, which leaves the token alive; Conflict for another login than the page that is open belongs to.
    """
    async with tries().count_failure(SIGN_IN_BY_ADDRESS, given.attempt.address):
        async with runtime.database.unit_of_work(writes=False) as work:
            link = await _find(work, given.token)
            account = await _owner(work, link, given)
        device = given.device_known_for(account.email)
        await count_code_try(account.id, device)
        async with runtime.database.unit_of_work() as work:
            account = await _owner(work, link, given)
            proof = await use_code(work, account, given.code)
            if proof is None:
                raise Invalid(sentence(Code.WRONG_CODE))
            await use_link(work, link)
            await stop_access_helps(work, account.id, because="signed_in")
            if proof is Proof.RECOVERY_CODE:
                await tell_recovery_code_used(work, account)
            signed_in = await open_signed_in(work, account, replace(given.attempt, known_device=device))
        await forget_code_tries(account.id, device)
    return signed_in


async def _find(work: Work, token: str) -> AccountLink:
    try:
        return await find_link(work, token, LinkPurpose.SECOND_STEP)
    except NotFound:
        raise NotFound(sentence(Code.USED_UP_STEP)) from None


async def _owner(work: Work, link: AccountLink, given: CodeAttempt) -> Account:
    account = await queries.get_account(work, link.account_id)
    if account is None or account.disabled_at is not None or account.second_factor_at is None:
        raise NotFound(sentence(Code.USED_UP_STEP))
    if given.attempt.only_account not in (None, account.id):
        raise Conflict(sentence(Code.OTHER_ACCOUNT))
    return account
