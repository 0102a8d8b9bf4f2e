"""A tab that dies with something unsaved: after signing in again on that device it is there, and for nobody else."""

import re
from itertools import count

from playwright.sync_api import Page, WebSocketRoute, expect

from tests.e2e import forms
from tests.e2e.forms import SentForm, open_form, saved
from tests.e2e.people import Visit, Visitor, assert_good_for_everybody
from tests.e2e.site import Portal

WORDS = "What I wrote in the tunnel"
JOURNALS = "Object.entries(localStorage).filter(([name]) => name.startsWith('portico:journal:'))"
TITLES = (f"Tell us {number}" for number in count(1))


def write_in_a_tunnel(gina: Visitor, portal: Portal, form: SentForm, silent: dict[str, bool]) -> Page:
    """Write something while nothing gets through, until it is kept in the browser."""
    silent["now"] = False

    def tunnel(route: WebSocketRoute) -> None:
        server = route.connect_to_server()
        route.on_message(lambda words: None if silent["now"] else server.send(words))

    gina.context.route_web_socket(re.compile("_event"), tunnel)
    page = open_form(gina.sign_in("gina"), portal, form)
    silent["now"] = True
    page.get_by_label("Tell us more").click()
    page.keyboard.type(WORDS)
    journals(page, 1)
    expect(page.get_by_text("Not saved yet, we keep trying.")).to_be_visible()
    return page


def journals(page: Page, wanted: int) -> None:
    """Wait until the browser keeps so many journals."""
    page.evaluate(
        f"async () => {{ while ({JOURNALS}.length !== {wanted}) await new Promise((go) => setTimeout(go, 50)); }}"
    )


def the_form(portal: Portal) -> SentForm:
    title = next(TITLES)
    forms.add_form(portal, title, [{"linkId": "more", "type": "text", "text": "Tell us more"}])
    return forms.send_form(portal, "Milo", title)


def test_what_was_written_comes_back_after_the_tab_was_killed(visit: Visit, portal: Portal) -> None:
    form, gina, silent = the_form(portal), visit(), {"now": True}
    page = write_in_a_tunnel(gina, portal, form, silent)
    kept = page.evaluate(JOURNALS)
    assert WORDS not in str(kept)
    assert "tunnel" not in str(kept)
    page.close()
    portal.run("UPDATE session SET ended_at = CURRENT_TIMESTAMP")
    silent["now"] = False
    gina.context.clear_cookies(name=re.compile("portico_session"))
    again = open_form(gina.sign_in("gina"), portal, form)
    expect(again.get_by_label("Tell us more")).to_have_value(WORDS)
    expect(again.get_by_text("We brought back 1 answer that was not saved.")).to_be_visible()
    saved(again)
    journals(again, 0)
    assert_good_for_everybody(again, "form-brought-back")
    again.reload()
    expect(again.get_by_label("Tell us more")).to_have_value(WORDS)
    gina.complaints.clear()  # the browser notes that the session had ended


def test_words_of_a_tab_that_lives_are_its_own(visit: Visit, portal: Portal) -> None:
    form, gina = the_form(portal), visit()
    one = open_form(gina.sign_in("gina"), portal, form)
    other = open_form(gina.tab(), portal, form)
    one.get_by_label("Tell us more").fill("Saved here")
    saved(one)
    other.get_by_label("Tell us more").fill(WORDS)
    choice = other.get_by_role("group", name="There are two different answers")
    expect(choice).to_be_visible()
    journals(other, 1)
    look_again(one)
    expect(one.get_by_label("Tell us more")).to_have_value("Saved here")
    assert len(one.evaluate(JOURNALS)) == 1
    other.close()
    look_again(one)
    expect(one.get_by_label("Tell us more")).to_have_value(WORDS)
    expect(one.get_by_role("group", name="There are two different answers")).to_be_visible()


def test_reloading_a_page_brings_its_own_words_back(visit: Visit, portal: Portal) -> None:
    form, gina, silent = the_form(portal), visit(), {"now": True}
    page = write_in_a_tunnel(gina, portal, form, silent)
    silent["now"] = False
    page.on("dialog", lambda dialog: dialog.accept())
    look_again(page)
    expect(page.get_by_label("Tell us more")).to_have_value(WORDS)
    saved(page)
    journals(page, 0)


def look_again(page: Page) -> None:
    """Reload the form, and give it the time to bring back what is kept."""
    with page.expect_response("**/auth/journal-key"):
        page.reload()
    page.wait_for_timeout(700)


def test_signing_out_everywhere_ends_what_was_kept(visit: Visit, portal: Portal) -> None:
    form, gina, silent = the_form(portal), visit(), {"now": True}
    page = write_in_a_tunnel(gina, portal, form, silent)
    page.close()
    silent["now"] = False
    account = gina.tab("/account")
    account.get_by_role("button", name=re.compile("Sign out everywhere")).click()
    account.wait_for_url(re.compile("/login"))
    again = open_form(gina.sign_in("gina"), portal, form)
    journals(again, 0)
    expect(again.get_by_label("Tell us more")).to_have_value("")
    gina.complaints.clear()  # the browser notes that the session had ended


def test_signing_out_with_something_unsaved_asks(visit: Visit, portal: Portal) -> None:
    form, gina, silent = the_form(portal), visit(), {"now": True}
    page = write_in_a_tunnel(gina, portal, form, silent)
    page.get_by_role("button", name="Sign out").first.click()
    asked = page.get_by_role("dialog", name="Some of what you wrote is not saved yet.")
    expect(asked).to_contain_text("waits on this device for three days")
    assert_good_for_everybody(page, "form-signing-out")
    asked.get_by_role("button", name="Stay here").click()
    expect(page.get_by_label("Tell us more")).to_have_value(WORDS)
    page.get_by_role("button", name="Sign out").first.click()
    asked.get_by_role("button", name="Leave").click()
    page.wait_for_url(re.compile("/login"))
    gina.complaints.clear()  # the browser notes what it could not send
