"""What the browser may see of a packet, and how its fields are read."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Annotated
from uuid import UUID

from pydantic import Field

from portal.errors import Invalid
from portal.intake.service import Signers
from portal.intake.service_packet import PacketPart
from portal.models import SignerRule
from portal.practice.packet import words
from portal.ui.parsing import UNUSABLE, Id, parse

_Line = Annotated[str, Field(max_length=200)]
_Fields = Annotated[dict[_Line, _Line], Field(max_length=600)]
_CLIENT = "client"


@dataclass(frozen=True)
class FormChoice:
    """One form that can be sent; `who` is the legend above its signers."""

    id: str
    title: str
    who: str


@dataclass(frozen=True)
class SignerChoice:
    """Somebody who can be asked to sign: a contact's id, "client" for the client."""

    id: str
    label: str


def read_packet(fields: object) -> tuple[list[PacketPart], date | None]:
    """Read the form: "form:<version>" is ticked, with "sign:<version>:<who>", "all:<version>", "only:<version>"."""
    given: Mapping[str, str] = parse(_Fields, fields)
    chosen: list[UUID] = []
    for name in given:
        kind, _, rest = name.partition(":")
        if kind not in ("form", "sign", "all", "only", "due_on"):
            raise Invalid(UNUSABLE)
        if kind == "form":
            chosen.append(parse(Id, rest))
    return [PacketPart(one, _signers(given, one)) for one in chosen], _day(given.get("due_on", ""))


def _signers(given: Mapping[str, str], version: UUID) -> Signers | None:
    beginning = f"sign:{version}:"
    named = [name.removeprefix(beginning) for name in given if name.startswith(beginning)]
    only = f"only:{version}" in given
    if not named:
        if only:
            raise Invalid(words.NEEDS_SIGNER)
        return None
    contacts = tuple(parse(Id, one) for one in named if one != _CLIENT)
    rule = SignerRule.ALL if f"all:{version}" in given else None
    return Signers(client=_CLIENT in named, contacts=contacts, rule=rule, only=only)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise Invalid(words.DAY_BAD) from None
