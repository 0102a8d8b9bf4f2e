"""From the data of a sheet to a PDF, by typst. Words reach it as JSON, so none of them is ever taken for markup."""

import asyncio
import json
from datetime import datetime
from pathlib import Path
from typing import Any, Final, Literal

import typst

_TEMPLATE = (Path(__file__).parent / "sheet.typ").read_bytes()
_STANDARD: Final[Literal["ua-1"]] = "ua-1"
_fonts: list[typst.Fonts] = []


async def typeset(data: dict[str, Any], moment: datetime) -> bytes:
    """Return a tagged PDF (PDF/UA-1). The same data make the same bytes. It is made in a thread: call it in no unit."""
    return await asyncio.to_thread(typeset_now, data, moment)


def typeset_now(data: dict[str, Any], moment: datetime) -> bytes:
    """As `typeset`, for who is in a thread already."""
    if not _fonts:
        _fonts.append(typst.Fonts())
    made = typst.compile(
        _TEMPLATE,
        format="pdf",
        font_paths=_fonts[0],
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
        pdf_standards=_STANDARD,
        timestamp=moment,
    )
    return bytes(made)
