"""From what is looked for to a question, and from entries to rows. Pure."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from portal.audit.service import ChainReport
from portal.audit.trail import Entry, Look, Looks, Trail, Wanted
from portal.audit.words import ACTIONS
from portal.intake.moments import moment_in_words
from portal.kit.ids import parse_id
from portal.kit.text import fold
from portal.practice.record import words
from portal.practice.record.views import RecordRow, Verdict

_WORDS = 4


class Sought(BaseModel):
    """What an administrator looks for; empty texts mean anything. `client` is typed, `client_id` is one exactly."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    show: Literal["changes", "looks"] = "changes"
    person: Annotated[str, Field(max_length=36)] = ""
    client: Annotated[str, Field(max_length=80)] = ""
    client_id: Annotated[str, Field(max_length=36)] = ""
    action: Annotated[str, Field(max_length=80)] = ""


def wanted_by(sought: Sought) -> Wanted:
    """Turn what is looked for into what is asked; an id or an action that is none finds everything, as if empty."""
    exactly = parse_id(sought.client_id)
    typed = () if exactly else tuple(fold(sought.client).split()[:_WORDS])
    return Wanted(
        actor_id=parse_id(sought.person),
        client_id=exactly,
        client_words=typed,
        actions=(sought.action,) if sought.action in ACTIONS else (),
    )


def rows_of(trail: Trail, zone: str) -> tuple[list[RecordRow], str]:
    """Turn a page of the chain into rows, and into what asks for the next one."""
    return [_entry(entry, zone) for entry in trail.entries], str(trail.before or "")


def rows_of_looks(looks: Looks, zone: str) -> tuple[list[RecordRow], str]:
    """Turn a page of looks into rows, and into what asks for the next one."""
    before = looks.before
    return [_look(look, zone) for look in looks.looks], f"{before[0].isoformat()} {before[1]}" if before else ""


def place_in_chain(text: str) -> int | None:
    """Read the number of an entry; None for anything else."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None


def place_in_log(text: str) -> tuple[datetime, UUID] | None:
    """Read when and which look was the last on a page; None for anything else."""
    at, _, last = text.partition(" ")
    found = parse_id(last)
    try:
        moment = datetime.fromisoformat(at)
    except ValueError:
        return None
    return (moment, found) if found and moment.tzinfo else None


def verdict_of(report: ChainReport) -> Verdict:
    """Put the report on a chain into words."""
    return Verdict(words.verdict(report), words.end_of(report), report.intact, words.faults(report))


def _entry(entry: Entry, zone: str) -> RecordRow:
    return RecordRow(
        key=str(entry.sequence),
        actor=entry.actor if entry.actor_id else words.JOB,
        actor_id=str(entry.actor_id or ""),
        what=words.what_was_done(entry),
        detail=words.detail_of(entry),
        client=entry.client,
        client_id=str(entry.client_id or ""),
        when=moment_in_words(entry.at.isoformat(), zone),
    )


def _look(look: Look, zone: str) -> RecordRow:
    return RecordRow(
        key=str(look.id),
        actor=look.actor,
        actor_id=str(look.actor_id),
        what=words.what_was_seen(look.kind),
        detail="",
        client=look.client,
        client_id=str(look.client_id),
        when=moment_in_words(look.at.isoformat(), zone),
    )
