"""One client's page: details, forms, invitation, contact network, Why?."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.people import Visit, Visitor, assert_good_for_everybody, loaded

AUNT = "Ada Quill"


def open_client(visitor: Visitor, who: str, client: str) -> Page:
    """Sign in and go to a client's page by the list."""
    page = visitor.sign_in(who, "/practice/clients")
    page.get_by_role("link", name=client, exact=True).click()
    expect(page.locator("h1")).to_have_text(client)
    return loaded(page)


def part(page: Page, name: str) -> Locator:
    return page.get_by_role("region", name=name, exact=True)


def person(page: Page, name: str) -> Locator:
    return (
        part(page, "Contact network")
        .get_by_role("listitem")
        .filter(has=page.get_by_role("heading", name=name, level=3))
    )


def says(page: Page, sentence: str | re.Pattern[str]) -> None:
    expect(page.get_by_role("status").filter(has_text=sentence)).to_be_visible()


def test_the_page_says_who_the_client_is(visit: Visit) -> None:
    page = open_client(visit(), "avery", "Milo Park")
    expect(part(page, "Details")).to_contain_text("9 years old")
    expect(page.get_by_role("button", name="Invite", exact=True)).to_be_visible()
    expect(part(page, "Details")).to_contain_text("Tess Rivera")
    expect(part(page, "Forms").get_by_role("listitem").first).to_contain_text("Not opened yet")
    expect(part(page, "Invitation")).to_contain_text("Nobody has invited this client yet.")
    expect(person(page, "Gina Park")).to_contain_text("mother")
    expect(person(page, "Pete Park")).to_contain_text("Payer only")
    assert page.title().startswith("Client · ")
    assert page.locator("h1").count() == 1
    assert_good_for_everybody(page, "client-milo")


def test_details_are_edited_and_a_conflict_loses_nothing(visit: Visit) -> None:
    one, other = open_client(visit(), "avery", "Omar Haddad"), open_client(visit(), "frank", "Omar Haddad")
    for page, phone in ((one, "212 555 0101"), (other, "212 555 0202")):
        page.get_by_role("button", name="Edit details").click()
        page.get_by_role("dialog").get_by_label("Phone").fill(phone)
    one.get_by_role("dialog").get_by_role("button", name="Save").click()
    says(one, "The details are saved.")
    expect(one.get_by_role("dialog")).to_have_count(0)
    expect(part(other, "Details").get_by_text("+1 212-555-0101", exact=True)).to_have_count(1)
    panel = other.get_by_role("dialog")
    panel.get_by_role("button", name="Save").click()
    expect(panel.get_by_text("They wrote “+1 212-555-0101”, you wrote “+1 212-555-0202”.")).to_be_visible()
    expect(panel.get_by_label("Phone")).to_have_value("212 555 0202")
    assert_good_for_everybody(other, "client-conflict")
    panel.get_by_role("button", name="Use theirs").click()
    expect(panel.get_by_label("Phone")).to_have_value("+1 212-555-0101")
    panel.get_by_label("Phone").fill("212 555 0202")
    panel.get_by_role("button", name="Save").click()
    expect(part(one, "Details")).to_contain_text("+1 212-555-0202")


def test_what_cannot_be_kept_is_said_beside_the_field(visit: Visit) -> None:
    page = open_client(visit(), "avery", "Morgan Diaz")
    expect(part(page, "Invitation")).to_contain_text("This client has a login.")
    assert page.get_by_role("button", name="Invite", exact=True).count() == 0
    page.get_by_role("button", name="Edit details").click()
    panel = page.get_by_role("dialog")
    panel.get_by_label("Last name").fill("")
    panel.get_by_role("button", name="Save").click()
    expect(panel.get_by_label("Last name")).to_have_accessible_description("Please enter the last name.")
    expect(panel.get_by_role("alert").first).to_be_focused()
    expect(page.locator("h1")).to_have_text("Morgan Diaz")


def test_a_record_is_archived_and_restored(visit: Visit) -> None:
    page = open_client(visit(), "avery", "Morgan Diaz")
    page.get_by_role("button", name="Archive").click()
    question = page.get_by_role("dialog", name="Archive this record?")
    assert_good_for_everybody(page, "client-archive")
    question.get_by_role("button", name="Archive").click()
    expect(page.get_by_text("This record is archived.")).to_be_visible()
    assert page.get_by_role("button", name="Edit details").count() == 0
    assert page.get_by_role("button", name="Invite", exact=True).count() == 0
    page.get_by_role("button", name="Restore").click()
    expect(page.get_by_role("button", name="Edit details")).to_be_visible()


