"""From a typst template and its data to a PDF/UA-1. Words reach it as JSON, so none of them is ever taken for markup.

The fonts come with the portal's packages and none from the machine, so the same data make the same bytes everywhere.
PDF/UA refuses a character that no font can draw; such a one is written as its code point, so that there is a PDF.
"""

import json
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, Final, Literal

import typst

_STANDARD: Final[Literal["ua-1"]] = "ua-1"
_PACKS = ("manimgx_fonts", "manimgx_fonts_cjk")


def typeset_now(template: bytes, data: Mapping[str, Any], moment: datetime) -> bytes:
    """Return a tagged PDF. It takes a moment of a processor: call it in a thread, and in no unit."""
    try:
        return _compiled(template, data, moment)
    except typst.TypstError:
        try:
            return _compiled(template, _spelled(data, _drawable()), moment)
        except typst.TypstError:  # a mark that has a glyph, but none where it stands
            return _compiled(template, _spelled(data, _LATIN), moment)


def _compiled(template: bytes, data: Mapping[str, Any], moment: datetime) -> bytes:
    made = typst.compile(
        template,
        format="pdf",
        font_paths=_fonts(),
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
        pdf_standards=_STANDARD,
        timestamp=moment.replace(microsecond=0),
    )
    return bytes(made)


def _folders() -> list[Path]:
    return [Path(str(files(pack))) for pack in _PACKS]


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, font_paths=[str(folder) for folder in _folders()])


@cache
def _drawable() -> frozenset[int]:
    """Return the code points that one of the fonts can draw. It takes seconds, and is asked for rarely."""
    from fontTools.ttLib import TTFont  # noqa: PLC0415 - large, and seldom needed

    found = set(map(ord, "\t\n"))
    for file in (file for folder in _folders() for file in sorted(folder.glob("*.tt[cf]"))):
        with TTFont(file, lazy=True, fontNumber=0) as font:
            found |= set(font.getBestCmap())
    return frozenset(found)


_LATIN = frozenset({9, 10, *range(0x20, 0x7F), *range(0xA1, 0x180)})


def _spelled(part: Any, drawable: frozenset[int]) -> Any:
    if isinstance(part, str):
        return "".join(letter if ord(letter) in drawable else f"[U+{ord(letter):04X}]" for letter in part)
    if isinstance(part, Mapping):
        return {key: _spelled(value, drawable) for key, value in part.items()}
    return [_spelled(each, drawable) for each in part] if isinstance(part, list | tuple) else part
