"""Telling staff of money that came in: those who keep the books, each of whom can mute it."""

from sqlmodel import col, select

from portal.database import Work
from portal.models import Membership, Payment
from portal.notifications.catalog import BOOKKEEPERS
from portal.notifications.outbox_many import NewMail, enqueue_mails

KIND = "payment_received"


async def tell_bookkeepers(work: Work, payment: Payment) -> None:
    """Write to administrators and billers, but for who paid; the mail says neither who nor how much."""
    query = select(Membership).where(
        Membership.organization_id == payment.organization_id,
        col(Membership.role).in_(BOOKKEEPERS),
        col(Membership.deactivated_at).is_(None),
        col(Membership.account_id) != payment.account_id,
    )
    mails = [
        NewMail(member.email, {}, f"{KIND}:{payment.id}:{member.id}", member.account_id)
        for member in (await work.exec(query)).all()
    ]
    await enqueue_mails(work, kind=KIND, organization_id=payment.organization_id, mails=mails)
