"""Please confirm it is you: the password, and the code where there is one, once more within an open session."""

from sqlmodel import col, update

from portal.access.gate import open_account
from portal.accounts import queries
from portal.accounts.codes import Proof, count_code_try, forget_code_tries, use_code
from portal.accounts.passwords import verify_password
from portal.accounts.service_second_factor import tell_recovery_code_used
from portal.accounts.tries import PASSWORD_BY_ACCOUNT, tries
from portal.accounts.words import Code, sentence
from portal.audit.service import record_account_event
from portal.database import Work
from portal.errors import Invalid, SignedOut
from portal.models import Account, Session
from portal.runtime import Runtime


async def confirm_identity(runtime: Runtime, session_hash: str, *, password: str, code: str) -> None:
    """Note on a session that its owner has just proved who they are; it holds for ten minutes.

    Raises SignedOut; Invalid for a wrong password or code; TooMany after too many of either.
    """
    async with runtime.database.unit_of_work(writes=False) as work:
        account = await _owner(work, session_hash)
    await tries().count(PASSWORD_BY_ACCOUNT, str(account.id))
    if not await verify_password(password, account.password_hash):
        raise Invalid(sentence(Code.WRONG_PASSWORD_AGAIN))
    await tries().forget(PASSWORD_BY_ACCOUNT, str(account.id))
    if account.second_factor_at is not None:
        await count_code_try(account.id)
    async with runtime.database.unit_of_work() as work:
        await _note(work, session_hash, account.password_hash, code)
    await forget_code_tries(account.id)


async def _note(work: Work, session_hash: str, password_hash: str | None, code: str) -> None:
    """Look at everything again, use the code up, and write the moment on the session."""
    account = await _owner(work, session_hash)
    if account.password_hash != password_hash:
        raise Invalid(sentence(Code.WRONG_PASSWORD_AGAIN))
    if account.second_factor_at is not None:
        proof = await use_code(work, account, code)
        if proof is None:
            raise Invalid(sentence(Code.WRONG_CODE))
        if proof is Proof.RECOVERY_CODE:
            await tell_recovery_code_used(work, account)
    query = update(Session).where(col(Session.token_hash) == session_hash)
    await work.exec(query.values(stepped_up_at=work.now, touched_at=work.now))
    await record_account_event(work, account_id=account.id, action="identity_confirmed")


async def _owner(work: Work, session_hash: str) -> Account:
    access = await open_account(work, session_hash)
    account = await queries.get_account(work, access.actor.account_id)
    if account is None:
        raise SignedOut
    return account
