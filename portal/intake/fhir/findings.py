"""What an import report names: each thing of a form that is kept but not acted upon."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Reason(StrEnum):
    """Why something of a form is named. Each has its sentence in intake.words."""

    TYPE = "type"
    EXPRESSION = "expression"
    MODIFIER = "modifier"
    EXTENSION = "extension"
    ELEMENT = "element"
    CONTAINED = "contained"
    CONTROL = "control"
    OPTIONS = "options"
    PARTIAL_OPTIONS = "partial_options"
    REMOTE_OPTIONS = "remote_options"
    NO_OPTIONS = "no_options"
    REPEATS = "repeats"
    ONCE = "once"
    LIMITS = "limits"
    PATTERN = "pattern"
    FILLED = "filled"
    FIXED = "fixed"
    NO_TEXT = "no_text"
    READ_ONLY = "read_only"
    CONCEALED = "concealed"
    DOTTED = "dotted_question"
    STATUS = "status_question"
    MISSING = "missing_question"
    CIRCULAR = "circular_condition"
    CONDITION = "condition"
    NEVER = "never"
    BEHAVIOR = "no_behavior"
    INITIAL = "initial"


@dataclass(frozen=True, slots=True)
class Finding:
    """One occurrence: a reason, what exactly (a type, an address, the name of a question) and the item's linkId."""

    reason: Reason
    name: str
    path: str


@dataclass(frozen=True, slots=True)
class Group:
    """All occurrences of one thing."""

    reason: Reason
    name: str
    paths: tuple[str, ...]


def grouped(findings: Iterable[Finding]) -> list[Group]:
    """Gather occurrences of the same thing, in the order in which things were first found."""
    found: dict[tuple[Reason, str], list[str]] = {}
    for finding in findings:
        found.setdefault((finding.reason, finding.name), []).append(finding.path)
    return [Group(reason, name, tuple(dict.fromkeys(paths))) for (reason, name), paths in found.items()]
