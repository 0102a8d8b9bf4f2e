"""The kinds of mail. A mail names the practice and the person it goes to; no health information, no third person."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of mail: its subject, and what its template needs besides `practice`, `name` and `origin`."""

    subject: str
    needs: frozenset[str] = frozenset()


KINDS: Mapping[str, Kind] = {
    "reset_password": Kind("Choose a new password", frozenset({"link", "when"})),
    "password_changed": Kind("Your password was changed", frozenset({"when"})),
    "confirm_email": Kind("Confirm your new email address", frozenset({"link", "when"})),
    "email_in_use": Kind("Somebody tried to use your email address", frozenset({"when"})),
    "email_changed": Kind("Your email address was changed", frozenset({"link", "when"})),
    "new_device": Kind("A new device signed in", frozenset({"device", "when"})),
    "invitation": Kind("You are invited", frozenset({"before", "after", "link", "until"})),
    "join_received": Kind("Your message has arrived"),
    "form_submitted": Kind("A form has arrived"),
    "coming_of_age_staff": Kind("Access to a record changes soon", frozenset({"client", "when"})),
    "coming_of_age_family": Kind("Your access changes soon", frozenset({"when"})),
}


def check_context(kind: str, context: Mapping[str, str]) -> None:
    """Raise ValueError when a kind is unknown, or its context holds too little, too much or something but text."""
    known = KINDS.get(kind)
    if known is None:
        raise ValueError(f"There is no mail of the kind {kind!r}.")
    if set(context) != known.needs:
        raise ValueError(f"A mail of the kind {kind!r} needs exactly: {', '.join(sorted(known.needs)) or 'nothing'}.")
    if not all(isinstance(value, str) for value in context.values()):
        raise ValueError("A mail's context is text.")
