"""A clinic's own paperwork, filled in to the end in a browser: for a child by a parent, and by an adult.

Both together reach every branch that can be reached; the list is kept in test-results/clinic-branches.txt. Run alone:
.venv/bin/pytest tests/e2e/test_filling_clinic.py
"""

import json
import os
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from portal.intake.fhir.compiling import compile_form
from portal.intake.presenting import page_views
from portal.intake.views import ItemView
from tests.e2e import forms
from tests.e2e.forms import fill_section, on_a_phone, open_form, press_next, sign
from tests.e2e.looking import RESULTS
from tests.e2e.people import Visit, assert_good_for_everybody
from tests.e2e.site import ROOT, Portal

CLINIC = ROOT.parent / "shared" / "data" / "questionnaires" / "clinic-intake-paperwork.json"
needs_clinic = pytest.mark.skipif(
    not CLINIC.exists() and os.environ.get("CI") != "true", reason=f"The clinic's form is not at {CLINIC}."
)
# These wait for a service category, a reason for the visit, or a new patient: read-only, and known to nobody here.
OUT_OF_REACH = {
    *(f"attorney-mva-{part}" for part in ("page", "firm", "first-name", "last-name", "email", "mobile", "fax")),
    "employer-information-page",
    "occupational-medicine-employer-information-page",
    "patient-point-of-discovery",
    "payment-option-occ-med-page",
    "self-pay-alert-text-occupational",
    "workers-comp-alert-text",
}
FOR_A_CHILD = {
    "preferred-language": "Other",
    "patient-pronouns": "My pronouns are not listed",
    "payment-option": "I have insurance",
    "policy-holder-address-as-patient": "No",
    "display-secondary-insurance": "Yes",
    "policy-holder-address-as-patient-2": "No",
    "patient-no-email": "No",
    "responsible-party-relationship": "Parent",
    "responsible-party-address-as-patient": "No",
    "responsible-party-no-email": "No",
    "emergency-contact-address-as-patient": "No",
    "pharmacy-places-saved": "No",
    "pharmacy-page-manual-entry": "Yes",
}
FOR_ONESELF = {
    "payment-option": "I will pay without insurance",
    "patient-no-email": "Yes",
    "responsible-party-relationship": "Self",
    "pharmacy-places-saved": "Yes",
}


@needs_clinic
def test_a_parent_and_an_adult_reach_every_branch_that_can_be_reached(visit: Visit, portal: Portal) -> None:
    assert "161" in forms.import_form(portal, CLINIC)
    branches = branches_on_screen(CLINIC)
    child = fill_in(visit, portal, ("gina", "Milo", "Gina Park"), FOR_A_CHILD) & branches
    adult = fill_in(visit, portal, ("casey", "Casey", "Casey Lin"), FOR_ONESELF) & branches
    write_down(branches, {"a child with a parent": child, "an adult": adult})
    assert branches - child - adult == OUT_OF_REACH & branches
    assert {"policy-holder-city-2", "responsible-party-email", "pharmacy-name", "consent-forms-page"} <= child
    assert "self-pay-alert-text" in adult
    assert not {"insurance-member-id", "responsible-party-city", "patient-email"} & adult


def branches_on_screen(file: Path) -> set[str]:
    """Everything that is shown only under conditions: pages, groups, texts and questions."""
    form, _ = compile_form(json.loads(file.read_bytes()))
    pages = page_views(form)
    sections = {page.path for page in pages if page.path and form.items[form.places[page.path]].conditions}
    return sections | {item.path for page in pages for item in below(page.items) if item.conditional}


def below(items: list[ItemView]) -> Iterator[ItemView]:
    for item in items:
        yield item
        yield from below(item.items)


def fill_in(visit: Visit, portal: Portal, who: tuple[str, str, str], wanted: Mapping[str, str]) -> set[str]:
    """Fill the paperwork in on a phone, sign it, and read it as staff; returns the paths that were on screen."""
    login, about, name = who
    paperwork = forms.send_form(portal, about, "in-person")
    page = open_form(on_a_phone(visit().sign_in(login)), portal, paperwork)
    reached: set[str] = set()
    while "#section" in page.url:
        fill_section(page, wanted)
        reached |= on_screen(page)
        press_next(page)
    if login == "gina":
        assert_good_for_everybody(page, "clinic-review")
    sign(page, name)
    staff = visit().sign_in("tess", f"/practice/answers/{paperwork.id}")
    expect(staff.get_by_text("The answers are exactly what was signed.")).to_be_visible()
    return reached


def on_screen(page: Page) -> set[str]:
    return set(page.locator(".pf [data-path]").evaluate_all("parts => parts.map(part => part.dataset.path)"))


def write_down(branches: set[str], runs: Mapping[str, set[str]]) -> None:
    """Keep the list of branches: who reached which, and which nobody can reach."""
    lines = [
        f"{branch}: {', '.join(run for run, reached in runs.items() if branch in reached) or 'out of reach'}"
        for branch in sorted(branches)
    ]
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / "clinic-branches.txt").write_text("\n".join(lines) + "\n")
