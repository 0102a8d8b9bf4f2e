"""From the data of a sheet to a PDF."""

import asyncio
from datetime import datetime
from pathlib import Path
from typing import Any

from portal.kit import typesetting

_TEMPLATE = (Path(__file__).parent / "sheet.typ").read_bytes()


async def typeset(data: dict[str, Any], moment: datetime) -> bytes:
    """Return a tagged PDF (PDF/UA-1). The same data make the same bytes. It is made in a thread: call it in no unit."""
    return await asyncio.to_thread(typeset_now, data, moment)


def typeset_now(data: dict[str, Any], moment: datetime) -> bytes:
    """As `typeset`, for who is in a thread already."""
    return typesetting.typeset_now(_TEMPLATE, data, moment)
