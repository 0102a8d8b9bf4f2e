"""Receipts and statements as tagged PDF, by typst. Words reach it as data, so none of them is taken for markup."""

import asyncio
from datetime import datetime
from pathlib import Path
from typing import Any

from portal.kit.typesetting import typeset_now

_TEMPLATE = (Path(__file__).parent / "paper.typ").read_bytes()


async def typeset(data: dict[str, Any], moment: datetime) -> bytes:
    """Return a PDF/UA-1. `data`: title, practice, lines (pairs of words), rows (of three), and the foot below them."""
    return await asyncio.to_thread(typeset_now, _TEMPLATE, data, moment)
