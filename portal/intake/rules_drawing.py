"""A signature drawn by hand: lines on a sheet of 600 by 200, kept as the path that draws them and as nothing else."""

import re

from portal.errors import Invalid
from portal.intake import words

WIDTH, HEIGHT = 600, 200
LONGEST = 40_000
_STROKES = re.compile(r"(?:M\d{1,3} \d{1,3}(?:L\d{1,3} \d{1,3})+)+", re.ASCII)
_POINT = re.compile(r"(\d{1,3}) (\d{1,3})", re.ASCII)


def check_drawing(path: str) -> str:
    """Return a drawn signature as it is kept, "" for none. Raises Invalid for anything but lines on the sheet."""
    if not path:
        return ""
    if len(path) > LONGEST or not _STROKES.fullmatch(path):
        raise Invalid(words.DRAW_AGAIN)
    if any(int(x) > WIDTH or int(y) > HEIGHT for x, y in _POINT.findall(path)):
        raise Invalid(words.DRAW_AGAIN)
    return path
