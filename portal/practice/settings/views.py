"""What the browser may see of a practice's settings."""

from dataclasses import dataclass


@dataclass(frozen=True)
class HoursRow:
    """A number of hours that a switch brings with it."""

    name: str
    label: str
    help: str
    hours: int


@dataclass(frozen=True)
class SwitchRow:
    """A switch. `obstacle` says why it is locked; `missing` what it still needs before it does anything.

    `help` is empty where the heading says it all. `hours` are shown below it while it is on; `is_part` marks a switch
    that depends on the one before it.
    """

    name: str
    label: str
    help: str
    is_on: bool
    obstacle: str
    missing: str
    is_part: bool
    hours: list[HoursRow]


@dataclass(frozen=True)
class ChangeRow:
    """A change that was made: `what`, "From off to on", by whom and when."""

    sequence: int
    what: str
    from_to: str
    who: str
    when: str


@dataclass(frozen=True)
class AskedRow:
    """What is asked before a change; `step` counts from 0, and `name` is empty when nothing is asked."""

    name: str
    step: int
    title: str
    lines: list[str]
    confirm: str


@dataclass(frozen=True)
class UndoRow:
    """What was just changed, and the value that takes it back; `count` tells one deed from the next."""

    name: str
    value: bool | int
    sentence: str
    count: int


@dataclass(frozen=True)
class Shortcut:
    """A link to hand out: what it is called, what it is for, and its QR code as a data: URI."""

    key: str
    label: str
    help: str
    warning: str
    address: str
    picture: str
    copy_label: str
    picture_label: str


NOTHING_ASKED = AskedRow("", 0, "", [], "")
NOTHING_DONE = UndoRow("", False, "", 0)
