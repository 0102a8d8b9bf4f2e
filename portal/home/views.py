"""What the browser may see on the home page."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Todo:
    """One thing to do, and where. The first of all is the page's one primary button."""

    id: str
    title: str
    detail: str
    is_late: bool
    is_first: bool
    action: str
    address: str
    is_appointment: bool = False


@dataclass(frozen=True)
class PersonTodos:
    """What there is to do for one person; `place` tells two practices apart, and is empty where there is one."""

    client_id: str
    heading: str
    place: str
    todos: list[Todo]
