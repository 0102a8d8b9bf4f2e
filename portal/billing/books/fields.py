"""What the forms of /practice/billing send, read strictly."""

from datetime import date
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from portal.billing import words
from portal.billing.paying.fields import read_cents
from portal.errors import Invalid
from portal.models import AdjustmentReason, Method
from portal.ui.guard import Id


class _Fields(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class ChargeFields(_Fields):
    """A charge by hand."""

    operation_id: Id
    client_id: Id
    amount: str = Field(max_length=20)
    day: date
    label: str = Field("", max_length=120)


class ReceivedFields(_Fields):
    """Cash or a check."""

    operation_id: Id
    client_id: Id
    amount: str = Field(max_length=20)
    day: date
    method: Literal[Method.CASH, Method.CHECK]
    reference: str = Field("", max_length=60)


class AdjustFields(_Fields):
    """A charge that is worth more or less."""

    charge_id: Id
    revision: str = Field(max_length=10, pattern=r"^\d+$")
    amount: str = Field(max_length=20)
    reason: Literal[
        AdjustmentReason.DISCOUNT, AdjustmentReason.WRITE_OFF, AdjustmentReason.CORRECTION, AdjustmentReason.INSURANCE
    ]


class RefundFields(_Fields):
    """Money that is to go back."""

    operation_id: Id
    payment_id: Id
    amount: str = Field(max_length=20)
    again: str = Field("", max_length=5)


class FindFields(_Fields):
    """Who is looked for."""

    query: str = Field("", max_length=200)


class FeeFields(_Fields):
    """What is agreed with a client; no amount for nothing."""

    client_id: Id
    amount: str = Field("", max_length=20)
    copay: str = Field("", max_length=5)


UnclearKind = Literal["payment", "refund", "came_back", "event"]


class MonthFields(_Fields):
    """A month to take out."""

    month: str = Field(max_length=7)


def cents_of(text: str) -> int:
    """Read an amount above zero."""
    cents = read_cents(text)
    if not cents:
        raise Invalid(words.NO_AMOUNT)
    return cents


def signed_cents_of(text: str) -> int:
    """Read an amount that may have a minus before it."""
    shown = text.strip()
    return -cents_of(shown[1:]) if shown.startswith("-") else cents_of(shown.removeprefix("+"))
