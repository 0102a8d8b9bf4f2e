"""What people read on the plain pages, by code."""

from collections.abc import Mapping
from enum import StrEnum
from typing import NamedTuple

from portal.errors import NotFound, NotPermitted, StepUpNeeded, TooMany


class Notice(StrEnum):
    """What the sign-in page may say above its fields; the page's address carries the code."""

    IDLE = "idle"
    ENDED = "ended"
    SIGNED_OUT = "signed-out"
    SIGNED_OUT_EVERYWHERE = "signed-out-everywhere"
    STEP_OVER = "step-over"
    PASSWORD_CHANGED = "password-changed"  # noqa: S105 - a code, not a secret


NOTICES: Mapping[str, str] = {
    Notice.IDLE: "You were signed out because nothing happened for 30 minutes. Sign in to go on.",
    Notice.ENDED: "You are signed out. Sign in to go on.",
    Notice.SIGNED_OUT: "You are signed out.",
    Notice.SIGNED_OUT_EVERYWHERE: "You are signed out on all your devices.",
    Notice.STEP_OVER: "That took too long, or was done already. Please sign in again.",
    Notice.PASSWORD_CHANGED: "Your new password is set. Sign in with it now.",
}


class Message(NamedTuple):
    """A whole page of a few words: heading, sentences, and where to go from here."""

    title: str
    sentences: tuple[str, ...]
    action: str = "Go to the start page"
    href: str = "/"


NOT_FOUND = Message(
    "We could not find that page",
    ("It may have been moved or removed. Please check the address.",),
)
NO_PRACTICE = Message(
    "We do not know this practice",
    ("No practice has this address. Please check the link that you were given, or ask the practice for it.",),
    "Sign in",
    "/login",
)
DEAD_RESET = Message(
    "This link no longer works",
    ("It may have been used already, or a newer one was sent. A link works for 30 minutes.",),
    "Ask for a new link",
    "/forgot-password",
)
DEAD_EMAIL = Message(
    "This link no longer works",
    (
        "It may have been used already, or a newer one was sent.",
        "To change your email address, sign in and open Account.",
    ),
    "Sign in",
    "/login",
)
DEAD_HELP = Message(
    "This link no longer works",
    (
        "It may have been used or stopped already, or a newer one was sent. A link works for seven days.",
        "Your practice can send you another one.",
    ),
    "Sign in",
    "/login",
)
HELP_STOPPED = Message(
    "It is stopped",
    (
        "Nothing was changed, and the link does not work any more.",
        "Somebody may have pretended to be you. Please tell your practice.",
    ),
    "Sign in",
    "/login",
)
LINK_SENT = Message(
    "Check your email",
    (
        "If that address belongs to a login here, we have sent it a link to choose a new password.",
        "The link works for 30 minutes. If nothing arrives, look into your spam folder, or ask the practice which "
        "address it has for you.",
    ),
    "Back to sign in",
    "/login",
)
EMAIL_CONFIRMED = Message(
    "Your email address is changed",
    ("From now on, sign in with the new address. We have told your old address, too.",),
    "Go on",
    "/",
)
EMAIL_UNDONE = Message(
    "Your old email address is back",
    (
        "All devices are signed out.",
        "If it was not you who changed the address, somebody may know your password. Choose a new one now.",
    ),
    "Choose a new password",
    "/forgot-password",
)
FOREIGN_ORIGIN = Message(
    "Please try that again from here",
    ("For your safety we only accept what is sent from our own pages. Open the page again and repeat what you did.",),
)
UNREADABLE = Message(
    "We could not read that",
    ("Please go back, check what you entered, and try again.",),
)
TITLES = {
    NotFound: NOT_FOUND.title,
    NotPermitted: "This is not open to you",
    StepUpNeeded: "Please confirm who you are",
    TooMany: "Please wait a little",
}
"""How a page is headed that says why something was refused."""
ENTER_EMAIL = "Enter your email address."
ENTER_PASSWORD = "Enter your password."  # noqa: S105 - a sentence
ENTER_CODE = "Enter the code from your app, or one of your recovery codes."
ENTER_NEW_PASSWORD = "Enter a new password."  # noqa: S105 - a sentence
NOT_THE_SAME = "The two passwords are not the same. Please type both again."


def broken(reference: str) -> Message:
    """The page for what should not have happened; the reference number finds it in the log."""
    return Message(
        "Something went wrong on our side",
        (
            "Nothing you entered is lost if you go back and try again.",
            f"If it happens again, please tell the practice this number: {reference}.",
        ),
    )
