"""What the browser may see of the list of clients, and what it may send."""

from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from portal.clients.views import ClientFields, ClientStatus
from portal.settings.catalog import SettingName
from portal.ui.parsing import Id

Line = Annotated[str, Field(max_length=1000)]


@dataclass(frozen=True)
class Row:
    """One client of the list. `status` is the code of `status_label`; empty texts are not shown.

    `off` names what is switched off for this client, `mail` says that mail does not arrive; `pick` is what the box
    beside the name says.
    """

    id: str
    name: str
    status: str
    status_label: str
    therapists: str
    contact: str
    network: str
    off: str
    mail: str
    pick: str
    address: str


@dataclass(frozen=True)
class Option:
    """One choice of a filter."""

    value: str
    label: str


@dataclass(frozen=True)
class Alike:
    """Somebody who may be the same person; `address` is empty where the reader may not open the record."""

    id: str
    name: str
    reason: str
    address: str


class Wanted(BaseModel):
    """The fields above the list."""

    model_config = ConfigDict(extra="forbid")

    query: Line = ""
    status: ClientStatus | Literal[""] = ""
    therapist: Id | Literal[""] = ""
    off: SettingName | Literal[""] = ""


class NewClient(BaseModel):
    """The form in which a client is added; `despite` are ids of lookalikes that were looked at, with spaces between."""

    model_config = ConfigDict(extra="forbid")

    given_name: Line
    family_name: Line
    birth_date: Line = ""
    email: Line = ""
    phone: Line = ""
    despite: Line = ""

    def fields(self) -> ClientFields:
        """Return what is kept of it."""
        return ClientFields(**self.model_dump(exclude={"despite"}))
