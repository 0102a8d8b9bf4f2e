"""Decisions about invitations: pure, without a session or a clock."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from portal.accounts.rules import email_key
from portal.errors import Invalid
from portal.invitations import words
from portal.invitations.views import InvitationState
from portal.kit.text import is_printable
from portal.models import Invitation, OutboxStatus

LIFETIME = timedelta(days=7)
MOST_TRIES = 5
MOST_PEOPLE = 200
MOST_FORMS = 20
LONGEST_MESSAGE = 3000
_PLACEHOLDER = re.compile(r"\{([^{}\n]{0,40})\}")
_LINK = "link"


class Dead(StrEnum):
    """Why an invitation cannot be used."""

    UNKNOWN = "unknown"
    USED = "used"
    REVOKED = "revoked"
    REPLACED = "replaced"
    EXPIRED = "expired"
    OTHER_EMAIL = "other_email"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Person:
    """The person whom an invitation is for, as the practice has them now.

    `birth_dates` are those that prove it, any one of them, where they are recorded: a client's own, else (`is_own` is
    not set) those of the clients whom a contact looks after.
    """

    name: str
    email: str
    birth_dates: frozenset[date]
    is_own: bool
    has_login: bool
    is_closed: bool


@dataclass(frozen=True, slots=True)
class Words:
    """A message that is filled in: what stands before and after its button."""

    before: str
    after: str


def check_message(text: str) -> str:
    """Return a message as it is kept; raises Invalid for what is too long, or has placeholders that mean nothing."""
    message = "\n".join(line.rstrip() for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n")).strip()
    if not message:
        raise Invalid(words.MESSAGE_MISSING)
    if len(message) > LONGEST_MESSAGE:
        raise Invalid(words.MESSAGE_LONG)
    if not is_printable(message.replace("\n", "").replace("\t", "")):
        raise Invalid(words.MESSAGE_ODD)
    used = _PLACEHOLDER.findall(message)
    unknown = [name for name in used if name not in words.PLACEHOLDERS]
    if unknown:
        known = ", ".join(f"{{{name}}}" for name in words.PLACEHOLDERS)
        raise Invalid(words.UNKNOWN_PLACEHOLDER.format(unknown=f"{{{unknown[0]}}}", known=known))
    if used.count(_LINK) > 1:
        raise Invalid(words.LINK_TWICE)
    return message


def fill(message: str, names: Mapping[str, str]) -> Words:
    """Put names into a message. What stands in a name is never taken for a placeholder itself."""
    before, _, after = message.partition(f"{{{_LINK}}}")
    return Words(*(_PLACEHOLDER.sub(lambda found: names[found[1]], part).strip() for part in (before, after)))


def state_of(invitation: Invitation, mail: OutboxStatus | None, now: datetime) -> InvitationState:
    """Return how far somebody's newest invitation has come: the first of these that holds."""
    for holds, state in (
        (invitation.accepted_at is not None, InvitationState.JOINED),
        (invitation.revoked_at is not None, InvitationState.REVOKED),
        (invitation.expires_at <= now, InvitationState.EXPIRED),
        (invitation.opened_at is not None, InvitationState.FOLLOWED),
        (mail is OutboxStatus.FAILED, InvitationState.MAIL_REFUSED),
    ):
        if holds:
            return state
    return InvitationState.INVITED


def why_dead(invitation: Invitation, person: Person, now: datetime) -> Dead | None:
    """Return why an invitation cannot be used, or None when it can."""
    for holds, reason in (
        (invitation.accepted_at is not None or person.has_login, Dead.USED),
        (invitation.replaced_at is not None, Dead.REPLACED),
        (invitation.revoked_at is not None, Dead.REVOKED),
        (invitation.expires_at <= now, Dead.EXPIRED),
        (person.is_closed, Dead.CLOSED),
        (email_key(invitation.email) != email_key(person.email), Dead.OTHER_EMAIL),
    ):
        if holds:
            return reason
    return None


def read_day(text: str) -> date | None:
    """Read a day as a browser sends it; None for anything else."""
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        return None
