"""Keys with which a browser keeps answers that are not confirmed yet.

What is kept is worth nothing without its key, so ending the key ends what was kept, whatever the browser does and
whatever its clock says.
"""

import base64
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from sqlalchemy import delete
from sqlmodel import col, select

from portal.access.actor import AccountAccess
from portal.database import Work
from portal.kit.crypto import new_key, open_sealed, seal
from portal.kit.ids import new_id
from portal.models import JournalKey

KEPT = timedelta(hours=72)
_RENEWED = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class HandedKey:
    """One key as the browser gets it."""

    id: UUID
    secret: bytes


async def hand_out_keys(work: Work, access: AccountAccess, *, device: str) -> list[HandedKey]:
    """Return the keys of one login in one browser, the newest first; a new one each day, none older than 72 hours."""
    query = (
        select(JournalKey)
        .where(
            JournalKey.account_id == access.actor.account_id,
            JournalKey.device == device,
            JournalKey.made_at > work.now - KEPT,
        )
        .order_by(col(JournalKey.made_at).desc())
    )
    known = list(await work.exec(query))
    if not known or known[0].made_at <= work.now - _RENEWED:
        known.insert(0, await _make(work, access, device))
    return [HandedKey(row.id, _open(work, row)) for row in known]


async def _make(work: Work, access: AccountAccess, device: str) -> JournalKey:
    key_id = new_id()
    row = JournalKey(
        id=key_id,
        account_id=access.actor.account_id,
        device=device,
        key=seal(work.ring, "journal_key", "key", key_id, base64.b64encode(new_key()).decode()),
        made_at=work.now,
    )
    work.add(row)
    await work.flush()
    return row


def _open(work: Work, row: JournalKey) -> bytes:
    return base64.b64decode(open_sealed(work.ring, "journal_key", "key", row.id, row.key))


async def forget_keys_of(work: Work, account_id: UUID) -> None:
    """Forget every key of a login, in whatever browser: what was kept with them can never be read again."""
    await work.exec(delete(JournalKey).where(col(JournalKey.account_id) == account_id))


async def forget_old_keys(work: Work) -> None:
    """Forget keys whose time is over."""
    await work.exec(delete(JournalKey).where(col(JournalKey.made_at) <= work.now - KEPT))
