"""What the repository must never hold: where somebody's machine is, or where packages happened to come from."""

import json
import re

from tests.architecture.source import ROOT, tracked_files

# Written in pieces, so that this file does not find itself.
HOSTS = re.compile("pypi" + r"\.org|python" + "hosted|npm" + r"js\.(?:org|com)|yarn" + r"pkg\.com")
PLACES = re.compile("/wo" + r"rk/|/ho" + r"me/\w|/ro" + r"ot/|/Us" + r"ers/\w|/op" + r"t/(?:py|wh)")
SECRETS = re.compile("PRIV" + r"ATE KEY-|\bsk_" + r"live_\w|\bwhsec" + r"_\w{8}|\bAKIA" + r"[0-9A-Z]{16}")
LATER = re.compile(r"\bTO" + r"DO\b|\bFIX" + r"ME\b|\bXX" + r"X\b|coming " + "soon")
CODE = {".py", ".js", ".jsx", ".css", ".html", ".mako"}
TEXT = {"", ".md", ".toml", ".txt", ".json", ".yml", ".yaml", ".svg", ".service", *CODE}
ALLOWED = {"LICENSE"}


def texts() -> dict[str, str]:
    return {
        path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8")
        for path in tracked_files()
        if path.suffix in TEXT and path.name not in ALLOWED
    }


def found(pattern: re.Pattern[str]) -> list[str]:
    return [f"{name}: {match.group()}" for name, text in texts().items() for match in pattern.finditer(text)]


def test_no_file_names_a_package_host() -> None:
    assert found(HOSTS) == []


def test_no_file_names_a_place_on_somebody_s_machine() -> None:
    assert found(PLACES) == []


def test_no_file_holds_a_secret() -> None:
    assert found(SECRETS) == []


def test_locks_pin_everything_by_hash_and_name_no_host() -> None:
    for name in ("base", "dev"):
        lock = (ROOT / "requirements" / f"{name}.txt").read_text()
        pinned = re.findall(r"^[\w.\[\],-]+==", lock, re.M)
        assert len(pinned) > 50
        assert len(re.findall(r"^\S+==.*\\\n    --hash=sha256:", lock, re.M)) == len(pinned)
        assert "://" not in lock
    script_lock = json.loads((ROOT / "reflex.lock" / "package-lock.json").read_text())
    packages = {name: entry for name, entry in script_lock["packages"].items() if name}
    assert packages
    assert [name for name, entry in packages.items() if "resolved" in entry] == []
    assert [name for name, entry in packages.items() if "integrity" not in entry and not entry.get("link")] == []


def test_no_work_is_left_for_later() -> None:
    assert found(LATER) == []
