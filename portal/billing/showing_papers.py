"""What receipts and statements say. A receipt names no client and no service, a statement for a mere payer neither."""

from collections.abc import Sequence
from typing import Any

from portal.access.actor import ClientAccess
from portal.billing import words
from portal.billing.rules import Line, owed
from portal.billing.service_own import Receipt
from portal.billing.showing import charge_row, day_of
from portal.kit.crypto import KeyRing
from portal.kit.money import Money


def receipt_paper(receipt: Receipt) -> dict[str, Any]:
    """Write a receipt."""
    payment = receipt.payment
    back = sum(refund.amount_cents for refund in receipt.refunds)
    lines = [
        ("Received from", receipt.payer),
        ("On", day_of(payment.received_on)),
        ("Paid by", payment.reference or words.METHODS[payment.method]),
        ("Amount", str(Money(payment.amount_cents, payment.currency))),
    ]
    if back:
        lines.append(("Given back since", str(Money(back, payment.currency))))
    foot = f"Receipt {payment.id}. Thank you."
    return _paper("Receipt", receipt.practice.name, lines, [], foot)


def statement_paper(access: ClientAccess, lines: Sequence[Line], ring: KeyRing) -> dict[str, Any]:
    """Write a statement: what each charge came to, and what is still open."""
    rows = []
    for line in lines:
        shown = charge_row(line, ring, shows_label=access.sees_services)
        worth, still = str(Money(line.worth, line.currency)), str(Money(max(0, line.open), line.currency))
        rows.append((shown.day, " · ".join(part for part in (shown.label, worth) if part), still))
    currency = lines[0].currency if lines else "USD"
    about = [("For", access.client_name), ("Date", day_of(access.today))]
    about.append(("Open in all", str(Money(owed(lines), currency))))
    return _paper("Statement", access.practice_name, about, rows, "Open amounts already take payments into account.")


def _paper(
    title: str, practice: str, lines: list[tuple[str, str]], rows: list[tuple[str, str, str]], foot: str
) -> dict[str, Any]:
    head = ("Day", "Charge", "Still open")
    return {"title": title, "practice": practice, "lines": lines, "rows": rows, "head": head, "foot": foot}
