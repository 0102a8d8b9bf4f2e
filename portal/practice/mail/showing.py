"""From mails and runs to rows. Pure."""

from collections.abc import Iterable
from datetime import datetime

from portal.intake.moments import moment_in_words
from portal.kit.ids import parse_id
from portal.models import JobOutcome, JobRun
from portal.notifications.views import Letter, Place
from portal.practice.mail import words
from portal.practice.mail.views import JobRow, LetterRow


def letter_row(letter: Letter, zone: str) -> LetterRow:
    """Put a mail into a row."""
    subject, address = letter.subject, letter.address
    return LetterRow(
        id=str(letter.id),
        subject=subject,
        whom=words.to_whom(letter.name, address),
        when=moment_in_words(letter.at.isoformat(), zone),
        reason=words.reason(letter.reason, letter.tries),
        why_not=letter.why_not_again,
        again_name=words.again_name(subject, address),
        aside_name=words.aside_name(subject, address),
        aside_text=words.aside_text(subject, address),
    )


def job_rows(runs: Iterable[JobRun], zone: str, now: datetime) -> list[JobRow]:
    """List every kind of work, those that never ran included; one without words goes by its name."""
    known = {run.name: run for run in runs}
    labels = words.JOB_LABELS | {name: name.capitalize() for name in known if name not in words.JOB_LABELS}
    return [_job(name, label, known.get(name), zone, now) for name, label in labels.items()]


def _job(name: str, label: str, run: JobRun | None, zone: str, now: datetime) -> JobRow:
    if run is None:
        return JobRow(name, label, words.NEVER, "", "", is_failing=False)
    is_running = run.leased_until is not None and run.leased_until > now
    is_failing = run.outcome is JobOutcome.FAILED
    outcome = words.failing(run.failures, run.last_error) if is_failing else words.done(run.found)
    return JobRow(
        name=name,
        label=label,
        outcome=outcome if run.outcome else words.NEVER,
        last=moment_in_words(run.ended_at.isoformat(), zone) if run.ended_at else "",
        next=words.RUNNING if is_running else moment_in_words(run.next_at.isoformat(), zone),
        is_failing=is_failing,
    )


def written(place: Place | None) -> str:
    """Write down where a page ends; nothing at the end of the list."""
    return f"{place[0].isoformat()} {place[1]}" if place else ""


def place_of(text: str) -> Place | None:
    """Read where a page ended; None for anything else."""
    at, _, last = text.partition(" ")
    found = parse_id(last)
    try:
        moment = datetime.fromisoformat(at)
    except ValueError:
        return None
    return (moment, found) if found and moment.tzinfo else None
