"""Forgetting mail that was sent long ago: a row of the outbox is not a record, what was done is in the audit chain.

A row is what keeps a mail from being written twice, so it goes only when its `dedupe_key` can no longer be written.
Which keys could be, and for how long:

- ids made with the cause, in the same transaction (a payment, a signed sheet, an invitation, a link, a session, a
  proposal, a revision of a request): only by the click that is repeated, which ends with its session after 12 hours;
- a moment or a day (access that changed, reminders of forms, alarming answers, new insurance): while it lasts;
- the time of an appointment that is reminded of: in the two days before it;
- a conversation and what was read of it: while the first unread message is younger than two days;
- a birthday: in the 30 days before it.

What waits stays, and what failed stays until an administrator sets it aside or it arrives after all.
"""

from datetime import timedelta
from typing import Any

from sqlalchemy.orm import aliased
from sqlmodel import col, delete, func, select

from portal.database import Work
from portal.models import OutboxMail, OutboxStatus

KEPT = timedelta(days=400)
"""How long mail is kept that was sent, not wanted or set aside: a year and a month, beyond every key there is."""
_OVER = (OutboxStatus.SENT, OutboxStatus.MUTED, OutboxStatus.SET_ASIDE)


async def forget_old_mail(work: Work, most: int = 500) -> int:
    """Forget some of the mails that have been over for KEPT, the oldest first; returns how many.

    Rows that another worker is forgetting are passed over. A mail that arrived at an address which had refused one
    before stays beside that one, for it says that nothing is the matter any more.
    """
    mail, failed, limit = OutboxMail, aliased(OutboxMail), work.now - KEPT
    answers: Any = select(failed.id).where(
        col(failed.organization_id) == col(mail.organization_id),
        col(failed.to_address) == col(mail.to_address),
        col(failed.status) == OutboxStatus.FAILED,
        col(failed.failed_at) < col(mail.sent_at),
    )
    old = (
        select(mail.id)
        .where(
            col(mail.status).in_(_OVER),
            col(mail.due_at) <= limit,
            func.coalesce(mail.sent_at, mail.failed_at, mail.due_at) <= limit,
            ~answers.correlate(mail).exists(),
        )
        .order_by(col(mail.due_at))
        .limit(most)
        .with_for_update(skip_locked=True)
    )
    ids = (await work.exec(old)).all()
    if not ids:
        return 0
    return (await work.exec(delete(mail).where(col(mail.id).in_(ids)))).rowcount
