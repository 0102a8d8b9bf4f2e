"""Organization, Team: roles, add-ons, invitations, and access that is closed at once."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.people import Visit, Visitor, assert_good_for_everybody, loaded


def team_of(visitor: Visitor, name: str = "avery") -> Page:
    return loaded(visitor.sign_in(name, "/practice/team"))


def member(page: Page, name: str) -> Locator:
    people = page.get_by_role("region", name="Staff").get_by_role("listitem")
    return people.filter(has=page.get_by_role("heading", name=name, exact=True))


def open_changes(page: Page, name: str) -> Locator:
    row = member(page, name)
    row.locator("summary").click()
    return row


def test_everybody_is_listed_with_role_add_ons_and_clients(visit: Visit) -> None:
    page = team_of(visit())
    headings = page.get_by_role("region", name="Staff").get_by_role("heading", level=3)
    assert headings.all_inner_texts() == ["Avery Stone", "Bea Ortiz", "Frank Doyle", "Noah Webb", "Tess Rivera"]
    expect(member(page, "Tess Rivera")).to_contain_text("Therapist · 4 assigned clients")
    expect(member(page, "Bea Ortiz").get_by_role("switch")).to_have_count(0)
    expect(page.get_by_role("switch", name="Secure messaging for Tess Rivera")).to_have_attribute(
        "aria-checked", "true"
    )
    current = page.get_by_role("navigation", name="Organization").locator("[aria-current=page]")
    expect(current).to_have_text("Team")
    assert_good_for_everybody(page, "team")


def test_an_add_on_is_bought_and_ended_with_a_switch(visit: Visit) -> None:
    page, settings = team_of(visit()), loaded(visit().sign_in("avery", "/practice/settings"))
    tess = page.get_by_role("switch", name="Secure messaging for Tess Rivera")
    missing = settings.get_by_text("Nobody is subscribed to messaging yet")
    tess.click()
    expect(tess).to_have_attribute("aria-checked", "false")
    expect(page.get_by_role("status").get_by_text("Secure messaging is off for Tess Rivera.")).to_be_visible()
    expect(missing).to_be_visible()
    tess.click()
    expect(tess).to_have_attribute("aria-checked", "true")
    expect(missing).to_have_count(0)


def test_somebody_is_invited_and_the_form_says_what_is_wrong(visit: Visit) -> None:
    page = team_of(visit())
    page.get_by_text("Invite somebody").click()
    form = page.locator("form").filter(has=page.get_by_role("button", name="Send invitation", exact=True))
    form.get_by_label("Name").fill("Tess Again")
    form.get_by_label("Email").fill("tess@harbor.example")
    form.get_by_role("button").click()
    expect(form.get_by_role("alert")).to_contain_text("Tess Rivera is on your team already")
    assert_good_for_everybody(page, "team-invite")
    form.get_by_label("Name").fill("Ines Vale")
    form.get_by_label("Email").fill("ines@harbor.example")
    form.get_by_label("Role").select_option("Front desk")
    form.get_by_role("button").click()
    expect(page.get_by_text("Ines Vale is invited")).to_be_visible()
    expect(member(page, "Ines Vale")).to_contain_text("Front desk")
    row = open_changes(page, "Ines Vale")
    row.get_by_role("button", name="Send the invitation again").click()
    expect(page.get_by_role("status").get_by_text("Ines Vale is invited")).to_be_visible()


def test_another_role_holds_at_once(visit: Visit) -> None:
    page, frank = team_of(visit()), visit().sign_in("frank")
    row = open_changes(page, "Frank Doyle")
    row.get_by_label("Role").select_option("Biller")
    row.get_by_role("button", name="Save").click()
    expect(member(page, "Frank Doyle")).to_contain_text("Biller")
    frank.reload()
    loaded(frank)
    expect(frank.get_by_text("Your role does not include intake forms")).to_be_visible()
    row = open_changes(page, "Frank Doyle")
    assert_good_for_everybody(page, "team-change")
    row.get_by_label("Role").select_option("Front desk")
    row.get_by_role("button", name="Save").click()
    expect(member(page, "Frank Doyle")).to_contain_text("Front desk")


def test_the_last_administrator_stays_one(visit: Visit) -> None:
    page = team_of(visit(), "lena")
    row = open_changes(page, "Lena Cho")
    expect(row.get_by_text("You cannot close your own access")).to_be_visible()
    row.get_by_label("Role").select_option("Biller")
    row.get_by_role("button", name="Save").click()
    expect(row.get_by_role("alert")).to_contain_text("at least one administrator")
    expect(member(page, "Lena Cho")).to_contain_text("Administrator")


def test_access_is_closed_after_a_question_and_given_back(visit: Visit) -> None:
    page, bea = team_of(visit()), visit()
    there = bea.sign_in("bea")
    row = open_changes(page, "Bea Ortiz")
    row.get_by_role("button", name="Close access").click()
    question = page.get_by_role("dialog")
    expect(question).to_contain_text("Close the access of Bea Ortiz?")
    question.get_by_role("button", name="Leave it").click()
    expect(member(page, "Bea Ortiz")).not_to_contain_text("Access closed")
    row.get_by_role("button", name="Close access").click()
    question.get_by_role("button", name="Close access").click()
    expect(member(page, "Bea Ortiz")).to_contain_text("Access closed")
    expect(there).to_have_url(re.compile("/login"))
    bea.complaints.clear()  # her page is refused its connection
    assert_good_for_everybody(page, "team-closed")
    member(page, "Bea Ortiz").get_by_role("button", name="Let back in").click()
    expect(member(page, "Bea Ortiz")).not_to_contain_text("Access closed")


@pytest.mark.parametrize("name", ["tess", "bea"])
def test_others_do_not_see_the_team(visit: Visit, name: str) -> None:
    page = visit().sign_in(name)
    page.goto(page.url.split("/practice")[0] + "/practice/team")
    expect(page.get_by_role("main").get_by_role("alert")).to_contain_text("Your role")
    assert page.get_by_role("switch").count() == 0
