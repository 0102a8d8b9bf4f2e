"""What the browser may see of people who ask to join."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Line:
    """One particular, as the stranger wrote it and as it is on record. `same` is empty where one of them is missing."""

    label: str
    theirs: str
    ours: str
    same: str


@dataclass(frozen=True)
class Link:
    """Somebody whose page can be opened."""

    name: str
    address: str


@dataclass(frozen=True)
class Alike:
    """Somebody whom a stranger looks like. `id` is the client's, empty for who is only in a contact network.

    `same_text` says what *Same person* does; `take_text` the same with the new address, empty where it is not offered.
    """

    key: str
    id: str
    heading: str
    reason: str
    address: str
    lines: list[Line]
    note: str
    serves: list[Link]
    same_name: str
    same_title: str
    same_text: str
    take_text: str


@dataclass(frozen=True)
class Waiting:
    """Somebody who asks to join; `despite` are the ids of those they look like, as they are sent back."""

    id: str
    name: str
    asked: str
    facts: list[Line]
    note: str
    despite: str
    new_name: str
    new_title: str
    new_text: str
    reject_name: str
    reject_title: str
    like: list[Alike] = field(default_factory=list)
