"""What we ask of a card processor. Adapters refuse to be called while a unit of work is open.

What comes back is what the processor says of a thing now; whoever asked compares it with what they wanted.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Protocol


class Trouble(StrEnum):
    """Why a call brought nothing. Only UNSURE leaves open whether something happened."""

    DECLINED = "declined"
    NEEDS_OWNER = "needs_owner"
    REFUSED = "refused"
    KEYS = "keys"
    UNSURE = "unsure"


class CardTrouble(Exception):
    """A call that brought nothing. `ref` names the payment that the owner has to confirm, where there is one."""

    def __init__(self, trouble: Trouble, *, ref: str = "") -> None:
        super().__init__(trouble.value)
        self.trouble = trouble
        self.ref = ref


@dataclass(frozen=True, slots=True)
class SeenAccount:
    """Whose keys these are."""

    ref: str
    name: str
    is_live: bool


@dataclass(frozen=True, slots=True)
class SeenCard:
    """A card, as far as anybody but the processor knows it."""

    ref: str
    brand: str
    last4: str
    exp_month: int
    exp_year: int
    customer_ref: str


@dataclass(frozen=True, slots=True)
class SeenPayment:
    """A payment at the processor: `is_paid`, `is_over` without money, or still open."""

    ref: str
    is_paid: bool
    is_over: bool
    cents: int
    currency: str
    customer_ref: str
    metadata: Mapping[str, str]
    card: SeenCard | None = None
    needs_owner: bool = False


@dataclass(frozen=True, slots=True)
class SeenCheckout:
    """A page of the processor's: open at `address`, done, or expired. `card` where one was to be saved."""

    ref: str
    is_open: bool
    is_done: bool
    address: str
    metadata: Mapping[str, str]
    customer_ref: str
    payment: SeenPayment | None = None
    card: SeenCard | None = None


@dataclass(frozen=True, slots=True)
class SeenRefund:
    """Money that went back, or `is_pending`: it is on its way, and may fail yet. `is_over`: it did not arrive."""

    ref: str
    is_given: bool
    is_over: bool
    cents: int
    currency: str
    payment_ref: str
    metadata: Mapping[str, str]
    is_pending: bool = False


@dataclass(frozen=True, slots=True)
class WantedCheckout:
    """A page to open: for a payment, or, without cents, to save a card. Nothing in it says what a payment is for."""

    key: str
    customer_ref: str
    currency: str
    returns_to: str
    cancels_to: str
    ends_at: datetime
    metadata: Mapping[str, str]
    cents: int = 0
    title: str = ""
    keeps_card: bool = False


@dataclass(frozen=True, slots=True)
class WantedCharge:
    """A payment with a saved card, while its owner is at our page and not at the processor's."""

    key: str
    customer_ref: str
    card_ref: str
    cents: int
    currency: str
    title: str
    metadata: Mapping[str, str] = field(default_factory=dict)


class CardProcessor(Protocol):
    """Whatever takes payments by card. Every method raises CardTrouble."""

    async def find_account(self) -> SeenAccount:
        """Return whose keys these are; the test of a connection."""

    async def add_customer(self, *, key: str, metadata: Mapping[str, str]) -> str:
        """Return what the processor calls a new customer; the same for the same key."""

    async def open_checkout(self, wanted: WantedCheckout) -> SeenCheckout:
        """Open a page; the same page for the same key."""

    async def find_checkout(self, ref: str) -> SeenCheckout:
        """Return a page with what came of it."""

    async def close_checkout(self, ref: str) -> None:
        """Close a page that nobody paid on; one that is done or closed stays as it is."""

    async def checkouts_of(self, customer_ref: str, since: datetime) -> Sequence[SeenCheckout]:
        """List the pages that were opened for a customer since a moment."""

    async def charge_card(self, wanted: WantedCharge) -> SeenPayment:
        """Pay with a saved card; paid once for the same key."""

    async def find_payment(self, ref: str) -> SeenPayment:
        """Return a payment."""

    async def payments_of(self, customer_ref: str, since: datetime) -> Sequence[SeenPayment]:
        """List the payments of a customer since a moment."""

    async def cancel_payment(self, ref: str) -> None:
        """Give up a payment that waits for its owner; one that is paid or over stays as it is."""

    async def forget_card(self, ref: str) -> None:
        """Forget a saved card; one that is unknown is no fault."""

    async def give_back(self, *, key: str, payment_ref: str, cents: int, metadata: Mapping[str, str]) -> SeenRefund:
        """Give money back; once for the same key."""

    async def find_refund(self, ref: str) -> SeenRefund:
        """Return a refund."""

    async def refunds_of(self, payment_ref: str) -> Sequence[SeenRefund]:
        """List what went back of a payment."""
