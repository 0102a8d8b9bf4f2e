"""Mail about a login: in the name of the practice when the person has to do with exactly one."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from portal.accounts import queries
from portal.accounts.queries import Practice
from portal.database import Work
from portal.models import Account
from portal.notifications.outbox import enqueue_mail


async def mail_account(
    work: Work,
    account: Account,
    *,
    kind: str,
    dedupe_key: str,
    context: Mapping[str, str],
    to: str = "",
    practices: Sequence[Practice] | None = None,
) -> None:
    """Put a mail about a login into the outbox: to its own address, unless another is given.

    `practices` are the account's, where the caller has read them already. The template also gets `when`, the present
    moment in words.
    """
    if practices is None:
        practices = await queries.list_practices(work, account.id)
    only = practices[0] if len({practice.id for practice in practices}) == 1 else None
    await enqueue_mail(
        work,
        kind=kind,
        to_address=to or account.email,
        account_id=account.id,
        organization_id=only.id if only else None,
        context={**context, "when": in_words(work.now, only.zone if only else "UTC")},
        dedupe_key=dedupe_key,
    )


def in_words(moment: datetime, zone: str) -> str:
    """Write a moment for people, with its zone: "24 November 2026, 10:30 (New York time)"."""
    local = moment.astimezone(ZoneInfo(zone))
    place = zone.rsplit("/", 1)[-1].replace("_", " ")
    return f"{local.day} {local:%B %Y, %H:%M} ({place if zone == 'UTC' else f'{place} time'})"
