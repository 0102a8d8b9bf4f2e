"""What the pages of messages take from the browser: shapes that everything else is refused by."""

from datetime import date
from typing import Annotated
from uuid import UUID

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from portal.messaging.rules import LONGEST, LONGEST_REASON, LONGEST_SUBJECT, MOST_FILES
from portal.messaging.service_listing import Wanted
from portal.messaging.service_starting import THE_CLIENT, Start
from portal.ui.parsing import Id


def _each_once(files: tuple[UUID, ...]) -> tuple[UUID, ...]:
    return tuple(dict.fromkeys(files))


Number = Annotated[int, Field(ge=1, le=2**31 - 1)]
Files = Annotated[tuple[Id, ...], Field(max_length=MOST_FILES), AfterValidator(_each_once)]
Older = Annotated[str, Field(max_length=80)]


class Outgoing(BaseModel):
    """A message on its way. Its operation's id is made in the browser, once.

    `thread` is the conversation that it was written in: what arrives late may find its writer on another page.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    thread: Id
    operation_id: Id
    body: Annotated[str, Field(max_length=LONGEST)]
    files: Files = ()


class Written(BaseModel):
    """A draft, and the conversation that it was written in."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    thread: Id
    body: Annotated[str, Field(max_length=LONGEST)]


class Sought(BaseModel):
    """What is looked for."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    words: Annotated[str, Field(max_length=80)] = ""
    since: Annotated[str, Field(max_length=10)] = ""
    until: Annotated[str, Field(max_length=10)] = ""

    def wanted(self, client_id: UUID | None = None) -> Wanted:
        """Turn it into what is asked; a date that is none is as good as empty."""
        return Wanted(self.words, _day(self.since), _day(self.until), client_id)


class Glass(BaseModel):
    """Which conversation an administrator opens, and why."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    thread: Id
    reason: Annotated[str, Field(max_length=LONGEST_REASON)]


class Begun(BaseModel):
    """The form of a new conversation. Who is ticked comes as one field each, `to <id>` and `also <id>`."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    operation_id: Id
    subject: Annotated[str, Field(max_length=LONGEST_SUBJECT)]
    body: Annotated[str, Field(max_length=LONGEST)]
    to: Annotated[list[Id], Field(max_length=20)] = []
    also: Annotated[list[Id], Field(max_length=40)] = []
    client: bool = False
    files: Files = ()

    def start(self) -> Start:
        """Turn it into what is asked of the service."""
        others = ([THE_CLIENT] if self.client else []) + [str(one) for one in self.also]
        return Start(self.operation_id, self.subject, self.body, tuple(self.to), tuple(others), self.files)


def sorted_fields(fields: object) -> object:
    """Gather the ticked boxes and the files of a form into lists; whatever else it holds stays, to be refused."""
    if not isinstance(fields, dict):
        return fields
    ticked = {name: value for name, value in fields.items() if str(name).startswith(("to ", "also "))}
    rest = {name: value for name, value in fields.items() if name not in ticked}
    for list_name in ("to", "also"):
        rest[list_name] = [str(name).partition(" ")[2] for name in ticked if str(name).startswith(f"{list_name} ")]
    if isinstance(rest.get("files"), str):
        rest["files"] = rest["files"].split()
    if THE_CLIENT in rest["also"]:
        rest["client"], rest["also"] = True, [one for one in rest["also"] if one != THE_CLIENT]
    return rest


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
