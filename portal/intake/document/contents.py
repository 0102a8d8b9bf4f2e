"""What the PDF of a sheet says. Pure."""

from typing import Any

from portal.intake.document import words
from portal.intake.handling.service_reading import StateView
from portal.intake.moments import moment_in_words
from portal.intake.views_reading import ReadLine, ReadView, SignatureView


def contents(view: ReadView, state: StateView, practice: str, zone: str, *, for_staff: bool) -> dict[str, Any]:
    """Return the data of the template. No address of a place is ever in it; scores are for staff."""
    when = moment_in_words(state.frozen_at, zone)
    about = words.ABOUT_SIGNING if view.status == "signing" else words.ABOUT
    signatures = [_signature(one, zone) for one in view.signatures]
    if state.countersigned_by:
        signatures.append(_countersignature(state, zone))
    code = view.sha256
    return {
        "title": view.title,
        "practice": practice,
        "about": about.format(client=view.client_name, number=state.number, when=when),
        "footer": words.FOOTER.format(title=view.title, practice=practice),
        "mark": words.mark(view.assignment_id, state.number, code),
        "none": words.NO_ANSWER,
        "sections": [
            {"title": section.title, "lines": [_line(line) for line in section.lines]} for section in view.sections
        ],
        "scores": [_score(one) for one in view.scores] if for_staff else [],
        "signatures": signatures,
        "fingerprint": " ".join(code[place : place + 8] for place in range(0, len(code), 8)),
        "words": {
            "signatures": words.SIGNATURES,
            "scores": words.SCORES,
            "fingerprint": words.FINGERPRINT,
            "fingerprint_help": words.FINGERPRINT_HELP,
        },
    }


def _line(line: ReadLine) -> dict[str, Any]:
    files = [words.FILE.format(name=file.name) for file in line.files]
    return {"label": line.label, "kind": line.kind, "level": line.level, "answers": [*line.answers, *files]}


def _score(score: Any) -> dict[str, str]:
    return {"name": score.name, "points": score.points, "band": score.band}


def _signature(signed: SignatureView, zone: str) -> dict[str, Any]:
    facts = [
        words.TYPED.format(name=signed.typed_name),
        words.AS.format(capacity=signed.capacity),
        words.ON.format(when=moment_in_words(signed.signed_at, zone)),
        *([words.DRAWN] if signed.drawing else []),
    ]
    return {"name": signed.name, "facts": facts}


def _countersignature(state: StateView, zone: str) -> dict[str, Any]:
    facts = [
        words.COUNTERSIGNED,
        words.AS.format(capacity=state.countersigned_as),
        words.ON.format(when=moment_in_words(state.countersigned_at, zone)),
    ]
    return {"name": state.countersigned_by, "facts": facts}
