"""Whatever comes between, a cut line, an idle end, an ended grant: no word is lost or leaked."""

import re
from datetime import UTC, datetime, timedelta

from playwright.sync_api import WebSocketRoute, expect

from portal.demo.people import PASSWORD
from tests.e2e import forms
from tests.e2e.forms import CONSENT, SentForm, fill_to_the_end, on_a_phone, open_form, saved, sign
from tests.e2e.people import Visit, assert_good_for_everybody
from tests.e2e.site import Portal


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

    def tunnel(route: WebSocketRoute) -> None:
        server = route.connect_to_server()
        route.on_message(lambda words: None if silent["now"] else server.send(words))

    gina.context.route_web_socket(re.compile("_event"), tunnel)
    page = open_form(gina.sign_in("gina"), portal, intake, "section-2")
    silent["now"] = True
    page.get_by_label("Home address").fill("12 Quay Street")
    expect(page.get_by_text("Not saved yet, we keep trying. You can go on.")).to_be_visible()
    assert_good_for_everybody(page, "form-unsaved")
    silent["now"] = False
    saved(page)
    page.reload()
    expect(page.get_by_label("Home address")).to_have_value("12 Quay Street")


def test_long_queue_after_a_tunnel_is_saved_completely(visit: Visit, portal: Portal) -> None:
    questions = [{"linkId": f"q{number}", "type": "string", "text": f"Question {number}"} for number in range(30)]
    forms.add_form(portal, "Thirty questions", [{"linkId": "all", "type": "group", "text": "All", "item": questions}])
    thirty, gina = forms.send_form(portal, "Milo", "Thirty questions"), visit()
    page = open_form(gina.sign_in("gina"), portal, thirty)
    gina.context.set_offline(True)
    for number in range(30):
        page.get_by_label(f"Question {number}", exact=True).fill(f"Answer {number}")
    gina.context.set_offline(False)
    saved(page)
    stored = portal.run("SELECT count(*), max(revision) FROM form_answer WHERE assignment_id = ?", [thirty.id])
    assert stored == [(30, 1)]
    page.reload()
    expect(page.get_by_label("Question 29", exact=True)).to_have_value("Answer 29")
    gina.complaints.clear()  # the browser notes every failed attempt to connect


def test_whoever_stays_is_connected_again(visit: Visit, portal: Portal, intake: SentForm) -> None:
    gina = visit()
    page = open_form(gina.sign_in("gina"), portal, intake, "section-2")
    gina.context.set_offline(True)
    page.get_by_label("Home address").click()
    page.keyboard.type("12 Quay Street")
    asked: list[str] = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    page.close(run_before_unload=True)
    gina.context.set_offline(False)
    saved(page)
    assert asked == ["beforeunload"]
    gina.complaints.clear()  # the browser notes every failed attempt to connect


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
