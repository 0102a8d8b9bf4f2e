"""Many mails at once: put into the outbox in one statement."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.dialects import postgresql, sqlite

from portal.database import Work
from portal.kit.crypto import seal
from portal.kit.ids import new_id
from portal.models import OutboxMail
from portal.notifications.catalog import check_context
from portal.notifications.outbox import TOPIC


@dataclass(frozen=True, slots=True)
class NewMail:
    """One mail; the fields are those of enqueue_mail. `account_id` is None for somebody without a login."""

    to_address: str
    context: Mapping[str, str]
    dedupe_key: str
    account_id: UUID | None = None


async def enqueue_mails(work: Work, *, kind: str, organization_id: UUID, mails: Sequence[NewMail]) -> None:
    """Put mails of one kind into the outbox, but for those whose dedupe key is there already: one statement."""
    if not mails:
        return
    rows = []
    for mail in mails:
        check_context(kind, mail.context)
        mail_id = new_id()
        rows.append(
            OutboxMail(
                id=mail_id,
                organization_id=organization_id,
                account_id=mail.account_id,
                kind=kind,
                to_address=mail.to_address,
                context=seal(work.ring, "outbox_mail", "context", mail_id, json.dumps(dict(mail.context))),
                dedupe_key=mail.dedupe_key,
                created_at=work.now,
                due_at=work.now,
            ).model_dump()
        )
    insert = sqlite.insert if work.get_bind().dialect.name == "sqlite" else postgresql.insert
    await work.exec(insert(OutboxMail).values(rows).on_conflict_do_nothing(index_elements=["dedupe_key"]))
    work.tell(TOPIC)
