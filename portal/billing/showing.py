"""From the ledger to what people read: days, words, amounts. Pure."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from portal.access.actor import ClientAccess
from portal.billing import words
from portal.billing.queries_refunds import Went
from portal.billing.receipts import words as receipt_words
from portal.billing.rules import Line, owed
from portal.billing.service_cards import OwnCard
from portal.billing.service_own import OwnReceipt
from portal.billing.views import Balance, CardRow, ChargeRow, KeptCardRow, PaymentRow, ReceiptRow
from portal.kit.clock import today_in
from portal.kit.crypto import KeyRing, open_sealed
from portal.kit.money import Money
from portal.models import Payment, Refund, SavedCard


def day_of(day: date) -> str:
    """Write a day out."""
    return f"{day.day} {day:%B} {day.year}"


def balance_of(access: ClientAccess, lines: Sequence[Line], ring: KeyRing) -> Balance:
    """Say what is owed and why. Whoever may only pay reads days and amounts, and nothing else.

    Staff who view the page as somebody are not offered to pay.
    """
    open_ones = [line for line in lines if line.open > 0]
    if not open_ones:
        return Balance("", [], can_pay=False)
    currency = open_ones[0].currency
    total = str(Money(owed(open_ones), currency))
    rows = [charge_row(line, ring, shows_label=access.sees_services) for line in open_ones]
    can_pay = access.viewing is None and any(row.is_free for row in rows)
    pattern = str(Money(0, currency)).replace("0.00", "#")
    return Balance(words.summary(access.client_name, len(rows), total), rows, can_pay, pattern)


def charge_row(line: Line, ring: KeyRing, *, shows_label: bool) -> ChargeRow:
    """Turn a charge into a row."""
    label = open_sealed(ring, "charge", "label", line.charge_id, line.label) if shows_label and line.label else ""
    return ChargeRow(
        id=str(line.charge_id),
        day=day_of(line.on_day),
        label=label,
        amount=str(Money(line.open, line.currency)),
        detail=_detail(line),
        cents=line.free,
        is_free=line.free > 0,
    )


def _detail(line: Line) -> str:
    if line.reserved:
        return words.BEING_PAID
    if line.allocated > 0:
        return words.partly(str(Money(line.worth, line.currency)), str(Money(line.allocated, line.currency)))
    return ""


def card_row(card: SavedCard) -> CardRow:
    """Turn a saved card into a row."""
    detail = words.expires(card.exp_month, card.exp_year)
    return CardRow(str(card.id), _called(card), card.name, detail, card.is_default)


def kept_card_row(own: OwnCard) -> KeptCardRow:
    """Turn a card of one's own, at whatever practice, into a row."""
    card = own.card
    parts = (own.practice_name, card.name, words.expires(card.exp_month, card.exp_year))
    return KeptCardRow(str(card.id), _called(card), own.practice_name, " · ".join(part for part in parts if part))


def _called(card: SavedCard) -> str:
    return f"{card.brand.title()} ending in {card.last4}"


def payment_rows(access: ClientAccess, payments: Iterable[Payment], went: Sequence[Went]) -> list[PaymentRow]:
    """List payments and what went back, newest first; a refund that failed stays, and is taken back."""
    rows = [(payment.created_at, _payment_row(access, payment)) for payment in payments]
    rows += [(one.refund.created_at, _refund_row(one.refund)) for one in went]
    rows += [(one.failed_at, _failed_row(access, one.refund, one.failed_at)) for one in went if one.failed_at]
    return [row for _, row in sorted(rows, key=lambda pair: pair[0], reverse=True)]


def _payment_row(access: ClientAccess, payment: Payment) -> PaymentRow:
    is_own = payment.account_id == access.eyes
    by = words.BY_YOU if is_own else words.BY_OTHERS
    return PaymentRow(
        id=str(payment.id),
        day=day_of(payment.received_on),
        what=f"{words.METHODS[payment.method]}, {by}",
        amount=str(Money(payment.amount_cents, payment.currency)),
        receipt=f"/receipts/{payment.id}.pdf" if is_own and access.viewing is None else "",
    )


def _refund_row(refund: Refund) -> PaymentRow:
    amount = str(Money(-refund.amount_cents, refund.currency))
    return PaymentRow(str(refund.id), day_of(refund.given_on), words.REFUND, amount, "")


def _failed_row(access: ClientAccess, refund: Refund, failed_at: datetime) -> PaymentRow:
    amount, day = str(Money(refund.amount_cents, refund.currency)), day_of(today_in(access.zone, failed_at))
    return PaymentRow(f"{refund.id}-failed", day, words.REFUND_FAILED, amount, "")


def receipt_row(receipt: OwnReceipt) -> ReceiptRow:
    """Turn a receipt of one's own into a row."""
    payment = receipt.payment
    back = str(Money(receipt.given_back, payment.currency)) if receipt.given_back else ""
    parts = (
        receipt.practice_name,
        payment.reference or words.METHODS[payment.method],
        receipt_words.given_back(back) if back else "",
    )
    return ReceiptRow(
        id=str(payment.id),
        day=day_of(payment.received_on),
        amount=str(Money(payment.amount_cents, payment.currency)),
        detail=" · ".join(part for part in parts if part),
        address=f"/receipts/{payment.id}.pdf",
    )
