"""Asking for a time on a phone, deciding without a mouse, and the week of a therapist."""

import re
from datetime import datetime, timedelta
from uuid import uuid4

from playwright.sync_api import Page, expect
from vobject import readOne

from tests.e2e.people import Visit, assert_good_for_everybody, loaded
from tests.e2e.site import Portal


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
    box, day = entry.bounding_box(), tess.get_by_role("region", name=re.compile("^Saturday")).bounding_box()
    assert box is not None
    assert day is not None
    entry.hover()
    tess.mouse.down()
    tess.mouse.move(day["x"] + day["width"] / 2, box["y"] + box["height"] / 2, steps=6)
    tess.mouse.up()
    expect(tess.get_by_text("The appointment is moved.")).to_be_visible()
    entry = tess.get_by_role("region", name=re.compile("^Saturday")).locator("[data-item]")
    expect(entry).to_have_count(1)
    entry.press("Enter")
    panel = tess.get_by_role("dialog", name="Casey Lin")
    expect(panel).to_be_visible()
    assert_good_for_everybody(tess, "calendar-panel")
    panel.get_by_role("button", name="Cancel", exact=True).click()
    tess.get_by_role("button", name="Cancel the appointment").click()
    expect(tess.get_by_text("The appointment is cancelled.")).to_be_visible()
    tess.get_by_role("button", name="New appointment").click()
    panel = tess.get_by_role("dialog", name="New appointment")
    panel.get_by_label("Client", exact=True).fill("hadd om")
    panel.get_by_role("button", name="Choose Omar Haddad").click()
    tess.keyboard.type("lin")  # the search has the focus again
    panel.get_by_role("button", name="Choose Casey Lin").click()
    panel.get_by_role("button", name="Remove Casey Lin").click()
    expect(panel.get_by_role("list", name="Who comes").get_by_role("listitem")).to_have_count(1)
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