def test_a_form_is_sent(visit: Visit) -> None:
    page = open_client(visit(), "tess", "Tara Park")
    forms = part(page, "Forms").get_by_role("list", name="Forms").get_by_role("listitem")
    before = forms.count()
    page.get_by_role("button", name="Send a form").click()
    panel = page.get_by_role("dialog")
    panel.get_by_role("button", name="Send").click()
    expect(panel.get_by_label("Form", exact=True)).to_have_accessible_description("Please choose a form.")
    panel.get_by_label("Form", exact=True).select_option("Notice of Privacy Practices")
    panel.get_by_label("Due on").fill("2020-01-01")
    panel.get_by_role("button", name="Send").click()
    expect(panel.get_by_role("alert").first).to_contain_text("cannot be in the past")
    panel.get_by_label("Due on").fill("")
    panel.get_by_role("button", name="Send").click()
    says(page, "The form is on its way.")
    expect(forms).to_have_count(before + 1)
    expect(forms.first).to_contain_text("Notice of Privacy Practices")


def test_an_aunt_is_added_invited_and_invited_again(visit: Visit) -> None:
    page = open_client(visit(), "avery", "Milo Park")
    page.get_by_role("button", name="Add a person").click()
    panel = page.get_by_role("dialog")
    first, last = AUNT.split()
    panel.get_by_label("First name").fill(first)
    panel.get_by_label("Last name").fill(last)
    panel.get_by_label("Email").fill("ada@new.example")
    panel.get_by_label("What they may do").select_option("preset:scheduler")
    panel.get_by_label("Last day").fill("2020-06-30")
    panel.get_by_role("button", name="Add", exact=True).click()
    expect(panel.get_by_label("Relationship")).to_have_attribute("aria-invalid", "true")
    panel.get_by_label("Relationship").fill("aunt")
    panel.get_by_role("button", name="Add", exact=True).click()
    expect(panel.get_by_label("Last day")).to_have_attribute("aria-invalid", "true")
    assert_good_for_everybody(page, "client-add-person")
    panel.get_by_label("Last day").fill("2099-06-30")
    panel.get_by_role("button", name="Add", exact=True).click()
    says(page, f"{AUNT} now has scheduling for Milo Park.")
    expect(person(page, AUNT)).to_contain_text("until 30 June 2099")
    page.get_by_role("button", name="Invite", exact=True).click()
    panel.get_by_label("Whom").select_option(AUNT)
    panel.get_by_role("button", name="Preview").click()
    expect(panel.get_by_text("Hello Ada,")).to_be_visible()
    assert_good_for_everybody(page, "client-preview")
    panel.get_by_role("button", name="Send invitation").click()
    says(page, "One invitation is on its way.")
    expect(person(page, AUNT)).to_contain_text("Sent to ada@new.example")
    person(page, AUNT).get_by_role("button", name="Send again").click()
    says(page, "A new invitation is on its way.")
    person(page, AUNT).get_by_role("button", name="Withdraw").click()
    page.get_by_role("dialog").get_by_role("button", name="Withdraw").click()
    expect(person(page, AUNT)).to_contain_text("Invitation withdrawn")


def test_somebody_known_is_found_and_given_and_loses_access(visit: Visit) -> None:
    page = open_client(visit(), "avery", "Tara Park")
    page.get_by_role("button", name="Add a person").click()
    panel = page.get_by_role("dialog")
    panel.get_by_role("searchbox").fill("pete")
    panel.get_by_role("button", name="Choose Pete Park").click()
    panel.get_by_label("Relationship").fill("father")
    panel.get_by_role("button", name="Add", exact=True).click()
    expect(person(page, "Pete Park")).to_contain_text("May do nothing at the moment.")
    person(page, "Pete Park").get_by_role("button", name="Give access").click()
    panel.get_by_label("What they may do").select_option("permission:insurance")
    panel.get_by_role("button", name="Give access").click()
    expect(panel.get_by_role("alert").first).to_contain_text("Please choose why they may do this")
    panel.get_by_label("Because they are").select_option("payer_only")
    panel.get_by_role("button", name="Give access").click()
    expect(person(page, "Pete Park")).to_contain_text("Insurance")
    page.get_by_role("button", name="Change insurance of Pete Park").click()
    panel.get_by_label("Last day").fill("2099-12-31")
    panel.get_by_role("button", name="Save").click()
    expect(person(page, "Pete Park")).to_contain_text("until 31 December 2099")
    person(page, "Pete Park").get_by_role("button", name="Edit Pete Park").click()
    panel.get_by_label("Relationship").fill("step-father")
    panel.get_by_role("button", name="Save").click()
    expect(person(page, "Pete Park")).to_contain_text("step-father")
    person(page, "Pete Park").get_by_role("button", name="Remove Pete Park").click()
    page.get_by_role("dialog").get_by_role("button", name="Remove").click()
    expect(person(page, "Pete Park")).to_have_count(0)


