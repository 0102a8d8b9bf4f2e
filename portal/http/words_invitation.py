"""What people read on the pages of invitations and of asking to join."""

from collections.abc import Mapping

from portal.http.words import Message
from portal.invitations.rules import Dead

_TITLE = "This invitation no longer works"
_ASK = "Please ask {practice} for a new one."

_DEAD: Mapping[Dead, Message] = {
    Dead.UNKNOWN: Message(
        "We do not know this invitation",
        ("Please open the link in the mail again, or copy all of it.", "If that does not help, ask your practice."),
        "Sign in",
        "/login",
    ),
    Dead.USED: Message(
        "This invitation has been used",
        ("An invitation works once. If it was you who used it, sign in with your email address.",),
        "Sign in",
        "/login",
    ),
    Dead.REVOKED: Message(_TITLE, ("It was withdrawn.", _ASK), "Sign in", "/login"),
    Dead.REPLACED: Message(
        _TITLE,
        ("{practice} has sent a newer one. Please look for the newest mail, and use the link in that.",),
        "Sign in",
        "/login",
    ),
    Dead.EXPIRED: Message(_TITLE, ("An invitation works for 7 days.", _ASK), "Sign in", "/login"),
    Dead.OTHER_EMAIL: Message(_TITLE, ("{practice} has another email address for you now.", _ASK), "Sign in", "/login"),
    Dead.CLOSED: Message(_TITLE, ("Please ask {practice} about it.",), "Sign in", "/login"),
}


def dead(reason: Dead, practice: str) -> Message:
    """The page for an invitation that does not work."""
    message = _DEAD[reason]
    return message._replace(sentences=tuple(text.format(practice=practice) for text in message.sentences))


def join_sent(practice: str) -> Message:
    """The page after asking to join; the same for everybody."""
    return Message(
        "Thank you",
        (
            f"Your message is on its way to {practice}. They will be in touch.",
            "We have sent a mail to your address. If nothing arrives, look into your spam folder.",
        ),
        "Sign in",
        "/login",
    )


def join_closed(practice: str, phone: str) -> Message:
    """The page of a practice that takes no requests."""
    ask, number = f"Please ask {practice} for an appointment.", phone.replace(" ", "\u00a0")
    return Message(
        "Please ask the practice",
        (f"{ask} Their number is {number}." if phone else ask, "If you have a login already, sign in."),
        "Sign in",
        "/login",
    )
