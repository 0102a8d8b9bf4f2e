"""What the browser may see of the record of changes."""

from dataclasses import dataclass


@dataclass(frozen=True)
class RecordRow:
    """One entry: who did what, for which client, when. The ids are empty where there is nobody to look for."""

    key: str
    actor: str
    actor_id: str
    what: str
    detail: str
    client: str
    client_id: str
    when: str


@dataclass(frozen=True)
class Option:
    """Something to choose in a list."""

    value: str
    label: str


@dataclass(frozen=True)
class Verdict:
    """How the chain stands; `sentence` is empty before it was verified."""

    sentence: str
    end: str
    is_whole: bool
    faults: list[str]


NO_VERDICT = Verdict("", "", True, [])