def test_an_open_page_changes_when_a_grant_ends(visit: Visit) -> None:
    gina = visit()
    home = gina.sign_in("gina")
    forms = gina.tab("/forms?for=" + gina.portal.run("SELECT id FROM client WHERE given_name = 'Milo'")[0][0])
    expect(home.get_by_role("heading", name="For Milo")).to_be_visible()
    loaded(forms)
    expect(forms.get_by_role("link", name="Standard Intake Questionnaire").first).to_be_visible()
    page = open_client(visit(), "avery", "Milo Park")
    page.get_by_role("button", name="End now: Forms for Gina Park").click()
    question = page.get_by_role("dialog")
    expect(question).to_contain_text("on the next click")
    question.get_by_role("button", name="Leave it").click()
    expect(home.get_by_role("heading", name="For Milo")).to_be_visible()
    page.get_by_role("button", name="End now: Forms for Gina Park").click()
    question.get_by_role("button", name="End now").click()
    says(page, "The access has ended.")
    expect(page.get_by_role("button", name="End now: Forms for Gina Park")).to_have_count(0)
    expect(forms.get_by_role("main").get_by_role("alert")).to_contain_text("Milo Park")
    expect(forms.get_by_role("link", name="Standard Intake Questionnaire")).to_have_count(0)
    person(page, "Gina Park").get_by_text("Ended (1)").click()
    expect(person(page, "Gina Park")).to_contain_text("Forms")


def test_why_shows_every_step(visit: Visit) -> None:
    page = open_client(visit(), "avery", "Tara Park")
    person(page, "Gina Park").get_by_role("button", name="Why?").click()
    answer = page.get_by_role("dialog", name="What Gina Park may do for Tara Park")
    expect(answer.get_by_role("heading", name="Forms: Not allowed", exact=True)).to_be_visible()
    expect(answer.get_by_role("heading", name="Payments: Allowed", exact=True)).to_be_visible()
    expect(answer.get_by_text("Stands in the way:").first).to_be_attached()
    assert_good_for_everybody(page, "client-why")
    page.keyboard.press("Escape")
    expect(answer).to_have_count(0)
    part(page, "Details").get_by_role("button", name="Why?").click()
    expect(page.get_by_role("dialog", name="What Tara Park may do in the portal")).to_be_visible()


@pytest.mark.parametrize(("who", "client"), [("avery", "Morgan Diaz"), ("noah", "Morgan Diaz"), ("avery", "Gina Park")])
def test_why_nobody_can_write_to_noahs_clients_names_the_missing_subscription(
    visit: Visit, who: str, client: str
) -> None:
    """Noah is subscribed to nothing, so neither he nor they can write, and staff are told what is missing."""
    page = open_client(visit(), who, client)
    part(page, "Details").get_by_role("button", name="Why?").click()
    answer = page.get_by_role("dialog", name=f"What {client} may do in the portal")
    heading = page.get_by_role("heading", name="Messages: Not allowed", exact=True)
    expect(heading).to_be_visible()
    steps = answer.locator("section").filter(has=heading)
    stands = steps.get_by_role("listitem").filter(has_text="Stands in the way:")
    expect(stands).to_have_count(1)
    expect(stands).to_contain_text(f"No therapist of {client} is subscribed to messaging.")
    heading.scroll_into_view_if_needed()
    assert_good_for_everybody(page, f"client-why-{who}")


def test_who_sees_clients_for_the_money_sees_contact_data_and_changes_nothing(visit: Visit) -> None:
    page = open_client(visit(), "bea", "Milo Park")
    expect(person(page, "Pete Park")).to_contain_text("Payments")
    for hidden in ("Tess Rivera", "years old", "Scheduling", "Standard Intake"):
        assert page.get_by_text(hidden).count() == 0
    for name in ("Edit", "Archive", "Invite", "Send a form", "Add a person", "End now"):
        assert page.get_by_role("button", name=name).count() == 0
    person(page, "Pete Park").get_by_role("button", name="Why?").click()
    answer = page.get_by_role("dialog", name="What Pete Park may do for Milo Park")
    expect(answer.get_by_role("heading", name="Payments: Allowed", exact=True)).to_be_visible()
    assert answer.get_by_role("heading", level=3).count() == 2
    assert_good_for_everybody(page, "client-why-bea")


@pytest.mark.parametrize("who", ["noah", "lena", "gina"])
def test_whoever_may_not_see_the_client_sees_nothing(visit: Visit, who: str) -> None:
    visitor = visit()
    ((milo,),) = visitor.portal.run("SELECT id FROM client WHERE given_name = 'Milo'")
    page = visitor.sign_in(who, f"/practice/clients/{milo[:8]}-{milo[8:12]}-{milo[12:16]}-{milo[16:20]}-{milo[20:]}")
    expect(page.get_by_role("main").get_by_role("alert")).to_contain_text("could not find")
    assert page.get_by_role("main").get_by_text("Milo").count() == 0
