"""Every command says what it did, or in one sentence why it did not, and leaves nothing half done."""

import sqlite3
from pathlib import Path

import pytest
from click.testing import Result

from portal.models import Role
from portal.schema import newest_revision
from tests.cli.conftest import Portal
from tests.cli.looking import change, count, rows, staff

GOOD = "heron lantern quartz"
ADMIN = ("create-admin", "ines@harborside.example", "--organization", "harborside")
NEW = (*ADMIN, "--name", "Ines Vega", "--practice-name", "Harborside Practice")


def refused(result: Result, sentence: str) -> None:
    assert result.exit_code == 1
    assert sentence in result.stderr
    assert "Traceback" not in result.output
    assert result.stderr.count("\n") == 1


def test_migrate_goes_up_and_says_so_and_down_again(portal: Portal, empty_url: str) -> None:
    assert portal("migrate").stdout == f"The database is now at {newest_revision()}.\n"
    assert portal("migrate").stdout == "The database is up to date.\n"
    assert portal("migrate", "--to", "base").stdout == "The database is now at base.\n"
    refused(portal("verify-audit"), "Run “portal migrate” first.")


def test_an_unknown_revision_is_named(portal: Portal) -> None:
    refused(portal("migrate", "--to", "zzzz"), "zzzz")


def test_the_demo_goes_into_an_empty_database_and_only_there(portal: Portal, empty_url: str) -> None:
    refused(portal("demo"), "Run “portal migrate” first.")
    portal("migrate")
    assert portal("demo").stdout == "The demo practices are in.\n"
    people = count(empty_url, "account")
    refused(portal("demo"), "only ever goes into an empty one")
    quiet = portal("demo", "--if-empty")
    assert (quiet.exit_code, quiet.output) == (0, "")
    assert count(empty_url, "account") == people > 10


