"""The outbox: a mail is written in the transaction of its cause, and sent afterwards by the worker."""

import json
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import col, delete

from portal.database import Work
from portal.kit.crypto import KeyRing, open_sealed, seal
from portal.kit.ids import new_id
from portal.models import OutboxMail, OutboxStatus
from portal.models.base import metadata
from portal.notifications.catalog import check_context

TOPIC = "outbox"
_LONGEST_KEY = 120


async def enqueue_mail(
    work: Work,
    *,
    kind: str,
    to_address: str,
    account_id: UUID | None,
    organization_id: UUID | None,
    context: Mapping[str, str],
    dedupe_key: str,
    due_at: datetime | None = None,
    client_id: UUID | None = None,
) -> bool:
    """Put one mail into the outbox; False when one with this `dedupe_key` is there already.

    `kind` is one of the catalogue, which says what `context` has to hold; ValueError otherwise. The context is sealed,
    for it may hold a link that works once. The mail goes out after the unit's commit, from `due_at` on; with a
    `client_id` only if its reader still has the kind's `sight` of that client then.
    """
    check_context(kind, context)
    if not 0 < len(dedupe_key) <= _LONGEST_KEY:
        raise ValueError("A dedupe key has 1 to 120 letters.")
    mail_id = new_id()
    values = {
        "id": mail_id,
        "organization_id": organization_id,
        "account_id": account_id,
        "client_id": client_id,
        "kind": kind,
        "to_address": to_address,
        "context": seal(work.ring, "outbox_mail", "context", mail_id, json.dumps(dict(context))),
        "dedupe_key": dedupe_key,
        "due_at": due_at or work.now,
    }
    is_new = await _insert_once(work, values)
    if is_new:
        work.tell(TOPIC)
    return is_new


async def withdraw_mail(work: Work, organization_id: UUID, beginning: str) -> int:
    """Take back the mails whose `dedupe_key` begins like this and that are not due yet; returns how many there were."""
    query = delete(OutboxMail).where(
        col(OutboxMail.organization_id) == organization_id,
        col(OutboxMail.status) == OutboxStatus.WAITING,
        col(OutboxMail.due_at) > work.now,
        col(OutboxMail.leased_until).is_(None),
        col(OutboxMail.dedupe_key).startswith(beginning, autoescape=True),
    )
    return (await work.exec(query)).rowcount


async def _insert_once(work: Work, values: Mapping[str, object]) -> bool:
    fresh = {"status": OutboxStatus.WAITING, "created_at": work.now, "attempts": 0, "leased_by": "", "last_error": ""}
    connection = await work.plain()
    stored = await connection.execute(_insert(connection.dialect.name), {**values, **fresh})
    return stored.first() is not None


@cache
def _insert(dialect: str) -> Any:
    table = metadata.tables["outbox_mail"]
    build: Any = sqlite.insert if dialect == "sqlite" else postgresql.insert
    return build(table).on_conflict_do_nothing(index_elements=["dedupe_key"]).returning(table.c.id)


def context_of(ring: KeyRing, mail: OutboxMail) -> dict[str, str]:
    """Open what a mail's template is filled with."""
    context: dict[str, str] = json.loads(open_sealed(ring, "outbox_mail", "context", mail.id, mail.context))
    return context
