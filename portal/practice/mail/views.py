"""What the browser may see of mail and periodic work."""

from dataclasses import dataclass


@dataclass(frozen=True)
class LetterRow:
    """One mail. `why_not` says why it cannot be sent again, empty when it can; the names are for screen readers."""

    id: str
    subject: str
    whom: str
    when: str
    reason: str
    why_not: str
    again_name: str
    aside_name: str
    aside_text: str


@dataclass(frozen=True)
class JobRow:
    """One kind of periodic work: what it does, how it last went, and when it is next due. `is_failing`: look here."""

    name: str
    label: str
    outcome: str
    last: str
    next: str
    is_failing: bool
