"""What tests do with forms in the browser: find one, fill in a page, wait until it is saved."""

import base64
import json
import os
import re
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any
from uuid import uuid4

from playwright.sync_api import Locator, Page, expect

from tests.e2e.people import loaded
from tests.e2e.site import ROOT, Portal

INTAKE, CONSENT = "Standard Intake Questionnaire", "Informed Consent"
DAY, WORDS, NUMBER = "2017-05-23", "as far as I know", "3"
NOTHING_SPECIAL: Mapping[str, str] = {}
MOMENTS = {"date": DAY, "time": "14:30", "datetime-local": f"{DAY}T14:30"}
PICTURE = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


@dataclass(frozen=True)
class SentForm:
    """A form on somebody's list."""

    id: str
    client_id: str

    @property
    def path(self) -> str:
        return f"/forms/{self.id}?for={self.client_id}"


def find_form(portal: Portal, given_name: str, title: str) -> SentForm:
    """Return a form that the demo sent about a client of Harbor."""
    ((assignment, client),) = portal.run(
        "SELECT a.id, a.client_id FROM form_assignment a JOIN form_version v ON v.id = a.form_version_id"
        " JOIN form f ON f.id = v.form_id JOIN client c ON c.id = a.client_id JOIN organization o"
        " ON o.id = a.organization_id WHERE o.slug = 'harbor' AND c.given_name = ? AND f.title LIKE ?"
        " AND a.status NOT IN ('submitted', 'completed')",
        [given_name, f"{title}%"],
    )
    return SentForm(assignment, client)


def send_form(portal: Portal, given_name: str, title: str) -> SentForm:
    """Send a form that Harbor has to a client, once more."""
    ((organization, version, client),) = portal.run(
        "SELECT o.id, v.id, c.id FROM organization o JOIN form f ON f.organization_id = o.id JOIN form_version v"
        " ON v.form_id = f.id JOIN client c ON c.organization_id = o.id"
        " WHERE o.slug = 'harbor' AND f.title LIKE ? AND c.given_name = ?",
        [f"{title}%", given_name],
    )
    form = SentForm(_id_like(client), client)
    portal.run(
        "INSERT INTO form_assignment (id, organization_id, client_id, form_version_id, status, signer_rule, revision,"
        " sent_at) VALUES (?, ?, ?, ?, 'sent', 'any', 0, ?)",
        [form.id, organization, client, version, _moment()],
    )
    return form


def add_form(portal: Portal, title: str, items: list[dict[str, Any]], **more: Any) -> None:
    """Give Harbor a form of its own."""
    ((organization,),) = portal.run("SELECT id FROM organization WHERE slug = 'harbor'")
    body = json.dumps({"resourceType": "Questionnaire", "status": "active", "title": title, **more, "item": items})
    form, version = _id_like(organization), _id_like(organization)
    portal.run(
        "INSERT INTO form (id, organization_id, title, key, created_at) VALUES (?, ?, ?, '', ?)",
        [form, organization, title, _moment()],
    )
    portal.run(
        "INSERT INTO form_version (id, organization_id, form_id, number, questionnaire, sha256, published_at)"
        " VALUES (?, ?, ?, 1, ?, ?, ?)",
        [version, organization, form, body, sha256(body.encode()).hexdigest(), _moment()],
    )


def import_form(portal: Portal, file: Path) -> str:
    """Import a file into Harbor by the command line; returns what it says."""
    command = [sys.executable, "-c", "from portal.cli import app; app()", "forms", "import", str(file)]
    env = {**os.environ, "PORTAL_MODE": "test", "PORTAL_DATA_DIR": str(portal.folder), "PYTHONPATH": str(ROOT)}
    command += ["--organization", "harbor"]
    done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=True)  # noqa: S603 - ours
    return done.stdout


def open_form(page: Page, portal: Portal, form: SentForm, place: str = "") -> Page:
    """Open a form at a place such as "section-2"."""
    page.goto(portal.base + form.path + (f"#{place}" if place else ""))
    expect(page.locator("#pf-heading")).to_be_visible()
    return loaded(page)


def on_a_phone(page: Page) -> Page:
    """Hold a page in one hand."""
    page.set_viewport_size({"width": 360, "height": 740})
    return page


