"""Mail of the demo: each lands as a file in the data folder, to be read at /dev/mail."""

import asyncio
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Self

from portal.config import Config
from portal.database import assert_no_open_unit
from portal.integrations.email.message import build_message
from portal.integrations.ports import OutgoingMail


def mail_folder(config: Config) -> Path:
    """The folder that demo mail is kept in."""
    return config.folder / "mail"


class FolderMailer:
    """Writes mail to a folder, readable by its owner only. A mail sent twice is one file."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @asynccontextmanager
    async def connected(self) -> AsyncIterator[Self]:
        """A folder is always there."""
        yield self

    async def send(self, mail: OutgoingMail) -> None:
        """Write the mail as a whole or not at all."""
        assert_no_open_unit("FolderMailer")
        await asyncio.to_thread(self._write, mail)

    def _write(self, mail: OutgoingMail) -> None:
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        draft = self._folder / f".{mail.file_id}.{os.getpid()}"
        draft.write_bytes(build_message(mail).as_bytes())
        draft.chmod(0o600)
        draft.replace(self._folder / f"{mail.file_id}.eml")
