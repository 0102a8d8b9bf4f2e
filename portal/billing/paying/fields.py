"""What the forms of /billing send, read strictly."""

import re
from collections.abc import Mapping
from typing import Annotated, Any
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from portal.billing import words
from portal.billing.service_paying import Wish
from portal.errors import Conflict, Invalid
from portal.ui.guard import Id, parse

_AMOUNT = re.compile(r"\$?\s*(\d{1,7})(?:[.,](\d{2}))?", re.ASCII)
_CHOSEN = "charge-"
_SENT = dict[Annotated[str, StringConstraints(max_length=60)], Annotated[str, StringConstraints(max_length=60)]]


class PayFields(BaseModel):
    """The rest of the form, beside the boxes that were ticked."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    operation_id: Id
    part: str = ""
    card: str = ""
    keep: str = ""


class ClickFields(BaseModel):
    """A click that is to count once."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    operation_id: Id


class CardFields(BaseModel):
    """What is to happen to one card."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    card_id: Id
    name: str = Field("", max_length=60)


def read_wish(sent: Any, shown: Mapping[str, int]) -> Wish:
    """Read what somebody wants to pay. `shown` is what this tab was shown of each charge, in cents. Raises Invalid."""
    fields = parse(_SENT, sent)
    chosen = [key.removeprefix(_CHOSEN) for key in fields if key.startswith(_CHOSEN)]
    rest = parse(PayFields, {key: value for key, value in fields.items() if not key.startswith(_CHOSEN)})
    charge_ids = tuple(parse(Id, one) for one in chosen)
    if not charge_ids:
        raise Invalid(words.CHOOSE_SOMETHING)
    if not shown:
        raise Conflict(words.HAS_CHANGED)
    seen = sum(shown.get(str(charge_id), 0) for charge_id in charge_ids)
    card: UUID | None = parse(Id, rest.card) if rest.card else None
    return Wish(rest.operation_id, charge_ids, seen, read_cents(rest.part), card, keeps_card=bool(rest.keep))


def read_cents(text: str) -> int | None:
    """Read an amount as people write it; None where nothing was written. Raises Invalid."""
    if not text.strip():
        return None
    found = _AMOUNT.fullmatch(text.strip())
    if found is None:
        raise Invalid(words.AMOUNT_SHAPE)
    return int(found[1]) * 100 + int(found[2] or 0)
