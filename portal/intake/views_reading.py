"""What the browser may see of a sheet that was signed: words only, and where files are."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class ReadFile:
    """A file that was attached, and where it is downloaded."""

    name: str
    url: str


@dataclass(frozen=True)
class ReadLine:
    """A question and its answers in words; none means that it was left open. `kind` "group" is a heading."""

    path: str
    label: str
    kind: str
    answers: list[str]
    level: int = 0
    files: list[ReadFile] = field(default_factory=list)


@dataclass(frozen=True)
class ScoreView:
    """A score in words: "14 of 27", and the name of its band, "" for none."""

    name: str
    points: str
    band: str


@dataclass(frozen=True)
class ReadSection:
    """One page of a sheet that staff read."""

    title: str
    lines: list[ReadLine]


@dataclass(frozen=True)
class SignatureView:
    """A signature as it is read: who signed by their login, what they typed, and as what.

    `drawing` is the path of what they drew on a sheet of 600 by 200 (rules_drawing), "" for nothing.
    """

    name: str
    typed_name: str
    capacity: str
    signed_at: str
    sha256: str
    drawing: str = ""


@dataclass(frozen=True)
class ReadView:
    """A frozen sheet. `is_intact` says that its fingerprint was computed again and agrees."""

    assignment_id: str
    title: str
    status: str
    client_id: str
    client_name: str
    sent_at: str
    started_at: str
    submitted_at: str
    submitted_by: str
    sections: list[ReadSection]
    signatures: list[SignatureView]
    sha256: str
    is_intact: bool
    scores: list[ScoreView] = field(default_factory=list)