def test_without_the_demo_the_database_stays_empty(
    portal: Portal, empty_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    portal("migrate")
    monkeypatch.setenv("PORTAL_DEMO", "0")
    assert portal("demo", "--if-empty").exit_code == 0
    assert count(empty_url, "account") == 0
    monkeypatch.setenv("PORTAL_DEMO", "1")
    portal("demo", "--if-empty")
    assert count(empty_url, "account") > 0


def test_production_refuses_the_demo(portal: Portal, empty_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    portal("migrate")
    with monkeypatch.context() as production:
        production.setenv("PORTAL_MODE", "production")
        production.setenv("PORTAL_BASE_URL", "https://portal.example")
        production.setenv("PORTAL_SMTP_URL", "smtp://mail.example")
        refused(portal("demo", "--if-empty"), "known to everybody")
        assert count(empty_url, "account") == 0
    assert portal("demo").exit_code == 0


def test_an_unsafe_production_is_refused_in_words(portal: Portal, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORTAL_MODE", "production")
    refused(portal("migrate"), "Set PORTAL_BASE_URL to the https address of the portal.")


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("PORT", "eight", "PORT: "),
        ("PORT", "99999999", "PORT: "),
        ("PORTAL_MODE", "loud", "PORTAL_MODE: "),
        ("DATABASE_URL", "mysql://localhost/portal", "DATABASE_URL has to start with"),
        ("DATABASE_URL", "postgresql://127.0.0.1:1/nothing", "The database does not answer."),
        ("PORTAL_KEY", "c2hvcnQ=", "PORTAL_KEY has to be 32 bytes"),
    ],
)
def test_a_wrong_setting_is_named(
    portal: Portal, monkeypatch: pytest.MonkeyPatch, name: str, value: str, sentence: str
) -> None:
    portal("migrate")
    assert portal("demo").exit_code == 0
    monkeypatch.setenv(name, value)
    refused(portal("demo"), sentence)


def test_the_first_administrator_founds_the_practice(portal: Portal, empty_url: str) -> None:
    portal("migrate")
    done = portal(*NEW, typed=f"{GOOD}\n")
    assert done.stdout == "Ines Vega (ines@harborside.example) is an administrator of Harborside Practice.\n"
    assert staff(empty_url) == [("ines@harborside.example", Role.ADMIN.value)]
    assert portal("verify-audit").stdout.startswith("Harborside Practice: 7 entries, all as written. It ends at 7:")
    refused(portal(*NEW), "is an administrator of Harborside Practice already")


def test_somebody_with_a_login_becomes_an_administrator_without_a_password(portal: Portal, empty_url: str) -> None:
    portal("migrate")
    portal("demo")
    before = count(empty_url, "account")
    assert portal("create-admin", "Tess@Harbor.example ", "--organization", "harbor").exit_code == 0
    assert ("tess@harbor.example", Role.ADMIN.value) in staff(empty_url)
    assert count(empty_url, "account") == before


@pytest.mark.parametrize(
    ("words", "typed", "sentence"),
    [
        (ADMIN, GOOD, "There is no practice “harborside”. This installation has: none yet."),
        ((*ADMIN, "--practice-name", "Harborside"), GOOD, "Please give a name"),
        ((*NEW, "--zone", "Mars/Base"), GOOD, "is not a time zone"),
        ((*NEW, "--currency", "dollars"), GOOD, "three capital letters"),
        (("create-admin", "nobody", *NEW[2:]), GOOD, "Please enter an email address"),
        ((*NEW[:3], "Harbor Side", *NEW[4:]), GOOD, "small letters, digits and hyphens"),
        (NEW, "short", "15"),
        (NEW, "", "15"),
        (NEW, "portico-demo-2026", "easy to guess"),
    ],
)
def test_what_cannot_be_used_is_refused_and_nothing_is_stored(
    portal: Portal, empty_url: str, words: tuple[str, ...], typed: str, sentence: str
) -> None:
    portal("migrate")
    refused(portal(*words, typed=f"{typed}\n"), sentence)
    assert count(empty_url, "account") == count(empty_url, "organization") == 0
    assert portal(*NEW, typed=f"{GOOD}\n").exit_code == 0


def test_codes_are_switched_off_for_who_lost_them_all(portal: Portal, empty_url: str) -> None:
    portal("migrate")
    portal(*NEW, typed=f"{GOOD}\n")
    refused(portal("switch-codes-off", "nobody@mail.example"), "Nobody signs in with that address.")
    refused(portal("switch-codes-off", "ines@harborside.example"), "switched off")
    change(empty_url, "UPDATE account SET second_factor_at = created_at, second_factor_step = 7")
    done = portal("switch-codes-off", "Ines@Harborside.example ")
    assert "ines@harborside.example signs in without a code now." in done.stdout
    assert rows(empty_url, "SELECT second_factor_at, second_factor_step FROM account") == [(None, None)]
    assert rows(empty_url, "SELECT kind, to_address FROM outbox_mail") == [
        ("second_factor_off", "ines@harborside.example")
    ]


@pytest.mark.parametrize("empty_url", ["sqlite"], indirect=True)
def test_verify_audit_fails_when_something_was_changed(portal: Portal, empty_url: str) -> None:
    """The editing here is SQLite's; tests/audit does it on both."""
    portal("migrate")
    portal(*NEW, typed=f"{GOOD}\n")
    assert portal("verify-audit").exit_code == 0
    with sqlite3.connect(Path(empty_url.removeprefix("sqlite:///"))) as connection:
        connection.execute("DROP TRIGGER audit_event_no_update")
        connection.execute("UPDATE audit_event SET action = 'setting.changed'")
    broken = portal("verify-audit", "--organization", "harborside")
    assert broken.exit_code == 1
    assert "Entry 1 was changed after it was written." in broken.stderr
    refused(portal("verify-audit", "--organization", "nowhere"), "This installation has: harborside.")


def test_serving_needs_the_tables_the_port_and_the_pages(
    portal: Portal, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, free_port: int, taken_port: int
) -> None:
    monkeypatch.setenv("PORT", str(taken_port))
    refused(portal("serve"), f"Port {taken_port} of 127.0.0.1 cannot be used")
    monkeypatch.setenv("PORT", str(free_port))
    refused(portal("serve"), "Run “portal migrate” first.")
    portal("migrate")
    monkeypatch.setenv("REFLEX_WEB_WORKDIR", str(tmp_path / "web"))
    refused(portal("serve"), "Run “portal build” first.")


def test_help_lists_every_command(portal: Portal) -> None:
    shown = portal("--help").stdout
    for command in (
        "serve",
        "worker",
        "build",
        "migrate",
        "demo",
        "create-admin",
        "switch-codes-off",
        "forms",
        "verify-audit",
    ):
        assert command in shown
