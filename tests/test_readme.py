"""What the README promises is there: an undocumented setting is a setting nobody finds."""

import re
from pathlib import Path

from pydantic import AliasChoices
from typer import Context
from typer.main import get_command

from portal.cli import app
from portal.config import Config
from portal.demo.people import PASSWORD, Cast

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def names(field: str) -> list[str]:
    alias = Config.model_fields[field].validation_alias
    return [str(choice) for choice in alias.choices] if isinstance(alias, AliasChoices) else [f"PORTAL_{field.upper()}"]


def test_every_setting_of_the_installation_is_explained() -> None:
    missing = [name for field in Config.model_fields for name in names(field) if f"`{name}`" not in README]
    assert missing == []


def test_no_setting_is_explained_that_is_not_there() -> None:
    known = {name for field in Config.model_fields for name in names(field)}
    assert set(re.findall(r"`(PORTAL_[A-Z_]+)`", README)) <= known


def test_every_command_is_listed() -> None:
    group = get_command(app)
    commands = group.list_commands(Context(group))  # type: ignore[attr-defined]  # a group, because it has commands
    assert [name for name in commands if f"`portal {name}" not in README] == []


def test_everybody_of_the_demo_can_be_found(cast: Cast) -> None:
    missing = [account.email for account in cast.accounts.values() if account.email not in README]
    assert missing == []
    assert PASSWORD in README


def test_every_file_that_is_named_is_there() -> None:
    documents = ["README.md", "CONTRIBUTING.md", "docs/architecture.md", "docs/decisions/README.md"]
    for document in documents:
        path = ROOT / document
        for link in re.findall(r"\]\((?!http)([^)#]+)\)", path.read_text(encoding="utf-8")):
            assert (path.parent / link).exists(), f"{document}: {link}"
    contributing = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    for named in re.findall(r"`((?:portal|tests|docs)/[\w/.-]+)`", contributing):
        assert (ROOT / named).exists(), named
