"""What the browser may see of the books."""

from collections.abc import Sequence
from dataclasses import dataclass

from portal.billing import words as common
from portal.billing.books import words
from portal.billing.rules import Line, owed
from portal.billing.service_books import Account, Debtor, Unclear
from portal.billing.showing import charge_row, day_of
from portal.kit.crypto import KeyRing
from portal.kit.money import Money


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
    """One client's money; `id` is empty while nobody is open, `fee` while nothing is agreed."""

    id: str
    name: str
    owes: str
    charges: list[BookCharge]
    payments: list[BookPayment]
    fee: str = ""
    is_copay: bool = False


@dataclass(frozen=True)
class UnclearRow:
    """Something that needs somebody's eyes: a payment, a refund, or an event of the processor's.

    `help` says what to do about it, where that is something of its own.
    """

    id: str
    kind: str
    what: str
    reference: str
    decision: str
    help: str = ""


NOBODY = AccountView("", "", "", [], [])


def debtor_row(debtor: Debtor) -> DebtorRow:
    """Turn a debtor into a row."""
    name = f"{debtor.client.given_name} {debtor.client.family_name}"
    return DebtorRow(str(debtor.client.id), name, _owes(debtor.lines) or words.OWES_NOTHING)


def account_view(account: Account, ring: KeyRing) -> AccountView:
    """Turn one client's money into what staff see of it."""
    client, lines = account.client, account.lines
    shown = [charge_row(line, ring, shows_label=True) for line in lines]
    charges = [
        BookCharge(row.id, row.day, row.label, row.amount, row.detail, line.revision)
        for row, line in zip(shown, lines, strict=True)
    ]
    name = f"{client.given_name} {client.family_name}"
    fee = account.fee
    agreed = f"{fee.cents // 100}.{fee.cents % 100:02d}" if fee else ""
    is_copay = bool(fee and fee.is_copay)
    return AccountView(str(client.id), name, _owes(lines), charges, _payments(account), agreed, is_copay)


def _owes(lines: Sequence[Line]) -> str:
    return words.owes(len(lines), str(Money(owed(lines), lines[0].currency))) if lines else ""


def _payments(account: Account) -> list[BookPayment]:
    rows = []
    for payment in account.payments:
        went = [one.refund for one in account.refunds if one.failed_at is None and one.refund.payment_id == payment.id]
        back = sum(one.amount_cents for one in went)
        left = _plain(payment.amount_cents - back)
        method = " · ".join(part for part in (common.METHODS[payment.method], payment.reference) if part)
        given = f" · {common.REFUND} {Money(back, payment.currency)}" if back else ""
        amount = str(Money(payment.amount_cents, payment.currency))
        rows.append(BookPayment(str(payment.id), day_of(payment.received_on), method + given, amount, left))
    return rows


def _plain(cents: int) -> str:
    """Write an amount as one types it; empty for nothing."""
    return f"{cents // 100}.{cents % 100:02d}" if cents > 0 else ""


def unclear_rows(found: Unclear) -> list[UnclearRow]:
    """List what needs somebody's eyes; `reference` is what the processor calls it, to be looked for there."""
    rows = [
        UnclearRow(
            str(one.id),
            "payment",
            words.unclear_payment(str(Money(one.amount_cents, one.currency))),
            one.intent_ref or one.session_ref,
            words.NOTHING_CAME,
        )
        for one in found.attempts
    ]
    rows += [
        UnclearRow(
            str(one.id),
            "refund",
            words.unclear_refund(str(Money(one.amount_cents, one.currency))),
            one.refund_ref,
            words.NOTHING_WENT,
        )
        for one in found.refunds
    ]
    rows += [
        UnclearRow(
            str(one.id),
            "came_back",
            words.came_back(str(Money(one.amount_cents, one.currency)), f"{client.given_name} {client.family_name}"),
            one.refund_ref,
            words.SEEN_TO,
            words.CAME_BACK_HELP,
        )
        for one, client in found.came_back
    ]
    rows += [UnclearRow(str(one.id), "event", words.EVENT, one.object_ref, words.SEEN_TO) for one in found.events]
    return rows
