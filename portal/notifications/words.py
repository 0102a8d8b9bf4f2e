"""Sentences about mail that did not arrive."""

from datetime import timedelta

from portal.notifications.catalog import KINDS

ADMINISTRATORS_ONLY = "Only administrators of the practice see what became of its mail."
ADMINISTRATORS_DECIDE = "Only administrators of the practice decide what its mails look like."
TOO_LATE = "It is too late for this one: what it says is over, or its link has ended."
INVITE_AGAIN = "Please send the invitation again from the person's own page, so that it has a new link."
GONE = "This mail was sent again or set aside meanwhile."
UNKNOWN = "A mail of an earlier version"


def subject_of(kind: str) -> str:
    """Return the subject of a kind, without anything of one mail."""
    return KINDS[kind].subject if kind in KINDS else UNKNOWN


def why_not_again(kind: str, age: timedelta) -> str:
    """Say why a mail of this age is not sent again; nothing where it can be."""
    if kind == "invitation":
        return INVITE_AGAIN
    known = KINDS.get(kind)
    if known is None or (known.good_for is not None and age > known.good_for):
        return TOO_LATE
    return ""
