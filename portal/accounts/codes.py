"""The codes of a login as they are stored and used up: the sealed secret, and the keyed hashes of recovery codes."""

from enum import StrEnum
from uuid import UUID

from sqlmodel import col, delete, or_, update

from portal.accounts.rules_second_factor import (
    RECOVERY_CODES,
    is_recovery_code,
    matching_step,
    new_recovery_code,
    typed_code,
)
from portal.accounts.tries import CODE_BY_ACCOUNT, CODE_BY_ACCOUNT_A_DAY, tries
from portal.database import Work
from portal.kit.crypto import KeyRing, open_sealed, seal
from portal.kit.tokens import keyed_hash
from portal.models import Account, RecoveryCode

_PLACE = ("account", "second_factor_secret")


class Proof(StrEnum):
    """With what somebody proved the second factor."""

    CODE = "code"
    RECOVERY_CODE = "recovery_code"


async def count_code_try(account_id: UUID, device: str = "") -> None:
    """Count a try at a code: few in a quarter of an hour, not many in a day. Raises TooMany.

    `device` is one that the owner used before: it has a count of its own, so that nobody else can use it up.
    """
    await tries().count(CODE_BY_ACCOUNT, str(account_id), device)
    await tries().count(CODE_BY_ACCOUNT_A_DAY, str(account_id), device)


async def forget_code_tries(account_id: UUID, device: str = "") -> None:
    """Begin to count anew: the code was right."""
    await tries().forget(CODE_BY_ACCOUNT, str(account_id), device)
    await tries().forget(CODE_BY_ACCOUNT_A_DAY, str(account_id), device)


async def use_code(work: Work, account: Account, typed: str) -> Proof | None:
    """Use up a code of the app or a recovery code; None when it is neither, or was used already. One statement."""
    if account.second_factor_at is None or account.second_factor_secret is None:
        return None
    if is_recovery_code(code := typed_code(typed)):
        return Proof.RECOVERY_CODE if await _use_recovery_code(work, account.id, code) else None
    secret = open_secret(work.ring, account, account.second_factor_secret)
    step = matching_step(secret, typed, work.now, account.second_factor_step)
    return Proof.CODE if step is not None and await _use_step(work, account.id, step) else None


def seal_secret(ring: KeyRing, account_id: UUID, secret: str) -> bytes:
    """Seal a secret into its account; the one in use and the one that waits are sealed alike."""
    return seal(ring, *_PLACE, account_id, secret)


def open_secret(ring: KeyRing, account: Account, sealed: bytes) -> str:
    """Open the secret of an account."""
    return open_sealed(ring, *_PLACE, account.id, sealed)


async def replace_recovery_codes(work: Work, account_id: UUID) -> tuple[str, ...]:
    """Make fresh recovery codes, and the older ones worthless. They are shown once: only their hashes stay."""
    await drop_recovery_codes(work, account_id)
    codes = tuple(new_recovery_code() for _ in range(RECOVERY_CODES))
    hashes = (_hashes(work.ring, account_id, typed_code(code))[0] for code in codes)
    work.add_all([RecoveryCode(account_id=account_id, code_hash=one, created_at=work.now) for one in hashes])
    await work.flush()
    return codes


async def drop_recovery_codes(work: Work, account_id: UUID) -> None:
    """Take every recovery code of an account away."""
    await work.exec(delete(RecoveryCode).where(col(RecoveryCode.account_id) == account_id))


async def _use_step(work: Work, account_id: UUID, step: int) -> bool:
    used = col(Account.second_factor_step)
    query = update(Account).where(col(Account.id) == account_id, or_(used.is_(None), used < step))
    return (await work.exec(query.values(second_factor_step=step))).rowcount == 1


async def _use_recovery_code(work: Work, account_id: UUID, code: str) -> bool:
    query = update(RecoveryCode).where(
        col(RecoveryCode.account_id) == account_id,
        col(RecoveryCode.code_hash).in_(_hashes(work.ring, account_id, code)),
        col(RecoveryCode.used_at).is_(None),
    )
    return (await work.exec(query.values(used_at=work.now))).rowcount == 1


def _hashes(ring: KeyRing, account_id: UUID, code: str) -> list[str]:
    """Hash a code with each key of the ring, the current one first, so that a change of keys leaves codes alive."""
    return [keyed_hash(KeyRing((key,)).derive("recovery-codes"), str(account_id), code) for key in ring.keys]
