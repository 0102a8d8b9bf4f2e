"""A frozen sheet as the reading pages show it, to staff and to those who sent it."""

from dataclasses import dataclass, field

from portal.intake import words_pages
from portal.intake.moments import moment_in_words
from portal.intake.views_reading import ReadSection, ReadView, ScoreView


@dataclass(frozen=True)
class SignatureRow:
    """A signature in words."""

    name: str
    typed_name: str
    capacity: str
    signed_at: str
    drawing: str = ""


@dataclass(frozen=True)
class ReadPage:
    """A sheet to be read; without an id there is none. `fingerprint` is its SHA-256 in groups of eight.

    Scores are for staff: what they mean is theirs to say.
    """

    id: str = ""
    title: str = ""
    client: str = ""
    sent: str = ""
    sections: list[ReadSection] = field(default_factory=list)
    signatures: list[SignatureRow] = field(default_factory=list)
    fingerprint: str = ""
    is_intact: bool = True
    verdict: str = ""
    scores: list[ScoreView] = field(default_factory=list)


def read_page(view: ReadView, zone: str, *, for_staff: bool = False) -> ReadPage:
    """Put a sheet into the words of the reading page; times are in the practice's zone."""
    code = view.sha256
    return ReadPage(
        id=view.assignment_id,
        title=view.title,
        client=view.client_name,
        sent=words_pages.sent_by(view.submitted_by, moment_in_words(view.submitted_at, zone)),
        sections=view.sections,
        signatures=[
            SignatureRow(
                signed.name,
                signed.typed_name,
                signed.capacity,
                moment_in_words(signed.signed_at, zone),
                signed.drawing,
            )
            for signed in view.signatures
        ],
        fingerprint=" ".join(code[place : place + 8] for place in range(0, len(code), 8)),
        is_intact=view.is_intact,
        verdict=words_pages.INTACT if view.is_intact else words_pages.NOT_INTACT,
        scores=view.scores if for_staff else [],
    )
