"""What a file is, by its contents, and what it may be called. Pure."""

import unicodedata

import puremagic

from portal.errors import Invalid
from portal.files import words

FORM_LIMIT = 15_000_000
MESSAGE_LIMIT = 25_000_000
PDF = "application/pdf"
IMAGES = {"image/jpeg": "jpg", "image/png": "png", "image/webp": "webp", "image/gif": "gif"}
_ENDINGS = {"jpg": "image/jpeg", "jpeg": "image/jpeg", "png": "image/png", "webp": "image/webp", "gif": "image/gif"}
_LONGEST = 120
_BEGINNING = 4096


def type_by_content(content: bytes, name: str) -> str:
    """Return the type of a file by what is in it. Raises Invalid for what is not taken, or calls itself otherwise."""
    if not content:
        raise Invalid(words.EMPTY)
    found = _type_of(content)
    if found is None:
        raise Invalid(words.NOT_TAKEN)
    claimed = {**_ENDINGS, "pdf": PDF}.get(name.rpartition(".")[2].lower())
    if claimed is not None and (claimed == PDF) != (found == PDF):
        raise Invalid(words.NOT_WHAT_IT_SAYS)
    return found


def _type_of(content: bytes) -> str | None:
    """Return the type by the first bytes; only what begins as such a file does counts."""
    beginning = content[:_BEGINNING]
    try:
        guesses = {guess.mime_type for guess in puremagic.magic_string(beginning)}
    except (puremagic.PureError, ValueError):
        return None
    if beginning.startswith(b"%PDF-"):
        return PDF
    return next((kind for kind in IMAGES if kind in guesses and beginning.startswith(_FIRST[kind])), None)


_FIRST: dict[str, tuple[bytes, ...]] = {
    "image/jpeg": (b"\xff\xd8\xff",),
    "image/png": (b"\x89PNG\r\n\x1a\n",),
    "image/webp": (b"RIFF",),
    "image/gif": (b"GIF87a", b"GIF89a"),
}


def kept_name(name: str, content_type: str) -> str:
    """Return the name of a file as it is kept: one line without paths or controls, and the ending of its type."""
    plain = "".join(mark for mark in unicodedata.normalize("NFC", name) if unicodedata.category(mark)[0] != "C")
    stem = plain.replace("\\", "/").rpartition("/")[2].rpartition(".")[0] or plain.replace("\\", "/").rpartition("/")[2]
    kept = " ".join("".join(" " if mark in '<>:"|?*/' else mark for mark in stem).split()).strip(". ")
    return f"{kept[:_LONGEST] or words.UNNAMED}.{IMAGES.get(content_type, 'pdf')}"
