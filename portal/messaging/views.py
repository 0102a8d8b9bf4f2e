"""What a browser may know of conversations."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class PartView:
    """A piece of a message: text, or a link that shows where it leads."""

    text: str
    link: str


@dataclass(frozen=True)
class FileView:
    """A file of a message, to be saved."""

    url: str
    name: str
    size: str


@dataclass(frozen=True)
class MessageView:
    """One message. `operation_id` is filled for one's own alone; `receipt` says who has read it, and when."""

    id: str
    number: int
    operation_id: str
    author: str
    is_own: bool
    is_note: bool
    when: str
    at: str
    parts: list[PartView]
    receipt: str = ""
    is_new: bool = False
    files: list[FileView] = field(default_factory=list)


@dataclass(frozen=True)
class ThreadRow:
    """One conversation in the list."""

    id: str
    subject: str
    client: str
    client_id: str
    people: str
    when: str
    unread: int


@dataclass(frozen=True)
class Listed:
    """A list of conversations; `older` asks for the next page, and is empty at the end."""

    rows: list[ThreadRow] = field(default_factory=list)
    older: str = ""


@dataclass(frozen=True)
class ThreadView:
    """One conversation, open. `why_not` says why one cannot write; `draft` is what one had begun.

    `newest` is the number of its last message, `first` that of the first one shown.
    """

    id: str
    subject: str
    client: str
    client_id: str
    people: str
    messages: list[MessageView]
    newest: int
    first: int
    draft: str
    why_not: str
    is_archived: bool
    has_unread: bool
    hours: str


@dataclass(frozen=True)
class Choice:
    """Somebody who can be written to. `detail` says as what."""

    id: str
    name: str
    detail: str


@dataclass(frozen=True)
class Choices:
    """Who can be in a new conversation: therapists, and others on the client's side."""

    therapists: list[Choice] = field(default_factory=list)
    others: list[Choice] = field(default_factory=list)
    hours: str = ""


@dataclass(frozen=True)
class OtherThread:
    """A conversation that an administrator is not in: who and when, never what."""

    id: str
    people: str
    when: str
    count: int
