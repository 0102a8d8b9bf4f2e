"""Text as people spell it, brought to one spelling for searching and sorting."""

import unicodedata

# Letters with a stroke or a ligature, which Unicode does not take apart.
_PLAIN = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ħ": "h", "ŧ": "t", "\u0131": "i", "æ": "ae", "œ": "oe", "ð": "d", "þ": "th"}
)


def tidy(text: str) -> str:
    """Drop spaces around a text, make every run of spaces one, and put accents into one form (NFC)."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def fold(text: str) -> str:
    """Return a text without accents, case and compatible spellings: "Łukasz Strauß" becomes "lukasz strauss".

    Folding again changes nothing.
    """
    before, now = text, _fold_once(text)
    while now != before:
        before, now = now, _fold_once(now)
    return now


def is_printable(text: str) -> bool:
    """Whether a text has only characters that a person could have meant: no control characters, no half surrogates."""
    return not any(unicodedata.category(letter) in {"Cc", "Cs", "Cn"} for letter in text)


def _fold_once(text: str) -> str:
    apart = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold().translate(_PLAIN))
    return "".join(letter for letter in apart if unicodedata.category(letter) not in {"Mn", "Cf"})
