"""A mother fills in her son's forms on a phone, and signs them; nothing is overwritten and nothing is missed."""

import re

from playwright.sync_api import Locator, Page, expect

from tests.e2e import forms
from tests.e2e.forms import (
    CONSENT,
    INTAKE,
    SentForm,
    fill_section,
    fill_to_the_end,
    on_a_phone,
    open_form,
    press_next,
    saved,
    section,
    sign,
)
from tests.e2e.people import Visit, assert_good_for_everybody, loaded
from tests.e2e.site import Portal


def test_gina_fills_in_milos_form_on_two_devices_and_tess_sees_it_arrive(visit: Visit, portal: Portal) -> None:
    tess = visit().sign_in("tess", "/practice")
    phone = visit()
    page = on_a_phone(phone.sign_in("gina"))
    page.get_by_role("button", name="Acting for").click()
    page.locator("#people").get_by_role("link", name="Milo Park").click()
    page.get_by_role("navigation", name="Main").get_by_role("link", name="Forms").click()
    page.get_by_role("listitem").filter(has_text=INTAKE).get_by_role("link").click()
    fill_section(page)
    press_next(page)
    page.get_by_label("Home address").fill("12 Quay Street, New York")
    saved(page)
    phone.context.close()

    page = on_a_phone(visit().sign_in("gina"))
    page.get_by_role("listitem").filter(has_text=INTAKE).get_by_role("link").click()
    expect(page.locator("#pf-heading")).to_have_text("How to reach you")
    expect(page.get_by_label("Home address")).to_have_value("12 Quay Street, New York")
    expect(page.get_by_text("Welcome back. You are where you stopped.")).to_be_visible()
    assert fill_to_the_end(page) == 5
    expect(page.get_by_text("12 Quay Street, New York")).to_be_visible()
    page.get_by_role("button", name="Continue to sign").click()
    expect(page.get_by_text("You sign as mother, on behalf of Milo Park.")).to_be_visible()
    page.go_back()
    sign(page, "Gina Park")
    expect(page.get_by_text("mother, on behalf of Milo Park")).to_be_visible()
    expect(page.get_by_text("The answers are exactly what was signed.")).to_be_visible()

    arrived = tess.get_by_role("listitem").filter(has_text="Milo Park")
    expect(arrived).to_contain_text("Gina Park")
    arrived.get_by_role("link").click()
    expect(tess.get_by_text("12 Quay Street, New York")).to_be_visible()
    expect(tess.get_by_text("mother, on behalf of Milo Park")).to_be_visible()
    assert_good_for_everybody(loaded(tess), "answers")
    assert_good_for_everybody(page, "form-sent")


def test_signing_twice_signs_once(visit: Visit, portal: Portal) -> None:
    consent = forms.find_form(portal, "Milo", CONSENT)
    page = open_form(visit().sign_in("gina"), portal, consent)
    fill_to_the_end(page)
    sign(page, "gina park", twice=True)
    signatures = portal.run("SELECT count(*) FROM form_signature WHERE assignment_id = ?", [consent.id])
    assert signatures == [(1,)]
    page.reload()
    expect(page.get_by_text("Gina Park signed and sent this form")).to_be_visible()
    assert page.get_by_role("button", name="Sign and send").count() == 0


def test_missing_answers_are_named_and_take_the_focus(visit: Visit, portal: Portal, intake: SentForm) -> None:
    page = open_form(on_a_phone(visit().sign_in("gina")), portal, intake)
    page.get_by_role("button", name="Next").click()
    summary = page.get_by_role("group", name=re.compile("There are 3 things to look at"))
    expect(summary).to_be_focused()
    assert_good_for_everybody(page, "form-missing")
    summary.get_by_role("link", name="Date of birth").click()
    birth_date = page.get_by_label("Date of birth")
    expect(birth_date).to_be_focused()
    expect(birth_date).to_have_accessible_description("Please enter a date.")
    birth_date.fill("2017-05-23")
    expect(page.get_by_role("group", name="There are 2 things to look at")).to_be_visible()
    page.get_by_role("button", name="Go on, I will come back to this").click()
    expect(page.locator("#pf-heading")).to_be_focused()
    assert section(page) == "How to reach you"


def test_review_names_everything_that_is_missing(visit: Visit, portal: Portal, intake: SentForm) -> None:
    page = open_form(visit().sign_in("gina"), portal, intake, "check")
    page.get_by_role("button", name="Continue to sign").click()
    summary = page.get_by_role("group", name=re.compile(r"\d+ answers are still missing"))
    expect(summary).to_be_focused()
    assert_good_for_everybody(page, "form-review")
    summary.get_by_role("link", name="Phone number").first.click()
    expect(page.get_by_label("Phone number (required)", exact=True)).to_be_focused()
    assert section(page) == "How to reach you"


