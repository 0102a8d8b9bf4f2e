"""What people read about their login, by code."""

from enum import StrEnum


class Code(StrEnum):
    """Each thing that can be said about a login."""

    WRONG_PASSWORD = "wrong_password"  # noqa: S105 - a code, not a secret
    WRONG_CURRENT_PASSWORD = "wrong_current_password"  # noqa: S105 - a code, not a secret
    OTHER_ACCOUNT = "other_account"
    TOO_MANY_TRIES = "too_many_tries"
    BUSY = "busy"
    SHORT_PASSWORD = "short_password"  # noqa: S105 - a code, not a secret
    LONG_PASSWORD = "long_password"  # noqa: S105 - a code, not a secret
    COMMON_PASSWORD = "common_password"  # noqa: S105 - a code, not a secret
    PERSONAL_PASSWORD = "personal_password"  # noqa: S105 - a code, not a secret
    SAME_PASSWORD = "same_password"  # noqa: S105 - a code, not a secret
    DEAD_LINK = "dead_link"
    BAD_EMAIL = "bad_email"
    SAME_EMAIL = "same_email"
    EMAIL_TAKEN = "email_taken"
    NAME_MISSING = "name_missing"
    NAME_LONG = "name_long"
    SESSION_GONE = "session_gone"


_SENTENCES = {
    Code.WRONG_PASSWORD: "That email and password do not match. Please check both and try again.",
    Code.WRONG_CURRENT_PASSWORD: "Your current password is not right. Please try again.",
    Code.OTHER_ACCOUNT: "Somebody else opened this page. Sign in with the email that opened it, or sign out first.",
    Code.TOO_MANY_TRIES: "There were too many tries. Please wait {minutes} minutes, then try again.",
    Code.BUSY: "Many people are signing in right now. Please try again in a moment.",
    Code.SHORT_PASSWORD: "Please use at least 15 characters. A few words in a row work well.",
    Code.LONG_PASSWORD: "Please use at most 128 characters.",
    Code.COMMON_PASSWORD: "That password is easy to guess. Please choose one that others would not think of.",
    Code.PERSONAL_PASSWORD: "Please choose a password without your name, your email or the practice's name in it.",
    Code.SAME_PASSWORD: "That is the password you have now. Please choose another one.",
    Code.DEAD_LINK: "This link no longer works. It may have been used already, or a newer one was sent.",
    Code.BAD_EMAIL: "Please enter an email address, such as name@example.com.",
    Code.SAME_EMAIL: "That is the email address you sign in with now.",
    Code.EMAIL_TAKEN: "This email address cannot be used. Please choose another one.",
    Code.NAME_MISSING: "Please enter your name.",
    Code.NAME_LONG: "Please use at most 120 characters for your name.",
    Code.SESSION_GONE: "That device is signed out already.",
}


def sentence(code: Code, **values: object) -> str:
    """Return the sentence for a code, with its values filled in."""
    return _SENTENCES[code].format(**values)


class Said(StrEnum):
    """What was just done, on the account page."""

    NAME_SAVED = "name_saved"
    EMAIL_MAILED = "email_mailed"
    PASSWORD_CHANGED = "password_changed"  # noqa: S105 - a code, not a secret
    DEVICE_ENDED = "device_ended"
    OTHERS_ENDED = "others_ended"


_SAID = {
    Said.NAME_SAVED: "Your name is saved.",
    Said.EMAIL_MAILED: "We sent a mail to the new address. Open its link to finish; until then nothing changes.",
    Said.PASSWORD_CHANGED: "Your password is changed. Other devices are signed out.",
    Said.DEVICE_ENDED: "That device is signed out.",
    Said.OTHERS_ENDED: "All your other devices are signed out.",
}


def said(what: Said) -> str:
    """Return the sentence for what was just done."""
    return _SAID[what]
