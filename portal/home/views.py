"""What the browser may see on the home page."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Todo:
    """One thing to do, and where. The first of all is the page's one primary button.

    `kind` is "form", "appointment", "money" or "messages"; `join` is where a video appointment is joined, or empty.
    """

    id: str
    title: str
    detail: str
    is_late: bool
    is_first: bool
    action: str
    address: str
    kind: str = "form"
    join: str = ""


@dataclass(frozen=True)
class PersonTodos:
    """What there is to do for one person; `place` tells two practices apart, and is empty where there is one."""

    client_id: str
    heading: str
    place: str
    todos: list[Todo]
