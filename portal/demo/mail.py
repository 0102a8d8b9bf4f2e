"""Mail of the demo that did not arrive: Omar's address is refused, Morgan's and Casey's server was away for a day.

Casey is known to both practices, so the notice about the login went out in the name of neither.
"""

import json
from datetime import timedelta

from portal.accounts.mails import in_words
from portal.database import Work
from portal.demo.people import Cast
from portal.kit.crypto import seal
from portal.kit.ids import new_id
from portal.models import Account, Organization, OutboxMail, OutboxStatus
from portal.notifications.rules import MOST_TRIES

_NO_SUCH_PERSON = "the mail server refused this mail for good (550)"
_AWAY = "the mail server was not reached (SMTPConnectTimeoutError)"


async def load_mail(work: Work, cast: Cast) -> None:
    """Store mails that failed, so that there is something to send again or to set aside."""
    work.add(_failed(work, cast.harbor, cast.accounts["omar"], _NO_SUCH_PERSON, hours=20, tries=1))
    work.add(_failed(work, cast.harbor, cast.accounts["morgan"], _AWAY, hours=52, tries=MOST_TRIES))
    when = in_words(work.now - timedelta(hours=77), "UTC")
    notice = _failed(work, None, cast.accounts["casey"], _AWAY, hours=53, tries=MOST_TRIES, when=when)
    notice.kind = "password_changed"
    work.add(notice)
    await work.flush()


def _failed(
    work: Work, practice: Organization | None, account: Account, reason: str, *, hours: int, tries: int, **context: str
) -> OutboxMail:
    mail_id, failed_at = new_id(), work.now - timedelta(hours=hours)
    return OutboxMail(
        id=mail_id,
        organization_id=practice.id if practice else None,
        account_id=account.id,
        kind="form_reminder",
        to_address=account.email,
        context=seal(work.ring, "outbox_mail", "context", mail_id, json.dumps(context)),
        dedupe_key=f"demo:{mail_id}",
        status=OutboxStatus.FAILED,
        created_at=failed_at,
        due_at=failed_at,
        failed_at=failed_at,
        attempts=tries,
        last_error=reason,
    )
