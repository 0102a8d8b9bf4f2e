"""What passes between us and the card processor: connection, customers, saved cards, attempts, events.

`…_ref` is what the processor calls a thing. An attempt is committed before the processor is asked for anything, and
its id is the idempotency key; while it is open, what it is for is reserved.
"""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, Column, Index, LargeBinary, UniqueConstraint
from sqlmodel import Field

from portal.models.base import Row, moment, moment_or_none, organization_key, owned, within_organization, word


class AttemptKind(StrEnum):
    """What somebody set out to do."""

    CHECKOUT = "checkout"
    SAVED_CARD = "saved_card"
    CARD_SETUP = "card_setup"


class AttemptStatus(StrEnum):
    """How far an attempt is. UNCLEAR: nobody but staff can say what became of it."""

    PREPARED = "prepared"
    WAITING = "waiting"
    UNCLEAR = "unclear"
    PAID = "paid"
    FAILED = "failed"
    ABANDONED = "abandoned"


OPEN_ATTEMPTS = (AttemptStatus.PREPARED, AttemptStatus.WAITING, AttemptStatus.UNCLEAR)


class CardConnection(Row, table=True):
    """A practice's account with the card processor. Both keys are sealed, and gone when it is disconnected."""

    __tablename__ = "card_connection"
    __table_args__ = (UniqueConstraint("organization_id", name="uq_card_connection_one"),)
    organization_id: UUID = organization_key()
    secret_key: bytes | None = Field(default=None, sa_column=Column(LargeBinary))
    webhook_secret: bytes | None = Field(default=None, sa_column=Column(LargeBinary))
    account_ref: str = Field(default="", max_length=120)
    account_name: str = Field(default="", max_length=120)
    is_live: bool = False
    connected_at: datetime | None = moment_or_none()
    connected_by: UUID | None = Field(default=None, foreign_key="account.id")


class CardCustomer(Row, table=True):
    """What the processor calls a login, in one practice's account with it."""

    __tablename__ = "card_customer"
    __table_args__ = (UniqueConstraint("organization_id", "account_id", "account_ref"),)
    organization_id: UUID = organization_key()
    account_id: UUID = Field(foreign_key="account.id", index=True)
    account_ref: str = Field(max_length=120)
    ref: str = Field(max_length=120)
    created_at: datetime = moment()


class SavedCard(Row, table=True):
    """A card that its owner chose to keep, for one practice. `consent` is the text they agreed to."""

    __tablename__ = "saved_card"
    __table_args__ = (
        owned("saved_card"),
        UniqueConstraint("organization_id", "ref"),
        Index("ix_saved_card_of_account", "account_id", "organization_id"),
    )
    organization_id: UUID = organization_key()
    account_id: UUID = Field(foreign_key="account.id")
    account_ref: str = Field(max_length=120)
    ref: str = Field(max_length=120)
    brand: str = Field(max_length=40)
    last4: str = Field(max_length=4)
    exp_month: int
    exp_year: int
    name: str = Field(default="", max_length=60)
    is_default: bool = False
    consent: str = Field(max_length=400)
    created_at: datetime = moment()
    removed_at: datetime | None = moment_or_none()


class PaymentAttempt(Row, table=True):
    """Somebody sets out to pay, or to save a card. `address` is where the processor's page is, sealed."""

    __tablename__ = "payment_attempt"
    __table_args__ = (
        owned("payment_attempt"),
        within_organization("client_id", "client"),
        within_organization("card_id", "saved_card"),
        UniqueConstraint("account_id", "operation_id"),
        CheckConstraint("amount_cents >= 0", name="amount"),
        Index("ix_payment_attempt_open", "status", "checked_at"),
        Index("ix_payment_attempt_session", "organization_id", "session_ref"),
        Index("ix_payment_attempt_intent", "organization_id", "intent_ref"),
    )
    organization_id: UUID = organization_key()
    client_id: UUID = Field(index=True)
    account_id: UUID = Field(foreign_key="account.id")
    operation_id: UUID
    kind: AttemptKind = word(AttemptKind)
    status: AttemptStatus = word(AttemptStatus, AttemptStatus.PREPARED)
    amount_cents: int
    currency: str = Field(max_length=3)
    card_id: UUID | None = None
    keeps_card: bool = False
    consent: str = Field(default="", max_length=400)
    customer_ref: str = Field(default="", max_length=120)
    session_ref: str = Field(default="", max_length=120)
    intent_ref: str = Field(default="", max_length=120)
    address: bytes | None = Field(default=None, sa_column=Column(LargeBinary))
    problem: str = Field(default="", max_length=60)
    started_at: datetime = moment()
    checked_at: datetime = moment()
    expires_at: datetime = moment()
    resolved_at: datetime | None = moment_or_none()


class AttemptItem(Row, table=True):
    """What an attempt is for: a part of a charge, reserved while the attempt is open. Append-only."""

    __tablename__ = "attempt_item"
    __table_args__ = (
        within_organization("attempt_id", "payment_attempt"),
        within_organization("charge_id", "charge"),
        UniqueConstraint("attempt_id", "charge_id"),
        CheckConstraint("amount_cents > 0", name="amount"),
        Index("ix_attempt_item_of_charge", "charge_id"),
    )
    organization_id: UUID = organization_key()
    attempt_id: UUID
    charge_id: UUID
    amount_cents: int


class RefundAttempt(Row, table=True):
    """Staff set out to give money back. `is_owed_again`: the charge is then open again, else it is worth less.

    WAITING: it is on its way, and stands in the books as if PAID. One that FAILED afterwards keeps its `refund_ref`.
    """

    __tablename__ = "refund_attempt"
    __table_args__ = (
        owned("refund_attempt"),
        within_organization("payment_id", "payment"),
        UniqueConstraint("account_id", "operation_id"),
        CheckConstraint("amount_cents > 0", name="amount"),
        Index("ix_refund_attempt_of_payment", "payment_id"),
        Index("ix_refund_attempt_open", "status", "checked_at"),
    )
    organization_id: UUID = organization_key()
    payment_id: UUID
    account_id: UUID = Field(foreign_key="account.id")
    operation_id: UUID
    status: AttemptStatus = word(AttemptStatus, AttemptStatus.PREPARED)
    amount_cents: int
    currency: str = Field(max_length=3)
    is_owed_again: bool = False
    refund_ref: str = Field(default="", max_length=120)
    problem: str = Field(default="", max_length=60)
    started_at: datetime = moment()
    checked_at: datetime = moment()
    resolved_at: datetime | None = moment_or_none()


class ProcessorEvent(Row, table=True):
    """That the processor told a practice something, once by its id. What it told is fetched again, never believed."""

    __tablename__ = "processor_event"
    __table_args__ = (
        UniqueConstraint("organization_id", "event_ref"),
        Index("ix_processor_event_open", "handled_at", "received_at"),
    )
    organization_id: UUID = organization_key()
    event_ref: str = Field(max_length=120)
    kind: str = Field(max_length=80)
    object_ref: str = Field(max_length=120)
    received_at: datetime = moment()
    handled_at: datetime | None = moment_or_none()
    tries: int = 0
    outcome: str = Field(default="", max_length=60)
