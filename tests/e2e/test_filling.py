"""A mother fills in her son's forms on a phone, interrupted twice; nothing she wrote is ever lost."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Page, expect

from portal.demo.people import PASSWORD
from tests.e2e import forms
from tests.e2e.forms import PHONE, SentForm, fill_section, fill_to_the_end, open_form, press_next, saved, section, sign
from tests.e2e.people import Visit, assert_good_for_everybody, loaded
from tests.e2e.site import ROOT, Portal

CLINIC = ROOT.parent / "shared" / "data" / "questionnaires" / "clinic-intake-paperwork.json"
INTAKE, CONSENT = "Standard Intake Questionnaire", "Informed Consent"


@pytest.fixture
def intake(portal: Portal) -> SentForm:
    """A fresh Standard Intake Questionnaire for Milo."""
    return forms.send_form(portal, "Milo", INTAKE)


def on_a_phone(page: Page) -> Page:
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]  # a plain dict
    return page


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
    sign(page, "gina park")
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


def test_nothing_is_lost_while_the_connection_is_cut(visit: Visit, portal: Portal, intake: SentForm) -> None:
    gina = visit()
    page = open_form(on_a_phone(gina.sign_in("gina")), portal, intake, "section-2")
    gina.context.set_offline(True)
    page.get_by_label("Home address").fill("12 Quay Street")
    page.get_by_label("Yes").first.check()
    page.get_by_label("Phone number (required)", exact=True).fill("212 555 0100")
    expect(page.get_by_role("status").filter(has_text=re.compile("You are offline|Not saved yet"))).to_be_visible()
    assert page.get_by_role("status").filter(has_text=re.compile("^Saved")).count() == 0
    gina.context.set_offline(False)
    saved(page)
    expect(page.get_by_label("Home address")).to_have_value("12 Quay Street")
    page.reload()
    expect(page.get_by_label("Phone number (required)", exact=True)).to_have_value("212 555 0100")
    expect(page.get_by_label("Yes").first).to_be_checked()
    gina.complaints.clear()  # the browser notes every failed attempt to connect


def test_silent_line_is_noticed_and_made_up_for(visit: Visit, portal: Portal, intake: SentForm) -> None:
    gina, silent = visit(), {"now": False}

    def tunnel(route: object) -> None:
        server = route.connect_to_server()  # type: ignore[attr-defined]
        route.on_message(lambda words: None if silent["now"] else server.send(words))  # type: ignore[attr-defined]

    gina.context.route_web_socket(re.compile("_event"), tunnel)
    page = open_form(gina.sign_in("gina"), portal, intake, "section-2")
    silent["now"] = True
    page.get_by_label("Home address").fill("12 Quay Street")
    expect(page.get_by_text("Not saved yet. We keep trying, you can go on.")).to_be_visible()
    assert_good_for_everybody(page, "form-unsaved")
    silent["now"] = False
    saved(page)
    page.reload()
    expect(page.get_by_label("Home address")).to_have_value("12 Quay Street")


def test_leaving_for_another_page_waits_for_what_is_being_saved(visit: Visit, portal: Portal, intake: SentForm) -> None:
    page = open_form(visit().sign_in("gina"), portal, intake, "section-2")
    page.get_by_label("Home address").fill("12 Quay Street")
    page.get_by_role("navigation", name="Main").get_by_role("link", name="Forms").click()
    expect(page.get_by_role("heading", name="Forms", exact=True)).to_be_visible()
    open_form(page, portal, intake, "section-2")
    expect(page.get_by_label("Home address")).to_have_value("12 Quay Street")


def test_leaving_with_something_unsaved_asks(visit: Visit, portal: Portal, intake: SentForm) -> None:
    gina = visit()
    page = open_form(gina.sign_in("gina"), portal, intake, "section-2")
    gina.context.set_offline(True)
    page.get_by_label("Home address").fill("12 Quay Street")
    page.get_by_role("navigation", name="Main").get_by_role("link", name="Forms").click()
    asked = page.get_by_role("dialog", name="Some of what you wrote is not saved yet.")
    expect(asked).to_be_visible()
    assert_good_for_everybody(page, "form-leaving")
    asked.get_by_role("button", name="Stay here").click()
    expect(page.get_by_label("Home address")).to_have_value("12 Quay Street")
    gina.context.set_offline(False)
    saved(page)
    gina.complaints.clear()  # the browser notes every failed attempt to connect


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


def until_focused(page: Page, wanted: object) -> None:
    """Press Tab until a field has the focus."""
    for _ in range(8):
        if wanted.evaluate("node => node === document.activeElement"):  # type: ignore[attr-defined]
            return
        page.keyboard.press("Tab")
    expect(wanted).to_be_focused()  # type: ignore[call-overload]


def test_form_sent_from_elsewhere_keeps_what_was_not(visit: Visit, portal: Portal) -> None:
    consent, gina = forms.send_form(portal, "Milo", CONSENT), visit()
    page = open_form(gina.sign_in("gina"), portal, consent)
    fill_to_the_end(page)
    gina.context.set_offline(True)
    page.get_by_role("button", name=re.compile("Change: Your consent")).click()
    page.get_by_label("Questions you would like to talk about").fill("How long will it take?")
    portal.run("UPDATE form_assignment SET status = 'in_progress' WHERE id = ?", [consent.id])
    elsewhere = open_form(visit().sign_in("gina"), portal, consent, "check")
    sign(elsewhere, "Gina Park")
    gina.context.set_offline(False)
    expect(page.get_by_role("heading", name="What was not sent")).to_be_visible()
    expect(page.get_by_text("How long will it take?")).to_be_visible()
    gina.complaints.clear()  # the browser notes every failed attempt to connect


def test_grant_that_ends_empties_the_open_form(visit: Visit, portal: Portal, intake: SentForm) -> None:
    page = open_form(visit().sign_in("gina"), portal, intake, "section-2")
    page.get_by_label("Home address").fill("12 Quay Street")
    saved(page)
    ((grant,),) = portal.run(
        "SELECT g.id FROM contact_grant g JOIN contact c ON c.id = g.contact_id JOIN client l ON l.id = g.client_id"
        " WHERE c.given_name = 'Gina' AND l.given_name = 'Milo' AND g.permission = 'forms'"
    )
    portal.run("UPDATE contact_grant SET ended_at = CURRENT_TIMESTAMP WHERE id = ?", [grant])
    try:
        page.get_by_label("Home address").fill("Somewhere else")
        page.get_by_label("Home address").blur()
        expect(page.get_by_role("main").get_by_role("alert")).to_be_visible()
        assert page.get_by_label("Home address").count() == 0
    finally:
        portal.run("UPDATE contact_grant SET ended_at = NULL WHERE id = ?", [grant])


def test_form_of_somebody_else_is_not_there(visit: Visit, portal: Portal) -> None:
    foreign = forms.find_form(portal, "Casey", CONSENT)
    page = visit().sign_in("gina", f"/forms/{foreign.id}")
    expect(page.get_by_role("main").get_by_role("alert")).to_contain_text("could not find")


def test_idle_end_keeps_what_was_written_and_saves_it_after_signing_in_again(
    visit: Visit, portal: Portal, intake: SentForm
) -> None:
    page = open_form(visit().sign_in("gina"), portal, intake, "section-2")
    long_ago = (datetime.now(UTC) - timedelta(minutes=31)).strftime("%Y-%m-%d %H:%M:%S.%f")
    portal.run("UPDATE session SET touched_at = ?", [long_ago])
    page.get_by_label("Home address").fill("12 Quay Street")
    dialog = page.get_by_role("dialog", name="Please sign in again")
    dialog.get_by_label("Password").fill(PASSWORD)
    dialog.get_by_role("button", name="Sign in").click()
    expect(dialog).to_be_hidden()
    expect(page.get_by_label("Home address")).to_have_value("12 Quay Street")
    saved(page)
    page.reload()
    expect(page.get_by_label("Home address")).to_have_value("12 Quay Street")


def test_clinics_own_paperwork_is_imported_and_filled_in(visit: Visit, portal: Portal) -> None:
    assert "161" in forms.import_form(portal, CLINIC)
    paperwork = forms.send_form(portal, "Milo", "in-person")
    page = open_form(visit().sign_in("gina"), portal, paperwork)
    fill_section(page)
    assert_good_for_everybody(page, "clinic-first")
    count = fill_to_the_end(page)
    assert count >= 8
    assert_good_for_everybody(page, "clinic-review")
    sign(page, "Gina Park")
    staff = visit().sign_in("tess", f"/practice/answers/{paperwork.id}")
    expect(staff.get_by_text("The answers are exactly what was signed.")).to_be_visible()


HOSTILE = "<img src=x onerror=\"window.broken=1\"><script>window.broken=1</script>{{7*7}} 'quoted'"


def test_hostile_words_stay_words(visit: Visit, portal: Portal) -> None:
    option = {"valueCoding": {"code": "x", "display": HOSTILE}}
    question = {"linkId": "said", "type": "string", "text": f"Say {HOSTILE}"}
    choice = {"linkId": "chosen", "type": "choice", "text": HOSTILE, "answerOption": [option]}
    text = {"linkId": "told", "type": "display", "text": HOSTILE}
    forms.add_form(
        portal, "Hostile", [{"linkId": "g", "type": "group", "text": HOSTILE, "item": [text, question, choice]}]
    )
    hostile = forms.send_form(portal, "Milo", "Hostile")
    page = open_form(visit().sign_in("gina"), portal, hostile)
    page.get_by_role("textbox").fill(HOSTILE)
    page.get_by_role("radio").check()
    saved(page)
    press_next(page)
    sign(page, f"Gina Park {HOSTILE}")
    staff = visit().sign_in("tess", f"/practice/answers/{hostile.id}")
    for reader in (page, staff):
        expect(reader.get_by_text(HOSTILE).first).to_be_visible()
        assert reader.evaluate("window.broken") is None
        assert reader.locator("main img, main script").count() == 0


@pytest.mark.parametrize("path", ["/forms", "/forms?for=unknown"])
def test_list_of_forms_is_good_for_everybody(visit: Visit, path: str) -> None:
    page = visit().sign_in("gina", path)
    assert page.locator("h1").count() == 1
    assert_good_for_everybody(page, f"forms{len(path)}")


def test_form_is_good_for_everybody_section_by_section(visit: Visit, portal: Portal, intake: SentForm) -> None:
    page = open_form(visit().sign_in("gina"), portal, intake)
    for number in range(1, 7):
        fill_section(page)
        page.locator(".pf-sections summary").click()
        assert_good_for_everybody(page, f"form-section-{number}")
        press_next(page)
    assert_good_for_everybody(page, "form-check")


def test_form_is_usable_at_twice_the_text_size(visit: Visit, portal: Portal, intake: SentForm) -> None:
    page = open_form(on_a_phone(visit().sign_in("gina")), portal, intake)
    page.add_style_tag(content="html { font-size: 212.5% !important }")
    beyond = "parts => parts.filter(part => part.getBoundingClientRect().right > innerWidth + 1).length"
    assert page.locator(".pf *").evaluate_all(beyond) == 0
    for target in page.locator(".pf button:visible, .pf-option:visible, .pf-input:visible, .pf summary:visible").all():
        box = target.bounding_box()
        assert box
        assert box["height"] >= 44