def section(page: Page) -> str:
    """The heading of the section on screen."""
    return page.locator("#pf-heading").inner_text()


def saved(page: Page) -> None:
    """Wait until everything is saved; a connection may have to come back first."""
    said = page.get_by_role("status").filter(has_text=re.compile(r"^Saved \d"))
    expect(said).to_be_visible(timeout=20_000)


def settled(page: Page) -> None:
    """Wait until nothing is on its way, whether anything was written or not."""
    expect(page.get_by_role("status").filter(has_text=re.compile(r"^(Saved \d|We save|Welcome back)"))).to_be_visible()


def press_next(page: Page) -> None:
    """Go on from a section that is filled in, and wait until it is off the screen: the address changes before."""
    before, heading = page.url, page.locator("#pf-heading").element_handle()
    page.get_by_role("button", name=re.compile("^(Next|Check your answers)$")).click()
    expect(page).not_to_have_url(before)
    heading.wait_for_element_state("hidden")


def fill_section(page: Page, wanted: Mapping[str, str] = NOTHING_SPECIAL) -> None:
    """Answer every question of the section that has no answer, and those that appear meanwhile.

    `wanted` are answers by the path of the question: the words of an option, or the text. Others get the first option.
    """
    expect(page.locator("#pf-heading")).to_be_visible()
    for _ in range(100):
        empty = _empty_questions(page)
        if not empty:
            settled(page)
            empty = _empty_questions(page)
        if not empty:
            return
        for path in empty:
            question = page.locator(f".pf-question[data-path={json.dumps(path)}]")
            if _answer(question, wanted.get(path, "")):
                break
        saved(page)
    raise AssertionError(f"The section {section(page)} never ends.")


_EMPTY = """questions => questions.filter(question => {
  if (question.querySelector(".pf-files")) return !question.querySelector(".pf-file")
  if (question.querySelector("[type=radio], [type=checkbox]")) return !question.querySelector(":checked")
  return question.querySelector("input, textarea, select")?.value === ""
}).map(question => question.dataset.path)"""


def _empty_questions(page: Page) -> list[str]:
    return list(page.locator(".pf-question").evaluate_all(_EMPTY))


def _answer(question: Locator, wanted: str) -> bool:
    """Answer a question; says whether others may appear or go with it, so that the rest is looked at anew."""
    if question.locator(".pf-files").count():
        question.locator("input[type=file]").first.set_input_files(
            {"name": "card.png", "mimeType": "image/png", "buffer": PICTURE}
        )
        expect(question.locator(".pf-file")).to_be_visible()
        return False
    if question.locator("input[type=radio], input[type=checkbox]").count():
        (question.get_by_label(wanted, exact=True) if wanted else question.locator("input").first).check()
        return True
    field = question.locator("input, textarea, select").first
    if question.locator("select").count():
        field.select_option(label=wanted) if wanted else field.select_option(index=1)
        return True
    if field.get_attribute("type") in MOMENTS:
        field.fill(MOMENTS[str(field.get_attribute("type"))])
    else:
        field.fill(wanted or (NUMBER if field.get_attribute("inputmode") in ("numeric", "decimal") else WORDS))
    field.blur()
    return False


def fill_to_the_end(page: Page, wanted: Mapping[str, str] = NOTHING_SPECIAL) -> int:
    """Fill in every section from the one on screen; returns how many there were."""
    count = 0
    while "#section" in page.url:
        fill_section(page, wanted)
        press_next(page)
        count += 1
    return count


def sign(page: Page, name: str, *, twice: bool = False) -> None:
    """Sign a form that is looked over. Of two presses the second may land on what came after, and take the focus."""
    page.get_by_role("button", name="Continue to sign").click()
    page.get_by_label("Your full name").fill(name)
    page.get_by_role("checkbox", name=re.compile("I have read my answers")).check()
    button, done = (
        page.get_by_role("button", name="Sign and send"),
        page.get_by_role("heading", name="Your form was sent"),
    )
    if twice:
        button.dblclick()
        expect(done).to_be_visible()
    else:
        button.click()
        expect(done).to_be_focused()


def _id_like(other: str) -> str:
    fresh = uuid4()
    return str(fresh) if "-" in other else fresh.hex


def _moment() -> str:
    return datetime.now(UTC).strftime("%Y-%m-%d %H:%M:%S.%f")
