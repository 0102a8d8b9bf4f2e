"""Nobody is signed out without a warning, and nobody loses a word."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Page, expect

from portal.demo.people import PASSWORD
from tests.e2e.people import Visit, assert_good_for_everybody, loaded
from tests.e2e.site import Portal

Away = Callable[[float], None]


@pytest.fixture
def away(portal: Portal) -> Away:
    """Let everybody have done nothing for some minutes."""

    def leave(minutes: float) -> None:
        touched = datetime.now(UTC) - timedelta(minutes=minutes)
        portal.run("UPDATE session SET touched_at = ?", [touched.strftime("%Y-%m-%d %H:%M:%S.%f")])

    return leave


def type_a_name(page: Page, words: str) -> None:
    """Write something and leave it unsaved."""
    page.locator("summary").filter(has_text="Name").click()
    page.get_by_label("Your name").fill(words)


def sign_in_again(page: Page, email: str = "gina@mail.example") -> None:
    dialog = page.get_by_role("dialog", name="Please sign in again")
    dialog.get_by_label("Email").fill(email)
    dialog.get_by_label("Password").fill(PASSWORD)
    dialog.get_by_role("button", name="Sign in").click()


def test_idle_person_is_warned_and_may_stay(visit: Visit, away: Away, portal: Portal) -> None:
    page = visit().sign_in("gina")
    page.clock.install()
    loaded(page.goto(portal.base + "/account") and page)
    type_a_name(page, "Gina Park-Lee")
    away(28.5)
    page.clock.fast_forward("28:30")
    warning = page.get_by_role("dialog", name="Are you still there?")
    expect(warning).to_contain_text("1:")
    assert_good_for_everybody(page, "idle-warning")
    warning.get_by_role("button", name="Stay signed in").click()
    expect(warning).to_be_hidden()
    expect(page.get_by_label("Your name")).to_have_value("Gina Park-Lee")
    ((latest,),) = portal.run("SELECT max(touched_at) FROM session WHERE ended_at IS NULL")
    assert datetime.fromisoformat(latest).replace(tzinfo=UTC) > datetime.now(UTC) - timedelta(minutes=1)


def test_idle_end_asks_for_the_password_and_keeps_every_word(visit: Visit, away: Away) -> None:
    page = visit().sign_in("gina", "/account")
    type_a_name(page, "Gina Park-Lee")
    away(31)
    dialog = page.get_by_role("dialog", name="Please sign in again")
    expect(dialog).to_be_visible()
    expect(dialog.get_by_label("Email")).to_have_value("gina@mail.example")
    assert_good_for_everybody(page, "idle-end")
    sign_in_again(page)
    expect(dialog).to_be_hidden()
    expect(page.get_by_label("Your name")).to_have_value("Gina Park-Lee")
    page.get_by_role("button", name="Save name").click()
    expect(page.get_by_role("status").filter(has_text="Your name is saved.")).to_be_visible()


def test_somebody_else_cannot_take_over_the_page(visit: Visit, away: Away) -> None:
    gina = visit()
    page = gina.sign_in("gina", "/account")
    type_a_name(page, "Private words")
    away(31)
    expect(page.get_by_role("dialog", name="Please sign in again")).to_be_visible()
    sign_in_again(page, "pete@mail.example")
    expect(page.get_by_role("dialog").get_by_role("alert")).to_contain_text("Somebody else opened this page")
    gina.complaints.clear()  # the browser notes the refusal as a failed request


def test_page_of_one_person_does_not_survive_another_signing_in(visit: Visit, away: Away) -> None:
    shared = visit()
    page = shared.sign_in("gina", "/account")
    type_a_name(page, "Private words")
    away(31)
    expect(page.get_by_role("dialog", name="Please sign in again")).to_be_visible()
    shared.sign_in("pete")
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    page.wait_for_url("**/home/")
    expect(page.get_by_role("button", name="Acting for")).to_contain_text("Milo Park")
    assert "Private words" not in page.content()
    shared.complaints.clear()  # while it was locked the page was refused its connection
