"""Files in the data folder: sealed before they come here, written beside their place and moved there whole."""

import asyncio
import os
import re
from pathlib import Path

from portal.database import assert_no_open_unit

_NAME = re.compile(r"[0-9a-f]{32}")


class FolderStorage:
    """A folder with one file per name, spread over as many folders as there are last bytes of names."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    async def put(self, name: str, content: bytes) -> None:
        """Keep contents under a name, on the disk when this returns."""
        assert_no_open_unit("The storage")
        await asyncio.to_thread(self._write, self._place(name), content)

    async def get(self, name: str) -> bytes:
        """Return the contents of a name. Raises FileNotFoundError."""
        assert_no_open_unit("The storage")
        return await asyncio.to_thread(self._place(name).read_bytes)

    async def remove(self, name: str) -> None:
        """Forget a name."""
        assert_no_open_unit("The storage")
        await asyncio.to_thread(self._place(name).unlink, missing_ok=True)

    def _place(self, name: str) -> Path:
        if not _NAME.fullmatch(name):
            raise ValueError("A stored file is named by the 32 hexadecimal digits of its id.")
        return self._folder / name[-2:] / name

    @staticmethod
    def _write(place: Path, content: bytes) -> None:
        place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        beside = place.with_suffix(".part")
        with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(place)
        folder = os.open(place.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
