"""What the browser may see of the list of forms, and what it may send."""

from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

Line = Annotated[str, Field(max_length=300)]


@dataclass(frozen=True)
class Listed:
    """One form of the list, in words. `pill` is its state, `detail` what else is to be known."""

    id: str
    title: str
    pill: str
    is_live: bool
    detail: str
    waiting: str
    is_archived: bool
    address: str
    download: str
    edit_name: str
    copy_name: str
    archive_name: str
    restore_name: str
    download_name: str


class Wanted(BaseModel):
    """The fields above the list."""

    model_config = ConfigDict(extra="forbid")

    query: Line = ""
    show: Literal["", "archived"] = ""


class NewForm(BaseModel):
    """The form that begins a form."""

    model_config = ConfigDict(extra="forbid")

    title: Line