def test_casey_asks_from_another_zone_on_a_phone(visit: Visit) -> None:
    page = visit().sign_in("casey")
    page.context.new_cdp_session(page).send("Emulation.setTimezoneOverride", {"timezoneId": "America/Los_Angeles"})
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(page.url.split("/home")[0].rstrip("/") + "/p/harbor/new-appointment")
    loaded(page)
    page.get_by_role("button", name="Individual therapy").click()
    page.get_by_role("button", name="By video").click()
    when = page.get_by_role("region", name="When?")
    expect(when).to_contain_text("Times are in Los Angeles time.")
    time = when.get_by_role("listitem").first.get_by_role("button")
    expect(time).to_contain_text("New York time")
    time.click()
    expect(page.get_by_role("dialog", name="Your time")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    page.get_by_role("button", name="Request appointment").click()
    waiting = page.get_by_role("region", name="Requests").get_by_role("listitem").filter(has_text="By video")
    expect(waiting).to_contain_text("Waiting for Tess")
    expect(waiting).to_contain_text("New York time")


def test_requests_are_answered_without_a_mouse(visit: Visit) -> None:
    tess = loaded(visit().sign_in("tess", "/practice/requests"))
    waiting = tess.get_by_role("region", name="Waiting for an answer").get_by_role("listitem")
    answered = tess.get_by_role("region", name="Answered lately").get_by_role("listitem")
    before, confirmed = waiting.count(), answered.filter(has_text="Confirmed").count()
    assert before >= 2
    waiting.first.focus()
    tess.keyboard.press("ArrowDown")
    expect(waiting.nth(1)).to_be_focused()
    tess.keyboard.press("ArrowUp")
    tess.keyboard.press("d")
    panel = tess.get_by_role("dialog", name="Decline with other times")
    expect(panel).to_be_visible()
    panel.get_by_label("A message").focus()
    tess.keyboard.press("Escape")
    expect(panel).not_to_be_visible()
    waiting.first.focus()
    tess.keyboard.press("Enter")
    expect(waiting).to_have_count(before - 1)
    expect(tess.locator("[data-row]:focus")).to_have_count(1)
    tess.keyboard.press("u")
    expect(tess.get_by_text("Taken back. The request waits again.")).to_be_visible()
    expect(waiting).to_have_count(before)
    expect(answered.filter(has_text="Confirmed")).to_have_count(confirmed)


def until_nine_wait(portal: Portal) -> None:
    """Let as many people ask as on a busy day: copies of a request, each for another day."""
    columns = [name for _, name, *_ in portal.run("PRAGMA table_info(appointment_request)")]
    waiting = portal.run("SELECT * FROM appointment_request WHERE status = 'requested' ORDER BY starts_at")
    for days in range(30, 39 - len(waiting)):
        row = dict(zip(columns, waiting[0], strict=True)) | {
            "id": uuid4().hex,
            "operation_id": uuid4().hex,
            "note": None,
        }
        for name in ("starts_at", "ends_at"):
            row[name] = str(datetime.fromisoformat(row[name]) + timedelta(days=days)) + ".000000"
        portal.run(
            f"INSERT INTO appointment_request ({', '.join(columns)}) VALUES ({', '.join('?' * len(columns))})",
            [row[name] for name in columns],
        )


def test_nine_requests_between_two_sessions(visit: Visit, portal: Portal) -> None:
    until_nine_wait(portal)
    tess = loaded(visit().sign_in("tess", "/practice/requests"))
    icon = tess.get_by_role("link", name="Appointment requests")
    waiting = tess.get_by_role("region", name="Waiting for an answer").get_by_role("listitem")
    expect(waiting).to_have_count(9)
    expect(icon).to_have_text("9")
    waiting.first.focus()
    for left in range(8, -1, -1):
        taken = not tess.locator("[data-row]:focus").get_by_role("button", name=re.compile("^Confirm")).count()
        declined = taken or left % 3 == 0
        tess.keyboard.press("d" if declined else "Enter")
        if declined:
            expect(tess.get_by_role("heading", name="Decline with other times")).to_be_focused()
            for _ in range(2):
                tess.keyboard.press("Tab")
            expect(tess.get_by_label("A message")).to_be_focused()
            tess.keyboard.type("Please choose another time.")
            tess.get_by_role("dialog").get_by_role("button", name="Decline").press("Enter")
        expect(waiting).to_have_count(left)
        expect(icon).to_have_text(str(left) if left else "")
        expect(tess.locator("[data-row]:focus")).to_have_count(1)
    answered = tess.get_by_role("region", name="Answered lately").get_by_role("listitem")
    expect(answered.first).to_be_visible()
    answered.first.focus()
    tess.keyboard.press("u")
    expect(waiting).to_have_count(1)
    assert_good_for_everybody(tess, "requests-answered-all")


def test_the_calendar_file_in_the_mail_has_a_neutral_title(visit: Visit, portal: Portal) -> None:
    portal.run("UPDATE outbox_mail SET due_at = created_at WHERE kind = 'request_confirmed'")
    page = visit().tab("/dev/mail")
    link = page.get_by_role("link").filter(has_text="Your request was confirmed").first
    for _ in range(100):
        if link.count():
            break
        page.wait_for_timeout(200)
        page.reload()
    link.click()
    with page.expect_download() as download:
        page.get_by_role("link", name="Calendar file").click()
    event = readOne(download.value.path().read_text()).vevent
    assert download.value.suggested_filename == "appointment.ics"
    assert event.summary.value == "Appointment"
    assert event.dtend.value > event.dtstart.value


def test_gina_is_told_the_rule_three_hours_before(visit: Visit, portal: Portal) -> None:
    milo = "SELECT a.id FROM appointment a JOIN appointment_attendee t ON t.appointment_id = a.id JOIN client c ON "
    milo += "c.id = t.client_id WHERE c.given_name = 'Milo' ORDER BY a.starts_at DESC LIMIT 1"
    portal.run("UPDATE appointment SET status = 'cancelled' WHERE status = 'confirmed'")
    soon = "strftime('%Y-%m-%d %H:%M:%S.000000', 'now', '+{} minutes')"
    portal.run(
        f"UPDATE appointment SET status = 'confirmed', starts_at = {soon.format(180)}, ends_at = {soon.format(230)} "
        f"WHERE id = ({milo})"
    )
    gina = loaded(visit().sign_in("gina", "/appointments"))
    gina.get_by_role("button", name=re.compile("^Acting for")).click()
    gina.get_by_role("link", name=re.compile("Milo Park")).click()
    ahead = gina.get_by_role("region", name="Upcoming").get_by_role("listitem")
    expect(ahead).to_contain_text("Harbor Counseling asks for 24 hours' notice")
    expect(ahead).to_contain_text("Please call +1 212 555 0142.")
    expect(ahead.get_by_role("button", name="Cancel")).to_have_count(0)
    expect(gina.get_by_text("For Milo Park", exact=True)).to_be_visible()
    assert_good_for_everybody(gina, "appointments-rule")


def until_it_says(page: Page, address: str, words: str) -> None:
    """Read a calendar as a program does, until a choice that was just made is in it."""
    for _ in range(50):
        if words in page.request.get(address).text():
            return
        page.wait_for_timeout(100)
    raise AssertionError(f"{words!r} never appears")


def test_a_private_address_for_one_s_calendar(visit: Visit, portal: Portal) -> None:
    casey = loaded(visit().sign_in("casey", "/appointments"))
    casey.get_by_role("button", name="Your calendar").click()
    panel = casey.get_by_role("dialog", name="Appointments in your calendar")
    expect(panel).to_be_visible()
    assert_good_for_everybody(casey, "appointments-calendar")
    panel.get_by_role("button", name="Make an address").click()
    address = panel.get_by_role("textbox", name="Private address").input_value()
    assert_good_for_everybody(casey, "appointments-calendar-address")
    assert address.startswith(f"{portal.base}/calendar/")
    program = casey.request.get(address)
    assert program.status == 200
    assert "BEGIN:VCALENDAR" in program.text()
    panel.get_by_role("switch", name="Say what an appointment is").click()
    expect(panel.get_by_role("switch", name="Say what an appointment is")).to_be_checked()
    until_it_says(casey, address, "with Tess Rivera")
    panel.get_by_role("button", name="End it").click()
    casey.get_by_role("button", name="End it").last.click()
    expect(casey.get_by_text("The address is ended.")).to_be_visible()
    assert casey.request.get(address).status == 404
