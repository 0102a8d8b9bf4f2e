"""What the browser may see of one's own record."""

from dataclasses import dataclass


@dataclass(frozen=True)
class GrantRow:
    """One thing that somebody may do. `is_over`: it ended with age, and can be allowed again."""

    id: str
    label: str
    terms: str
    is_over: bool
    button_name: str
    question: str


@dataclass(frozen=True)
class HolderRow:
    """Somebody who acts for the client."""

    id: str
    name: str
    relationship: str
    grants: list[GrantRow]


@dataclass(frozen=True)
class LookRow:
    """One line of who looked."""

    id: str
    who: str
    what: str
    when: str
