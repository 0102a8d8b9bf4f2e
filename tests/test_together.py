"""Tests that share a server share a process, whatever xdist and pytest think of each other."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.together import scope_of

ROOT = Path(__file__).resolve().parents[1]
WHERE = """
import os
import pytest

@pytest.mark.parametrize("turn", range(6))
def test_where(turn):
    with open(os.environ["SEEN"], "a") as file:
        file.write(os.environ["PYTEST_XDIST_WORKER"] + "\\n")
"""


def workers(folder: Path, place: str) -> set[str]:
    """Run six tests of one module in two processes; return the processes that ran them."""
    module, seen = folder / place / "test_where.py", folder / "seen"
    module.parent.mkdir(parents=True)
    module.write_text(WHERE)
    command = [sys.executable, "-m", "pytest", "-q", "-n", "2", "--dist", "loadscope", "--rootdir", str(folder)]
    done = subprocess.run(  # noqa: S603 - our own words
        [*command, "-p", "tests.together", "-p", "no:cacheprovider", str(module)],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT), "SEEN": str(seen)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert "6 passed" in done.stdout, done.stdout
    return set(seen.read_text().split())


@pytest.mark.parametrize(
    ("place", "processes"), [("tests/e2e", 1), ("tests/security", 1), ("tests/kit", 2)], ids=["e2e", "security", "kit"]
)
def test_what_shares_a_server_stays_together(tmp_path: Path, place: str, processes: int) -> None:
    assert len(workers(tmp_path, place)) == processes


def test_two_modules_in_the_browser_may_run_at_once() -> None:
    assert scope_of("tests/e2e/test_a.py::test_x[1]") != scope_of("tests/e2e/test_b.py::test_x[1]")
