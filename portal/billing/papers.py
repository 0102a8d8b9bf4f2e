"""Receipts, statements and superbills as tagged PDF, by typst. Words reach it as data: none is taken for markup."""

import asyncio
from datetime import datetime
from pathlib import Path
from typing import Any

from portal.kit.typesetting import typeset_now

_HERE = Path(__file__).parent
_PAPER = (_HERE / "paper.typ").read_bytes()
_SUPERBILL = (_HERE / "superbills" / "superbill.typ").read_bytes()


async def typeset(data: dict[str, Any], moment: datetime) -> bytes:
    """Return a PDF/UA-1. `data`: title, practice, lines (pairs of words), rows (of three), and the foot below them."""
    return await asyncio.to_thread(typeset_now, _PAPER, data, moment)


async def typeset_superbill(data: dict[str, Any], moment: datetime) -> bytes:
    """Return a PDF/UA-1; `data` as superbills.showing writes it."""
    return await asyncio.to_thread(typeset_now, _SUPERBILL, data, moment)
