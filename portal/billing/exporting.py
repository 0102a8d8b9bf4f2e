"""A month of the books as a file, in which no cell is taken for a formula."""

import re
from datetime import date

from portal.access.actor import PracticeAccess
from portal.audit.service import record_change
from portal.billing import words
from portal.billing.service_books import list_month
from portal.clients.cells import write_table
from portal.database import Work
from portal.errors import Invalid
from portal.kit.clock import today_in
from portal.models import Client, Payment

_MONTH = re.compile(r"(20[0-9]{2})-(0[1-9]|1[0-2])")
_HEAD = ("Day", "Kind", "Client", "Amount", "Currency", "How", "Reference", "Payment")


def month_of(text: str) -> tuple[date, date]:
    """Return the first day of a month ("2026-11") and of the one after it. Raises Invalid."""
    found = _MONTH.fullmatch(text)
    if found is None:
        raise Invalid(words.NO_MONTH)
    first = date(int(found[1]), int(found[2]), 1)
    return first, date(first.year + first.month // 12, first.month % 12 + 1, 1)


async def export_month(work: Work, access: PracticeAccess, *, month: str) -> bytes:
    """Return what came in and what went back, and write down that it was taken out."""
    first, end = month_of(month)
    found = await list_month(work, access, first=first, end=end)
    rows = [
        (one.received_on, "Payment", client, one.amount_cents, one.currency, _how(one), one.reference, one.id)
        for one, client in found.payments
    ]
    rows += [
        (one.given_on, "Refund", client, -one.amount_cents, one.currency, "", "", one.payment_id)
        for one, client in found.refunds
    ]
    rows += [
        (
            today_in(access.zone, at),
            "Refund that failed",
            client,
            one.amount_cents,
            one.currency,
            "",
            "",
            one.payment_id,
        )
        for one, client, at in found.came_back
    ]
    await record_change(
        work,
        organization_id=access.organization_id,
        actor=access.actor,
        action="money.exported",
        detail={"count": len(rows)},
    )
    return write_table(_HEAD, [_cells(*row) for row in rows])


def _cells(day: date, kind: str, client: Client, cents: int, *rest: object) -> list[str]:
    """Write one row."""
    sign = "-" if cents < 0 else ""
    amount = f"{sign}{abs(cents) // 100}.{abs(cents) % 100:02d}"
    name = f"{client.given_name} {client.family_name}"
    return [day.isoformat(), kind, name, amount, *(str(part) for part in rest)]


def _how(payment: Payment) -> str:
    return words.METHODS[payment.method]
