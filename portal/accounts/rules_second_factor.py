"""The second factor, pure: time codes after RFC 6238, recovery codes, and what a person types."""

import secrets
import unicodedata
from datetime import datetime, timedelta

import pyotp

RECOVERY_CODES = 10
SECOND_STEP_LIFETIME = timedelta(minutes=10)
_WINDOW = 1
_DIGITS = 6
# Without I, L, O, U, 0 and 1: nobody has to guess which it is.
_LETTERS = "ABCDEFGHJKMNPQRSTVWXYZ23456789"
_GROUPS, _GROUP = 3, 4
# Spaces, dashes of any kind, and what has no shape.
_BETWEEN = frozenset({"Zs", "Pd", "Cc", "Cf"})


def new_secret() -> str:
    """Return 160 random bits as an authenticator app takes them."""
    return pyotp.random_base32()


def setup_address(secret: str, email: str, issuer: str) -> str:
    """Return the otpauth: address that an authenticator app reads from the QR code."""
    return pyotp.TOTP(secret).provisioning_uri(name=email, issuer_name=issuer)


def in_groups(secret: str) -> str:
    """Write a secret in groups of four, to be typed where there is no camera."""
    return " ".join(secret[start : start + _GROUP] for start in range(0, len(secret), _GROUP))


def matching_step(secret: str, typed: str, now: datetime, last_used: int | None) -> int | None:
    """Return the time step that a code belongs to: now, or one step (30 seconds) before or after.

    None for a wrong code, and for one of a step that was used already: a code works once.
    """
    code = typed_code(typed)
    if len(code) != _DIGITS or not (code.isascii() and code.isdigit()):
        return None
    app = pyotp.TOTP(secret)
    middle = app.timecode(now)
    for step in range(middle - _WINDOW, middle + _WINDOW + 1):
        if secrets.compare_digest(app.generate_otp(step), code):
            return step if last_used is None or step > last_used else None
    return None


def new_recovery_code() -> str:
    """Return a code such as "K7QM-2VXD-9RTA": 58 random bits."""
    return "-".join("".join(secrets.choice(_LETTERS) for _ in range(_GROUP)) for _ in range(_GROUPS))


def typed_code(text: str) -> str:
    """Return what somebody typed without spaces and hyphens, in capitals."""
    folded = unicodedata.normalize("NFKC", text).upper()
    return "".join(letter for letter in folded if unicodedata.category(letter) not in _BETWEEN)


def is_recovery_code(code: str) -> bool:
    """Say whether a tidied code has the shape of a recovery code."""
    return len(code) == _GROUPS * _GROUP and all(letter in _LETTERS for letter in code)
