"""What may be sent, and how it is shown. Pure."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from portal.errors import Invalid
from portal.kit.text import is_printable, tidy
from portal.messaging import words

LONGEST = 10_000
LONGEST_SUBJECT = 120
LONGEST_REASON = 300
MOST_IN_A_MINUTE = 20
MOST_FILES = 10
MINUTE = timedelta(minutes=1)
A_PAGE = 30
A_LIST = 50
MOST_SEARCHED = 1000
OPEN_FOR = timedelta(hours=1)
UNREAD_BEFORE_MAIL = timedelta(minutes=15)

# Marks that make text run the other way, so that one thing is read as another.
_TURNING = dict.fromkeys((*range(0x202A, 0x202F), *range(0x2066, 0x206A)))
_ADDRESS = re.compile(r"https?://[^\s<>\"'`\\]+", re.IGNORECASE)
_ENDING = ".,;:!?)]}\u00bb\u201d\u2019"


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a message: plain text, or an address on the web in `link`."""

    text: str
    link: str = ""


def clean_body(text: str, *, may_be_empty: bool = False) -> str:
    """Return what is kept of a message. Raises Invalid when it is too long, or empty where it may not be."""
    if len(text) > LONGEST:
        raise Invalid(words.TOO_LONG.format(most=f"{LONGEST:,}"))
    lines = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n").translate(_TURNING)
    kept = "".join(mark for mark in lines if mark in "\n\t" or is_printable(mark)).strip()
    if _has_ink(kept):
        return kept
    if may_be_empty:
        return ""
    raise Invalid(words.ONLY_SPACES)


def clean_subject(text: str) -> str:
    """Return what is kept of a subject, in one line. Raises Invalid when it is empty."""
    kept = tidy("".join(mark for mark in text.translate(_TURNING) if is_printable(mark) or mark.isspace()))
    if not _has_ink(kept):
        raise Invalid(words.NO_SUBJECT)
    return kept[:LONGEST_SUBJECT]


def clean_reason(text: str) -> str:
    """Return why somebody opens what is not theirs. Raises Invalid when nothing is said."""
    kept = tidy("".join(mark for mark in text.translate(_TURNING) if is_printable(mark) or mark.isspace()))
    if not _has_ink(kept):
        raise Invalid(words.NO_REASON)
    return kept[:LONGEST_REASON]


def parts_of(text: str) -> list[Part]:
    """Take a message apart into text and addresses; only http and https are ever a link."""
    return list(_parts(text))


def _parts(text: str) -> Iterator[Part]:
    done = 0
    for found in _ADDRESS.finditer(text):
        address = found.group().rstrip(_ENDING)
        if not address.partition("//")[2]:
            continue
        if found.start() > done:
            yield Part(text[done : found.start()])
        yield Part(address, address)
        done = found.start() + len(address)
    if done < len(text):
        yield Part(text[done:])


def _has_ink(text: str) -> bool:
    """Whether there is anything to see: a letter, a number, a sign."""
    return any(unicodedata.category(mark)[0] not in "ZCM" for mark in text)
