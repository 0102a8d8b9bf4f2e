"""What the browser may see of the books."""

from collections.abc import Iterable
from dataclasses import dataclass

from portal.billing import words as common
from portal.billing.books import words
from portal.billing.rules import owed
from portal.billing.service_books import Account, Debtor
from portal.billing.showing import charge_row, day_of
from portal.kit.crypto import KeyRing
from portal.kit.money import Money
from portal.models import PaymentAttempt, ProcessorEvent


@dataclass(frozen=True)
class DebtorRow:
    """A client of whom something is open."""

    id: str
    name: str
    owes: str


@dataclass(frozen=True)
class BookCharge:
    """An open charge, for staff. `revision` is sent back with a change of it."""

    id: str
    day: str
    label: str
    amount: str
    detail: str
    revision: int


@dataclass(frozen=True)
class BookPayment:
    """A payment, for staff; `left` is what can still go back."""

    id: str
    day: str
    what: str
    amount: str
    left: str


@dataclass(frozen=True)
class AccountView:
    """One client's money; `id` is empty while nobody is open."""

    id: str
    name: str
    owes: str
    charges: list[BookCharge]
    payments: list[BookPayment]


@dataclass(frozen=True)
class UnclearRow:
    """Something that needs somebody's eyes; `attempt` is empty where there is nothing to decide."""

    id: str
    what: str
    reference: str
    attempt: str


NOBODY = AccountView("", "", "", [], [])


def debtor_row(debtor: Debtor) -> DebtorRow:
    """Turn a debtor into a row."""
    total = Money(owed(debtor.lines), debtor.lines[0].currency)
    name = f"{debtor.client.given_name} {debtor.client.family_name}"
    return DebtorRow(str(debtor.client.id), name, words.owes(len(debtor.lines), str(total)))


def account_view(account: Account, ring: KeyRing) -> AccountView:
    """Turn one client's money into what staff see of it."""
    client, lines = account.client, account.lines
    total = str(Money(owed(lines), lines[0].currency)) if lines else ""
    shown = [charge_row(line, ring, shows_label=True) for line in lines]
    charges = [
        BookCharge(row.id, row.day, row.label, row.amount, row.detail, line.revision)
        for row, line in zip(shown, lines, strict=True)
    ]
    name = f"{client.given_name} {client.family_name}"
    owes = words.owes(len(lines), total) if lines else ""
    return AccountView(str(client.id), name, owes, charges, _payments(account))


def _payments(account: Account) -> list[BookPayment]:
    rows = []
    for payment in account.payments:
        back = sum(one.amount_cents for one in account.refunds if one.payment_id == payment.id)
        left = _plain(payment.amount_cents - back)
        method = " · ".join(part for part in (common.METHODS[payment.method], payment.reference) if part)
        given = f" · {common.REFUND} {Money(back, payment.currency)}" if back else ""
        amount = str(Money(payment.amount_cents, payment.currency))
        rows.append(BookPayment(str(payment.id), day_of(payment.received_on), method + given, amount, left))
    return rows


def _plain(cents: int) -> str:
    """Write an amount as one types it; empty for nothing."""
    return f"{cents // 100}.{cents % 100:02d}" if cents > 0 else ""


def unclear_rows(attempts: Iterable[PaymentAttempt], events: Iterable[ProcessorEvent]) -> list[UnclearRow]:
    """List what needs somebody's eyes."""
    rows = [
        UnclearRow(
            str(one.id), str(Money(one.amount_cents, one.currency)), one.intent_ref or one.session_ref, str(one.id)
        )
        for one in attempts
    ]
    return rows + [UnclearRow(str(one.id), words.EVENT, one.object_ref, "") for one in events]


def _named(attempt: PaymentAttempt) -> str:
    """What the processor calls it, to be looked for there."""
    return attempt.intent_ref or attempt.session_ref
