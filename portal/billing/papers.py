"""Receipts and statements as tagged PDF, by typst. Words reach it as data, so none of them is taken for markup."""

import asyncio
import json
from datetime import datetime
from pathlib import Path
from typing import Any

import typst

_TEMPLATE = Path(__file__).parent / "paper.typ"
_fonts: list[typst.Fonts] = []


async def typeset(data: dict[str, Any], moment: datetime) -> bytes:
    """Return a PDF/UA-1. `data`: title, practice, lines (pairs of words), rows (of three), and the foot below them."""
    return await asyncio.to_thread(_typeset, data, moment)


def _typeset(data: dict[str, Any], moment: datetime) -> bytes:
    if not _fonts:
        _fonts.append(typst.Fonts())
    made = typst.compile(
        _TEMPLATE.read_bytes(),
        format="pdf",
        font_paths=_fonts[0],
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
        pdf_standards="ua-1",
        timestamp=moment.replace(microsecond=0),
    )
    return bytes(made)
