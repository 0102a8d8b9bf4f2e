"""The rule that nothing may be skipped in CI is a rule only when it bites."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
SKIPPING = """
import pytest

def test_passes(): pass

@pytest.mark.skip(reason="no time")
def test_marked(): pass

def test_inside(): pytest.skip("no server")

@pytest.mark.xfail(reason="known")
def test_known(): assert False
"""
WHOLE_MODULE = 'import pytest\npytest.importorskip("there_is_no_such_module")\ndef test_passes(): pass\n'


def run(folder: Path, source: str, ci: str) -> str:
    path = folder / "test_given.py"
    path.write_text(source)
    environment = {**os.environ, "CI": ci, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "pytest", "-q", "-p", "tests.strictness", "-p", "no:cacheprovider", str(path)]
    done = subprocess.run(  # noqa: S603 - our own words
        command, cwd=folder, env=environment, capture_output=True, text=True, check=False
    )
    return done.stdout


@pytest.mark.parametrize(
    ("ci", "outcome"), [("", "1 passed, 2 skipped, 1 xfailed"), ("true", "1 failed, 1 passed, 1 xfailed, 1 error")]
)
def test_a_skipped_test_fails_in_ci(tmp_path: Path, ci: str, outcome: str) -> None:
    assert outcome in run(tmp_path, SKIPPING, ci)


@pytest.mark.parametrize(("ci", "outcome"), [("", "1 skipped"), ("true", "1 error")])
def test_a_skipped_module_fails_in_ci(tmp_path: Path, ci: str, outcome: str) -> None:
    assert outcome in run(tmp_path, WHOLE_MODULE, ci)