def test_name_of_somebody_else_is_no_signature(visit: Visit, portal: Portal) -> None:
    page = open_form(visit().sign_in("gina"), portal, forms.send_form(portal, "Milo", CONSENT))
    fill_to_the_end(page)
    page.get_by_role("button", name="Continue to sign").click()
    page.get_by_role("button", name="Sign and send").click()
    expect(page.get_by_role("group", name="There are 2 things to look at")).to_be_focused()
    assert_good_for_everybody(page, "form-sign")
    page.get_by_label("Your full name").fill("Milo Park")
    page.get_by_role("checkbox", name=re.compile("I have read my answers")).check()
    page.get_by_role("button", name="Sign and send").click()
    expect(page.get_by_role("alert").filter(has_text="Please sign with your own name: Gina Park.")).to_be_visible()


def test_questions_appear_and_go_with_the_answers(visit: Visit, portal: Portal, intake: SentForm) -> None:
    page = open_form(visit().sign_in("gina"), portal, intake, "section-4")
    asked = page.get_by_role("group", name=re.compile("ever stayed in a hospital"))
    asked.get_by_label("Yes").check()
    when = page.get_by_label("When was that, and for what?")
    expect(when).to_be_visible()
    expect(page.get_by_role("status").filter(has_text="One more question appeared below.")).to_be_attached()
    expect(asked.get_by_label("Yes")).to_be_focused()
    asked.get_by_label("No").check()
    expect(when).to_have_count(0)


def test_two_tabs_never_overwrite_each_other(visit: Visit, portal: Portal, intake: SentForm) -> None:
    gina = visit()
    one = open_form(gina.sign_in("gina"), portal, intake, "section-3")
    other = open_form(gina.tab(), portal, intake, "section-3")
    one.get_by_label("What would you like help with?").fill("He cannot sleep")
    saved(one)
    field = other.get_by_label("What would you like help with?")
    field.fill("He is often sad")
    choice = other.get_by_role("group", name="There are two different answers")
    expect(choice).to_contain_text("He cannot sleep")
    expect(choice).to_contain_text("He is often sad")
    expect(field).to_be_focused()
    assert_good_for_everybody(other, "form-conflict")
    field.fill("He is often sad, and cannot sleep")
    choice.get_by_role("button", name="Keep mine").click()
    expect(choice).to_have_count(0)
    saved(other)
    one.reload()
    expect(one.get_by_label("What would you like help with?")).to_have_value("He is often sad, and cannot sleep")


def test_their_answer_can_be_kept(visit: Visit, portal: Portal, intake: SentForm) -> None:
    gina = visit()
    one = open_form(gina.sign_in("gina"), portal, intake, "section-3")
    other = open_form(gina.tab(), portal, intake, "section-3")
    one.get_by_label("Less than a month").check()
    saved(one)
    other.get_by_label("More than two years").check()
    other.get_by_role("button", name="Keep theirs").click()
    expect(other.get_by_label("Less than a month")).to_be_checked()
    assert other.get_by_role("group", name="There are two different answers").count() == 0


def test_whole_section_is_answered_by_keyboard(visit: Visit, portal: Portal, intake: SentForm) -> None:
    page = open_form(visit().sign_in("gina"), portal, intake)
    page.get_by_label("Full legal name").focus()
    for keys in ("Milo Park", "Tab", "Milo", "Tab", "05232017"):
        page.keyboard.press(keys) if keys == "Tab" else page.keyboard.type(keys)
    until_focused(page, page.get_by_label("Pronouns"))
    page.keyboard.type("He")
    until_focused(page, page.get_by_label("The client", exact=True))
    page.keyboard.press("ArrowDown")
    expect(page.get_by_label("A parent or guardian")).to_be_checked()
    expect(page.get_by_label("Your name and how you are related")).to_be_visible()
    page.keyboard.press("Tab")
    page.keyboard.type("Gina Park, mother")
    until_focused(page, page.get_by_role("button", name="Next"))
    page.keyboard.press("Enter")
    expect(page.locator("#pf-heading")).to_be_focused()
    assert section(page) == "How to reach you"
    page.go_back()
    expect(page.locator("#pf-heading")).to_have_text("About the client")
    expect(page.get_by_label("Date of birth")).to_have_value("2017-05-23")


def until_focused(page: Page, wanted: Locator) -> None:
    """Press Tab until a field has the focus."""
    for _ in range(8):
        if wanted.evaluate("node => node === document.activeElement"):
            return
        page.keyboard.press("Tab")
    expect(wanted).to_be_focused()
