"""Asking for a time on a phone, deciding without a mouse, and the week of a therapist."""

import re

from playwright.sync_api import Page, expect

from tests.e2e.people import Visit, assert_good_for_everybody, loaded


def ask(page: Page, note: str = "") -> str:
    """Pick the first free time in the office and send the request; returns the day and time."""
    page.get_by_role("button", name="Individual therapy").click()
    page.get_by_role("button", name="Harbor office").click()
    day = page.get_by_role("region", name="When?").get_by_role("listitem").first
    expect(day).to_be_visible()
    day.get_by_role("button").click()
    panel = page.get_by_role("dialog", name="Your time")
    expect(panel).to_be_visible()
    picked = panel.locator("p.text-lg").inner_text()
    panel.get_by_label("A note for your therapist").fill(note)
    assert_good_for_everybody(page, "appointments-picked")
    panel.get_by_role("button", name="Request appointment").click()
    return picked


def test_casey_asks_and_tess_confirms_with_enter(visit: Visit) -> None:
    tess = loaded(visit().sign_in("tess", "/practice/requests"))
    icon = tess.get_by_role("link", name="Appointment requests")
    before = int(icon.inner_text())
    assert_good_for_everybody(tess, "requests")
    casey = loaded(visit().sign_in("casey", "/p/harbor/new-appointment"))
    expect(casey).to_have_url(re.compile("/appointments/new"))
    assert_good_for_everybody(casey, "appointments-new")
    ask(casey, "Something <b>new</b>")
    expect(casey.get_by_text("Waiting for Tess").first).to_be_visible()
    assert_good_for_everybody(casey, "appointments")
    expect(icon).to_have_text(str(before + 1))
    row = tess.get_by_role("listitem").filter(has_text="Something <b>new</b>")
    row.focus()
    tess.keyboard.press("Enter")
    expect(tess.get_by_role("region", name="Answered lately")).to_contain_text("Casey Lin")
    expect(casey.get_by_role("region", name="Upcoming").get_by_role("listitem")).to_have_count(2)
    expect(icon).to_have_text(str(before))


def test_tess_declines_with_other_times_and_gina_takes_one_for_milo(visit: Visit) -> None:
    tess = loaded(visit().sign_in("tess", "/practice/requests"))
    row = tess.get_by_role("region", name="Waiting for an answer").get_by_role("listitem").filter(has_text="Milo Park")
    row.focus()
    tess.keyboard.press("d")
    panel = tess.get_by_role("dialog", name="Decline with other times")
    expect(panel).to_be_visible()
    assert_good_for_everybody(tess, "requests-decline")
    panel.get_by_label("A message").fill("Would one of these do?")
    panel.get_by_role("button", name="Decline").click()
    expect(tess.get_by_role("region", name="Answered lately")).to_contain_text("Milo Park")
    assert_good_for_everybody(tess, "requests-answered")
    gina = loaded(visit().sign_in("gina", "/appointments"))
    gina.get_by_role("button", name=re.compile("^Acting for")).click()
    gina.get_by_role("link", name=re.compile("Milo Park")).click()
    declined = gina.get_by_role("region", name="Requests").get_by_role("listitem").first
    expect(declined).to_contain_text("Would one of these do?")
    assert_good_for_everybody(gina, "appointments-declined")
    declined.get_by_role("button").first.click()
    expect(gina.get_by_text("The appointment is confirmed.")).to_be_visible()
    assert_good_for_everybody(gina, "appointments-gina")


def test_the_week_is_changed_by_mouse_and_keyboard(visit: Visit) -> None:
    tess = loaded(visit().sign_in("tess", "/practice/calendar"))
    tess.get_by_role("button", name="Later week").click()
    assert_good_for_everybody(tess, "calendar")
    entry = tess.locator("[data-item]").filter(has_text="Casey Lin").first
    box = entry.bounding_box()
    assert box is not None
    before = entry.inner_text()
    entry.hover()
    tess.mouse.down()
    tess.mouse.move(box["x"] + 20, box["y"] + 150, steps=6)
    tess.mouse.up()
    expect(tess.get_by_text("The appointment is moved.")).to_be_visible()
    expect(entry).not_to_have_text(before)
    entry.press("Enter")
    panel = tess.get_by_role("dialog", name="Casey Lin")
    expect(panel).to_be_visible()
    assert_good_for_everybody(tess, "calendar-panel")
    panel.get_by_role("button", name="Cancel", exact=True).click()
    expect(tess.get_by_text("The appointment is cancelled.")).to_be_visible()
    tess.get_by_role("button", name="New appointment").click()
    panel = tess.get_by_role("dialog", name="New appointment")
    panel.get_by_label("Client").select_option("Omar Haddad")
    panel.get_by_label("Time").fill("07:15")
    assert_good_for_everybody(tess, "calendar-new")
    panel.get_by_role("button", name="Make appointment").click()
    expect(tess.get_by_text("The appointment is made.")).to_be_visible()


def test_a_week_of_hours_in_two_minutes(visit: Visit) -> None:
    tess = loaded(visit().sign_in("tess", "/practice/availability"))
    assert_good_for_everybody(tess, "hours")
    tess.get_by_role("button", name="Add hours").click()
    panel = tess.get_by_role("dialog", name="Add hours")
    panel.get_by_label("Friday").check()
    panel.get_by_label("Saturday").check()
    panel.get_by_label("From").fill("09:00")
    panel.get_by_label("Until").fill("12:00")
    assert_good_for_everybody(tess, "hours-add")
    panel.get_by_role("button", name="Add hours").click()
    expect(tess.get_by_role("heading", name="Saturday")).to_be_visible()
    tess.get_by_role("button", name="Add days away").click()
    panel = tess.get_by_role("dialog", name="Add days away")
    panel.get_by_label("First day").fill("2027-03-12")
    panel.get_by_label("Last day").fill("2027-03-16")
    panel.get_by_role("button", name="Add days away").click()
    expect(tess.get_by_role("region", name="Away and extra days")).to_contain_text("12 March 2027")


def test_who_takes_no_requests_still_sees_their_own(visit: Visit) -> None:
    morgan = loaded(visit().sign_in("morgan", "/appointments"))
    expect(morgan.get_by_role("region", name="Past").get_by_role("listitem").first).to_be_visible()
    expect(morgan.get_by_role("link", name="Request appointment")).to_have_count(0)
    bea = loaded(visit().sign_in("bea", "/practice/calendar"))
    expect(bea.get_by_text("You see dates and services.")).to_be_visible()
    expect(bea.get_by_role("button", name="New appointment")).to_have_count(0)
    expect(bea.get_by_role("link", name="Appointment requests")).to_have_count(0)
