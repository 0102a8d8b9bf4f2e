"""Searching by words: which words lead to a person, and how what is typed is taken apart. Pure.

Both sides are folded (no accents, no case), and every typed word has to be the beginning of one of the person's words.
"""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

import phonenumbers

from portal.kit.text import fold, is_printable

LONGEST_WORD = 120
LONGEST_QUERY = 200
MOST_WORDS = 8
LAST = "\U0010ffff"
"""Nothing sorts after this letter: the words that begin with p are those from p up to p + LAST."""

_PHONE = re.compile(r"[+(]?[0-9][0-9()./+-]*")
_GROUPS = re.compile(r"[0-9]+")


def words_of(names: Iterable[str], email: str, phone: str) -> frozenset[str]:
    """Return every word by which somebody with these names, this e-mail address and this phone number is found."""
    found = {word for name in names for word in _name_words(name)}
    found |= {*_email_words(email), *_phone_words(phone)}
    return frozenset(word[:LONGEST_WORD] for word in found if word)


def typed_words(query: str) -> tuple[str, ...]:
    """Take apart what was typed into a search field. Who types nothing but signs finds everybody: no words."""
    chunks = "".join(letter if is_printable(letter) else " " for letter in fold(query[:LONGEST_QUERY])).split()
    words = [_typed_word(chunk)[:LONGEST_WORD] for chunk in chunks]
    return tuple(dict.fromkeys(word for word in words if word))[:MOST_WORDS]


def _typed_word(chunk: str) -> str:
    if _PHONE.fullmatch(chunk):
        return "".join(_GROUPS.findall(chunk))
    return chunk.lstrip("@").rstrip(",;") if "@" in chunk else _solid(chunk)


def _name_words(name: str) -> Iterator[str]:
    """The name in one piece, each word of it, and the parts around hyphens and apostrophes."""
    folded = fold(name)
    yield _solid(folded)
    for chunk in folded.split():
        yield _solid(chunk)
        yield from _parts(chunk)


def _email_words(email: str) -> Iterator[str]:
    whole = "".join(fold(email).split())
    local, _, domain = whole.partition("@")
    yield whole
    yield domain
    yield _solid(local)
    yield _solid(domain)
    yield from _parts(local)


@lru_cache(maxsize=4096)
def _phone_words(phone: str) -> tuple[str, ...]:
    """All digits, with and without the country code, and from the start of each group on: people know the end."""
    try:
        number = phonenumbers.parse(phone, None)
    except phonenumbers.NumberParseException:
        return tuple(_tails(_GROUPS.findall(phone)))
    national = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.NATIONAL)
    inside = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.INTERNATIONAL)
    return (*_tails(_GROUPS.findall(national)), *_tails(_GROUPS.findall(inside)))


def _tails(groups: list[str]) -> Iterator[str]:
    return ("".join(groups[start:]) for start in range(len(groups)))


def _solid(text: str) -> str:
    return "".join(letter for letter in text if letter.isalnum())


def _parts(text: str) -> list[str]:
    return "".join(letter if letter.isalnum() else " " for letter in text).split()
