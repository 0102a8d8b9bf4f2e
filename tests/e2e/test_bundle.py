"""What every browser gets: no secret of ours in it, and nothing that is fetched from somebody else."""

import re
from pathlib import Path

import pytest

from portal.demo.people import PASSWORD
from tests.e2e.site import Portal

# Beginnings of the keys of card processors, of private keys and of signed tokens; and what only the server may know.
KEYS = ("sk_live_", "sk_test_", "rk_live_", "rk_test_", "whsec_", "BEGIN PRIVATE KEY", "BEGIN RSA")
SECRETS = (*KEYS, "argon2id", PASSWORD)
FETCHED = re.compile(
    r"""src=["'](?:https?:)?//|<link[^>]+href=["'](?:https?:)?//|@import\s+["(]|url\(["']?(?:https?:)?//"""
)
TEXTS = {".js", ".html", ".css", ".json", ".map", ".txt", ".webmanifest", ".mjs"}


@pytest.fixture
def files(built: tuple[Path, int]) -> dict[str, str]:
    """Every text of the built front end."""
    folder = built[0] / ".web" / "build" / "client"
    found = {str(path.relative_to(folder)): path for path in folder.rglob("*") if path.suffix in TEXTS}
    return {name: path.read_text(errors="replace") for name, path in found.items()}


def test_no_secret_is_in_the_pages(files: dict[str, str], portal: Portal) -> None:
    assert any("Acting for" in text for text in files.values()), "the control: these are the pages"
    key = (portal.folder / "portal.key").read_text().strip()
    assert [(name, secret) for name, text in files.items() for secret in (*SECRETS, key) if secret in text] == []


def test_nothing_is_fetched_from_anybody_else(files: dict[str, str]) -> None:
    assert [(name, found.group()) for name, text in files.items() if (found := FETCHED.search(text))] == []


def test_no_source_of_the_server_is_in_the_pages(files: dict[str, str]) -> None:
    assert [name for name, text in files.items() if "def may_" in text or "unit_of_work" in text] == []
