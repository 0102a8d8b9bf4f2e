"""Bringing forms in and taking them out, from the command line."""

from pathlib import Path

import pytest

from portal.intake.builtin import builtin_forms
from tests.cli.conftest import Portal
from tests.cli.looking import count, rows

CLINIC = Path(__file__).parents[3] / "shared" / "data" / "questionnaires" / "clinic-intake-paperwork.json"
HARBOR = ("--organization", "harbor")


@pytest.fixture
def harbor(portal: Portal) -> Portal:
    """The command line on the demo."""
    portal("migrate")
    assert portal("demo").exit_code == 0
    return portal


@pytest.fixture
def phq_9(tmp_path: Path) -> Path:
    """A Questionnaire in a file."""
    path = tmp_path / "phq-9.json"
    path.write_text(next(form.text for form in builtin_forms() if form.key == "phq-9").replace("PHQ-9", "My own"))
    return path


def listed(harbor: Portal, title: str) -> str:
    """The id of a form of Harbor's, by a part of its title."""
    lines = harbor("forms", "list", *HARBOR).stdout.splitlines()
    return next(line.split()[0] for line in lines if title in line)


def test_a_form_comes_in_once_and_goes_out_as_it_was(harbor: Portal, phq_9: Path, tmp_path: Path) -> None:
    done = harbor("forms", "import", str(phq_9), *HARBOR, "--title", "How are you?")
    assert "“How are you?” is in: " in done.stdout
    form_id = next(
        line.split()[0] for line in harbor("forms", "list", *HARBOR).stdout.splitlines() if "How are" in line
    )
    assert harbor("forms", "export", form_id, *HARBOR).stdout == phq_9.read_text()
    written = tmp_path / "out.json"
    assert harbor("forms", "export", form_id, *HARBOR, "--output", str(written)).exit_code == 0
    assert written.read_bytes() == phq_9.read_bytes()
    assert "Nothing was changed." in harbor("forms", "import", str(phq_9), *HARBOR).stdout


def test_a_clinic_s_own_paperwork_comes_in_and_what_is_not_understood_is_named(harbor: Portal) -> None:
    if not CLINIC.exists():
        pytest.skip(f"{CLINIC.name} is not beside the repository")
    done = harbor("forms", "import", str(CLINIC), *HARBOR)
    assert done.exit_code == 0
    assert "161 items" in done.stdout
    assert "attachment" in done.stdout


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"not json", "JSON"),
        (b'{"resourceType": "Patient"}', "Patient"),
        (b"[]", "Questionnaire"),
        (b"\xff\xfe\x00", "text"),
        (b'{"resourceType": "Questionnaire", "item": [' + b'{"type": "group", "item": [' * 5000, "JSON"),
        (None, "There is no file"),
    ],
    ids=["text", "patient", "list", "binary", "endless", "missing"],
)
def test_what_is_no_questionnaire_is_named_and_nothing_comes_in(
    harbor: Portal, empty_url: str, phq_9: Path, tmp_path: Path, content: bytes | None, sentence: str
) -> None:
    before = count(empty_url, "form")
    path = tmp_path / "broken.json"
    if content is not None:
        path.write_bytes(content)
    refused = harbor("forms", "import", str(path), *HARBOR)
    assert (refused.exit_code, refused.stdout) == (1, "")
    assert sentence in refused.stderr
    assert refused.stderr.count("\n") == 1
    assert count(empty_url, "form") == before
    assert harbor("forms", "import", str(phq_9), *HARBOR).exit_code == 0


def test_a_form_of_another_practice_is_not_found(harbor: Portal, empty_url: str, phq_9: Path) -> None:
    harbor("forms", "import", str(phq_9), *HARBOR)
    form_id = listed(harbor, "My own")
    assert harbor("forms", "export", form_id, *HARBOR).exit_code == 0
    refused = harbor("forms", "export", form_id, "--organization", "lakeside")
    assert (refused.exit_code, refused.stdout) == (1, "")
    assert "This practice has no form" in refused.stderr
    owners = rows(empty_url, "SELECT count(DISTINCT organization_id) FROM form WHERE title LIKE '%My own%'")
    assert owners == [(1,)]


def test_a_practice_that_does_not_exist_is_named(harbor: Portal, phq_9: Path) -> None:
    refused = harbor("forms", "import", str(phq_9), "--organization", "nowhere")
    assert refused.exit_code == 1
    assert refused.stderr == "There is no practice “nowhere”. This installation has: harbor, lakeside.\n"
