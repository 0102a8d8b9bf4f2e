"""What people read about their login, by code."""

from enum import StrEnum


class Code(StrEnum):
    """Each thing that can be said about a login."""

    WRONG_PASSWORD = "wrong_password"  # noqa: S105 - a code, not a secret
    WRONG_CURRENT_PASSWORD = "wrong_current_password"  # noqa: S105 - a code, not a secret
    WRONG_PASSWORD_AGAIN = "wrong_password_again"  # noqa: S105 - a code, not a secret
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
    TOO_MANY_TODAY = "too_many_today"
    SHORT_WITH_FACTOR = "short_with_factor"
    WRONG_CODE = "wrong_code"
    USED_UP_STEP = "used_up_step"
    NOT_SET_UP = "not_set_up"
    NOT_BEGUN = "not_begun"
    REQUIRED = "required"
    HELP_ARCHIVED = "help_archived"
    HELP_NO_LOGIN = "help_no_login"
    HELP_YOURSELF = "help_yourself"
    HELP_NOT_ALLOWED = "help_not_allowed"
    ENTER_BIRTH_DATE = "enter_birth_date"
    WRONG_BIRTH_DATE = "wrong_birth_date"
    PASSWORD_TOO_SHORT_ALONE = "password_too_short_alone"  # noqa: S105 - a code, not a secret


_SENTENCES = {
    Code.WRONG_PASSWORD: "That email and password do not match. Please check both and try again.",
    Code.WRONG_CURRENT_PASSWORD: "Your current password is not right. Please try again.",
    Code.WRONG_PASSWORD_AGAIN: "That password is not right. Please try again.",
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
    Code.TOO_MANY_TODAY: "There were too many tries today. Please try again tomorrow, or ask your practice for help.",
    Code.SHORT_WITH_FACTOR: "Please use at least 8 characters. A few words in a row work well.",
    Code.WRONG_CODE: "That code is not right, or was used already. Wait for the next code in your app, then try again.",
    Code.USED_UP_STEP: "That took too long, or this was done already. Please sign in again.",
    Code.NOT_SET_UP: "Codes at sign-in are switched off, so there is nothing to change.",
    Code.NOT_BEGUN: "Please begin the set-up again. Somebody may have begun it anew in another tab.",
    Code.REQUIRED: "{practice} asks everybody on its team for a code at sign-in, so it stays on. "
    "You can move it to another phone.",
    Code.HELP_ARCHIVED: "This record is archived, so its login cannot be helped. Restore it first.",
    Code.HELP_NO_LOGIN: "This client has no login that could be helped. Invite them instead.",
    Code.HELP_YOURSELF: "This is your own login. Please ask somebody else on your team.",
    Code.HELP_NOT_ALLOWED: "To help a client sign in, open the client first.",
    Code.ENTER_BIRTH_DATE: "Enter your date of birth.",
    Code.WRONG_BIRTH_DATE: "That is not the date of birth that the practice has for you. "
    "After five wrong ones the link stops working.",
    Code.PASSWORD_TOO_SHORT_ALONE: "Your password is too short to stand alone. "
    "Choose one with at least 15 characters first, then switch this off.",
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
    FACTOR_ON = "factor_on"
    FACTOR_MOVED = "factor_moved"
    FACTOR_OFF = "factor_off"
    CODES_MADE = "codes_made"
    MAIL_MUTED = "mail_muted"
    MAIL_WANTED = "mail_wanted"


_SAID = {
    Said.NAME_SAVED: "Your name is saved.",
    Said.EMAIL_MAILED: "We sent a mail to the new address. Open its link to finish; until then nothing changes.",
    Said.PASSWORD_CHANGED: "Your password is changed. Other devices are signed out.",
    Said.DEVICE_ENDED: "That device is signed out.",
    Said.OTHERS_ENDED: "All your other devices are signed out.",
    Said.FACTOR_ON: "From now on, signing in asks for a code too. Please keep your recovery codes.",
    Said.FACTOR_MOVED: "Codes come from the new app now. The old one no longer works.",
    Said.FACTOR_OFF: "Signing in no longer asks for a code.",
    Said.CODES_MADE: "Here are your new recovery codes. The old ones no longer work.",
    Said.MAIL_MUTED: "You will not get this mail any more.",
    Said.MAIL_WANTED: "You will get this mail from now on.",
}


def said(what: Said) -> str:
    """Return the sentence for what was just done."""
    return _SAID[what]
