"""What the browser may see of kept messages, and what it may send."""

from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from portal.ui.parsing import Id


@dataclass(frozen=True)
class Kept:
    """One message; `edit_name` and `delete_name` are what a screen reader hears."""

    id: str
    name: str
    body: str
    edit_name: str
    delete_name: str
    delete_question: str


class MessageForm(BaseModel):
    """A message as it is typed; without an id it is a new one."""

    model_config = ConfigDict(extra="forbid")

    template_id: Id | Literal[""] = ""
    name: Annotated[str, Field(max_length=1000)]
    body: Annotated[str, Field(max_length=10_000)]
