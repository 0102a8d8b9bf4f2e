"""A Redis of the tests' own, which can be stopped and started again."""

import shutil
import socket
import subprocess
from pathlib import Path


class RedisServer:
    """Debian's redis-server on a free port of this machine; keeps nothing."""

    def __init__(self, folder: Path) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.folder, self.url = folder, f"redis://127.0.0.1:{self.port}"
        self.start()

    def start(self) -> None:
        program = shutil.which("redis-server")
        assert program, "Please install redis-server; tools/programs does."
        command = [program, "--port", str(self.port), "--bind", "127.0.0.1", "--save", "", "--dir", str(self.folder)]
        self.process = subprocess.Popen(command, stdout=subprocess.DEVNULL)  # noqa: S603 - our own command

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(10)
