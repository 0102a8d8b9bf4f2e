"""What the browser may send from the page of one client: the fields of its forms, as text."""

import json
from typing import Annotated, TypeVar

from pydantic import BaseModel, ConfigDict, Field

from portal.clients.views import ClientFields, ContactFields
from portal.clients.views_network import GrantFields, Preset
from portal.errors import Invalid
from portal.intake.service import Signers
from portal.models import Basis, Permission
from portal.practice.client import words
from portal.ui.parsing import UNUSABLE, Id, parse

Line = Annotated[str, Field(max_length=1000)]
Message = Annotated[str, Field(max_length=10_000)]
Fields = Annotated[dict[Line, Message], Field(max_length=400)]
"""A form with a tick for each of several things: their names begin alike."""
T = TypeVar("T", ClientFields, ContactFields)
PRESET, PERMISSION, FORM, SIGNER = "preset:", "permission:", "form:", "signer:"
"""How the names of single choices begin."""
THE_CLIENT = "client"
"""What stands for the client in person among the signers."""


class _Form(BaseModel):
    model_config = ConfigDict(extra="forbid")


class EditClient(_Form):
    """The form of the details; `seen` is what it started with."""

    given_name: Line
    family_name: Line
    birth_date: Line
    email: Line
    phone: Line
    seen: Message

    def fields(self) -> ClientFields:
        """Return what is to be kept."""
        return ClientFields(**self.model_dump(exclude={"seen"}))


class EditPerson(_Form):
    """The form about somebody in the network."""

    contact_id: Id
    given_name: Line
    family_name: Line
    email: Line
    phone: Line
    relationship: Line
    seen: Message

    def fields(self) -> ContactFields:
        """Return what is to be kept about the person."""
        return ContactFields(**self.model_dump(include=set(ContactFields.model_fields)))


class Access(_Form):
    """The fields about access, in several forms: what, on what basis, from and to which day."""

    may: Line = ""
    basis: Line = ""
    first_day: Line = ""
    last_day: Line = ""
    note: Line = ""

    def grant_fields(self) -> GrantFields:
        """Return the terms that were chosen."""
        basis = parse(Basis, self.basis, words.CHOOSE_ACCESS) if self.basis else None
        return GrantFields(basis=basis, first_day=self.first_day, last_day=self.last_day, note=self.note)

    def preset(self) -> Preset | None:
        """Return the set that was chosen; None for a single permission."""
        return parse(Preset, self.may.removeprefix(PRESET)) if self.may.startswith(PRESET) else None

    def permissions(self) -> list[Permission]:
        """Return the one permission that was chosen, if it was one."""
        one = self.may.startswith(PERMISSION)
        return [parse(Permission, self.may.removeprefix(PERMISSION))] if one else []


class AddPerson(Access):
    """The form that adds somebody: a known person by `known`, else a new one."""

    relationship: Line
    known: Line = ""
    given_name: Line = ""
    family_name: Line = ""
    email: Line = ""
    phone: Line = ""
    despite: Line = ""

    def fields(self) -> ContactFields:
        """Return what is to be kept about the person."""
        return ContactFields(**self.model_dump(include=set(ContactFields.model_fields)))


class GiveAccess(Access):
    """The form that gives somebody access."""

    contact_id: Id


class ChangeAccess(Access):
    """The form that changes one access."""

    grant_id: Id


class SendForm(_Form):
    """The form that sends a form, without those who are ticked as signers."""

    form: Line
    due_on: Line = ""


def read_send_form(fields: object) -> tuple[SendForm, Signers | None]:
    """Read the form that sends a form, and who is asked to sign; None when nobody is ticked."""
    given = parse(Fields, fields)
    named = ticked(given, SIGNER)
    rest = parse(SendForm, {name: value for name, value in given.items() if not name.startswith(SIGNER)})
    contacts = tuple(parse(Id, one) for one in named if one != THE_CLIENT)
    return rest, Signers(client=THE_CLIENT in named, contacts=contacts) if named else None


def read_seen(shape: type[T], text: str) -> T:
    """Read back what a form started with."""
    try:
        return parse(shape, json.loads(text))
    except ValueError:
        raise Invalid(UNUSABLE) from None


def ticked(fields: dict[str, str], beginning: str) -> list[str]:
    """Return what was ticked: the rests of the names that begin so."""
    return [name.removeprefix(beginning) for name in fields if name.startswith(beginning)]
