"""Notices that somebody's access changed: to whoever has it and to the client, and not to whoever did it."""

from datetime import date, timedelta

from portal.access.actor import Person
from portal.database import Work
from portal.kit.clock import quarter_of_hour
from portal.models import Client, Contact
from portal.notifications.outbox import enqueue_mail

_AFTER = timedelta(minutes=15)


async def write_about_access(work: Work, actor: Person, client: Client, contact: Contact, today: date) -> None:
    """Write to a contact that what they may do has changed, and to the client that somebody's access has.

    Neither mail names anybody, or says what changed. Several changes within a quarter of an hour are one mail, which
    goes out when it is over.
    """
    quarter = quarter_of_hour(work.now)
    told = (
        ("access_changed", contact.account_id, contact.email, f"{client.id}:{contact.id}"),
        ("record_access_changed", client.account_id, client.email, f"{client.id}"),
    )
    for kind, account_id, address, about in told:
        if account_id is None or account_id == actor.account_id:
            continue
        await enqueue_mail(
            work,
            kind=kind,
            to_address=address,
            account_id=account_id,
            organization_id=client.organization_id,
            context={"when": f"{today.day} {today:%B %Y}"},
            dedupe_key=f"{kind[:6]}:{about}:{quarter:%Y%m%d%H%M}",
            due_at=quarter + _AFTER,
        )
