"""What is written on pages is whole, is said once, and says what to do."""

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.people import Visit, loaded

# Every line of an appointment is in sight as a whole, or not at all; the name always is.
_CUT = """entries => entries.flatMap(entry => {
    const box = entry.getBoundingClientRect();
    return [...entry.children].flatMap((line, place) => {
        const its = line.getBoundingClientRect();
        const inside = its.bottom <= box.bottom + 1 && its.right <= box.right + 1;
        const outside = its.left >= box.right - 1;
        return inside || (outside && place > 0) ? [] : [line.textContent];
    });
})"""


def test_appointments_in_the_week_are_not_cut_off(visit: Visit) -> None:
    page = visit().sign_in("tess", "/practice/calendar")
    page.get_by_role("button", name="Earlier week").click()
    entries = page.locator("[data-item]:visible")
    expect(entries.first).to_be_visible()
    assert entries.evaluate_all(_CUT) == []
    expect(entries.first).to_have_attribute("aria-label", re.compile(r", \d+:\d\d( [AP]M)? to \d+:\d\d [AP]M"))
    page.add_style_tag(content="[data-item] { height: 2rem !important }")
    assert entries.evaluate_all(_CUT) == [], "a short one has no room for each line"
    page.add_style_tag(content="[data-item] { flex-wrap: nowrap !important }")
    assert entries.evaluate_all(_CUT) != []


@pytest.mark.parametrize(("name", "told"), [("omar", 1), ("casey", 0)])
def test_who_cannot_change_an_appointment_here_reads_how(visit: Visit, name: str, told: int) -> None:
    page = visit().sign_in(name, "/appointments")
    expect(page.get_by_role("heading", name="Upcoming")).to_be_visible()
    expect(page.get_by_text("To move or cancel an appointment, please call")).to_have_count(told)


def test_a_form_in_the_library_says_its_version_once(visit: Visit) -> None:
    page = loaded(visit().sign_in("tess", "/practice/forms"))
    row = page.get_by_role("list", name="Forms").get_by_role("listitem").first
    assert row.inner_text().count("Version") == 1
    expect(row).to_contain_text("Published")


def test_a_form_that_came_back_says_so_at_home(visit: Visit) -> None:
    page = visit().sign_in("morgan")
    expect(page.get_by_role("main").get_by_role("link", name="Notice of Privacy Practices")).to_contain_text(
        "Please look at it again"
    )


def test_the_envelope_of_a_client_in_the_list_is_pressed(visit: Visit) -> None:
    page = visit().sign_in("avery", "/practice/clients")
    page.get_by_role("link", name="Messages with Casey Lin").click()
    expect(page).to_have_url(re.compile(r"/messages/?$"))
