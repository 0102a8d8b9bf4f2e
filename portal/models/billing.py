"""The ledger: what is owed, what was paid, and what became of it. Its lines are never changed, only added to.

What somebody owes is derived from the lines; `charge_state` says no more than which charges have something open, and
counts every change of a charge, so that two who act on what they saw at the same time cannot both be right.
"""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, Column, Index, LargeBinary, UniqueConstraint
from sqlmodel import Field

from portal.models.base import Row, moment, organization_key, owned, within_organization, word


class Method(StrEnum):
    """How money came in."""

    CARD = "card"
    CASH = "cash"
    CHECK = "check"


class AdjustmentReason(StrEnum):
    """Why a charge is worth more or less than it was."""

    DISCOUNT = "discount"
    WRITE_OFF = "write_off"
    CORRECTION = "correction"
    INSURANCE = "insurance"
    REFUNDED = "refunded"


class ClientFee(Row, table=True):
    """What was agreed with one client: a fee for a session, or a copay where insurance pays the rest."""

    __tablename__ = "client_fee"
    __table_args__ = (
        within_organization("client_id", "client"),
        UniqueConstraint("client_id"),
        CheckConstraint("cents >= 0", name="cents"),
    )
    organization_id: UUID = organization_key()
    client_id: UUID
    cents: int
    is_copay: bool = False
    changed_at: datetime = moment()
    changed_by: UUID | None = Field(default=None, foreign_key="account.id")


class Charge(Row, table=True):
    """What a client owes for one thing on one day. `label` ("Individual therapy") is sealed. Append-only."""

    __tablename__ = "charge"
    __table_args__ = (
        owned("charge"),
        within_organization("client_id", "client"),
        within_organization("appointment_id", "appointment"),
        UniqueConstraint("client_id", "appointment_id"),
        UniqueConstraint("client_id", "operation_id"),
        CheckConstraint("amount_cents > 0", name="amount"),
        Index("ix_charge_of_client", "organization_id", "client_id", "on_day", "id"),
    )
    organization_id: UUID = organization_key()
    client_id: UUID
    appointment_id: UUID | None = Field(default=None, index=True)
    operation_id: UUID | None = None
    on_day: date
    amount_cents: int
    currency: str = Field(max_length=3)
    label: bytes | None = Field(default=None, sa_column=Column(LargeBinary))
    created_at: datetime = moment()
    created_by: UUID | None = Field(default=None, foreign_key="account.id")


class ChargeState(Row, table=True):
    """Whether anything of a charge is open, and how often it changed: `revision` is compared and swapped."""

    __tablename__ = "charge_state"
    __table_args__ = (
        within_organization("charge_id", "charge"),
        within_organization("client_id", "client"),
        UniqueConstraint("charge_id"),
        Index("ix_charge_state_open", "organization_id", "is_open", "client_id"),
    )
    organization_id: UUID = organization_key()
    charge_id: UUID
    client_id: UUID
    is_open: bool = True
    revision: int = 1


class Adjustment(Row, table=True):
    """A charge became worth more (above zero) or less (below). `note` is sealed. Append-only."""

    __tablename__ = "adjustment"
    __table_args__ = (
        within_organization("charge_id", "charge"),
        within_organization("client_id", "client"),
        CheckConstraint("amount_cents <> 0", name="amount"),
        Index("ix_adjustment_of_charge", "charge_id"),
    )
    organization_id: UUID = organization_key()
    client_id: UUID
    charge_id: UUID
    amount_cents: int
    currency: str = Field(max_length=3)
    reason: AdjustmentReason = word(AdjustmentReason)
    note: bytes | None = Field(default=None, sa_column=Column(LargeBinary))
    created_at: datetime = moment()
    created_by: UUID | None = Field(default=None, foreign_key="account.id")


class Payment(Row, table=True):
    """Money that came in for one client. `account_id` is who paid online, and whose receipt it is. Append-only."""

    __tablename__ = "payment"
    __table_args__ = (
        owned("payment"),
        within_organization("client_id", "client"),
        within_organization("attempt_id", "payment_attempt"),
        UniqueConstraint("attempt_id"),
        UniqueConstraint("client_id", "operation_id"),
        CheckConstraint("amount_cents > 0", name="amount"),
        Index("ix_payment_of_client", "organization_id", "client_id", "created_at", "id"),
        Index("ix_payment_of_account", "account_id", "created_at", "id"),
        Index("ix_payment_by_month", "organization_id", "received_on", "id"),
    )
    organization_id: UUID = organization_key()
    client_id: UUID
    account_id: UUID | None = Field(default=None, foreign_key="account.id")
    attempt_id: UUID | None = None
    operation_id: UUID | None = None
    method: Method = word(Method)
    amount_cents: int
    currency: str = Field(max_length=3)
    received_on: date
    reference: str = Field(default="", max_length=60)
    intent_ref: str = Field(default="", max_length=120)
    created_at: datetime = moment()
    created_by: UUID | None = Field(default=None, foreign_key="account.id")


class Refund(Row, table=True):
    """Money that went back from one payment. Append-only."""

    __tablename__ = "refund"
    __table_args__ = (
        owned("refund"),
        within_organization("payment_id", "payment"),
        within_organization("client_id", "client"),
        within_organization("attempt_id", "refund_attempt"),
        UniqueConstraint("attempt_id"),
        CheckConstraint("amount_cents > 0", name="amount"),
        Index("ix_refund_of_payment", "payment_id"),
        Index("ix_refund_by_month", "organization_id", "given_on", "id"),
    )
    organization_id: UUID = organization_key()
    client_id: UUID
    payment_id: UUID
    attempt_id: UUID
    amount_cents: int
    currency: str = Field(max_length=3)
    given_on: date
    created_at: datetime = moment()
    created_by: UUID | None = Field(default=None, foreign_key="account.id")


class Allocation(Row, table=True):
    """Which part of a payment is for which charge; below zero where a refund takes it back. Append-only."""

    __tablename__ = "allocation"
    __table_args__ = (
        within_organization("payment_id", "payment"),
        within_organization("charge_id", "charge"),
        within_organization("refund_id", "refund"),
        CheckConstraint("amount_cents <> 0", name="amount"),
        CheckConstraint("(amount_cents < 0) = (refund_id IS NOT NULL)", name="direction"),
        Index("ix_allocation_of_charge", "charge_id"),
        Index("ix_allocation_of_payment", "payment_id"),
    )
    organization_id: UUID = organization_key()
    payment_id: UUID
    charge_id: UUID
    refund_id: UUID | None = None
    amount_cents: int
    currency: str = Field(max_length=3)
    created_at: datetime = moment()
