"""What the browser may see of money. Amounts are written out, with their currency."""

from dataclasses import dataclass


@dataclass(frozen=True)
class ChargeRow:
    """One thing that is owed. `label` is empty for whoever may only pay; `cents` is what can be paid now."""

    id: str
    day: str
    label: str
    amount: str
    detail: str
    cents: int
    is_free: bool


@dataclass(frozen=True)
class Balance:
    """What is owed for one client: `summary` is "Milo Park, 2 sessions, $140.00"; `pattern` is "$#"."""

    summary: str
    charges: list[ChargeRow]
    can_pay: bool
    pattern: str = ""


@dataclass(frozen=True)
class CardRow:
    """A card that one keeps. `card` is "Visa ending in 4242"."""

    id: str
    card: str
    name: str
    detail: str
    is_default: bool


@dataclass(frozen=True)
class KeptCardRow:
    """A card that one keeps, on the page of the login: `detail` names the practice and until when it is good."""

    id: str
    card: str
    practice: str
    detail: str


@dataclass(frozen=True)
class PaymentRow:
    """A payment, or money that went back. `receipt` is the address of the receipt, for whose it is."""

    id: str
    day: str
    what: str
    amount: str
    receipt: str


@dataclass(frozen=True)
class ReceiptRow:
    """A receipt of one's own, at whatever practice. `detail` names the practice, the card, and what came back."""

    id: str
    day: str
    amount: str
    detail: str
    address: str


@dataclass(frozen=True)
class Waiting:
    """A payment on its way: `address` is the processor's page while that is open. `id` is empty when there is none."""

    id: str
    amount: str
    address: str
    is_setup: bool


NOTHING_OWED = Balance("", [], can_pay=False)
NOT_WAITING = Waiting("", "", "", is_setup=False)
