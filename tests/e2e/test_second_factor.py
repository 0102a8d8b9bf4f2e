"""Codes at sign-in from the QR code to the second device, and the password once more before what matters."""

import time

import pyotp
from playwright.sync_api import Locator, Page, expect

from portal.demo.people import PASSWORD
from tests.e2e.people import Visit, assert_good_for_everybody, email_of, loaded
from tests.e2e.site import Portal

STEP = 30
"""How long a code lasts, in seconds."""


def section(page: Page) -> Locator:
    return page.get_by_role("region", name="Code at sign-in")


def set_up(page: Page) -> pyotp.TOTP:
    """Set codes up on the account page; returns the app. The code before the present one is used."""
    section(page).get_by_role("button", name="Set up codes").click()
    expect(section(page).get_by_role("img", name="QR code for your authenticator app")).to_be_visible()
    secret = section(page).get_by_role("group", name="No camera? Type this into the app instead:").inner_text()
    app = pyotp.TOTP(secret.replace(" ", ""))
    assert_good_for_everybody(page, "codes-set-up")
    section(page).get_by_label("Code from the app").fill("000000")
    section(page).get_by_role("button", name="Switch codes on").click()
    expect(section(page).get_by_role("alert").filter(has_text="That code is not right")).to_be_focused()
    in_good_time()
    section(page).get_by_label("Code from the app").fill(code_of(app, -1))
    section(page).get_by_role("button", name="Switch codes on").click()
    return app


def in_good_time() -> None:
    """Wait for the next code where this one ends in a moment: the one before it would be too old by then."""
    left = STEP - time.time() % STEP
    if left < 10:
        time.sleep(left)


def code_of(app: pyotp.TOTP, steps: int = 0) -> str:
    return app.at(int(time.time()), counter_offset=steps)


def test_codes_are_set_up_and_asked_for_from_then_on(visit: Visit, portal: Portal) -> None:
    page = visit().sign_in("morgan", "/account")
    app = set_up(page)
    codes = section(page).get_by_label("Your recovery codes")
    expect(codes).to_be_visible()
    recovery = codes.input_value().split("\n")
    assert len(recovery) == 10
    assert_good_for_everybody(page, "codes-recovery")
    section(page).get_by_role("button", name="I have kept them").click()
    expect(section(page)).to_contain_text("10 recovery codes are left.")

    device = visit()
    phone = device.tab("/login")
    phone.get_by_label("Email").fill(email_of("morgan"))
    phone.get_by_label("Password").fill(PASSWORD)
    phone.get_by_role("button", name="Sign in").click()
    expect(phone.locator("h1")).to_have_text("Enter your code")
    expect(phone.get_by_label("Code")).to_be_focused()
    assert_good_for_everybody(phone, "code")
    phone.get_by_label("Code").fill("123")
    phone.get_by_role("button", name="Sign in").click()
    expect(phone.get_by_role("alert")).to_contain_text("That code is not right")
    device.complaints.clear()  # the browser notes that the code was refused
    phone.get_by_label("Code").fill(code_of(app))
    phone.get_by_role("button", name="Sign in").click()
    expect(phone).to_have_url(f"{portal.base}/home/")
    loaded(phone)

    portal.run("UPDATE session SET touched_at = datetime('now', '-31 minutes')")
    dialog = phone.get_by_role("dialog", name="Please sign in again")
    expect(dialog).to_be_visible()
    dialog.get_by_label("Password").fill(PASSWORD)
    dialog.get_by_role("button", name="Sign in").click()
    expect(dialog.get_by_label("Code")).to_be_focused()
    assert_good_for_everybody(phone, "code-over-the-page")
    dialog.get_by_label("Code").fill(recovery[0])
    dialog.get_by_role("button", name="Sign in").click()
    expect(dialog).to_be_hidden()


def test_a_role_changes_once_the_password_was_given_again(visit: Visit, portal: Portal) -> None:
    device = visit()
    page = loaded(device.sign_in("avery", "/practice/team"))
    portal.run("UPDATE session SET stepped_up_at = NULL")
    people = page.get_by_role("region", name="Staff").get_by_role("listitem")
    row = people.filter(has=page.get_by_role("heading", name="Frank Doyle", exact=True))
    row.locator("summary").click()
    row.get_by_label("Role").select_option("biller")
    row.get_by_role("button", name="Save").click()
    dialog = page.get_by_role("dialog", name="Please confirm it is you")
    expect(dialog.get_by_label("Password")).to_be_focused()
    expect(dialog.get_by_label("Code from your app")).to_have_count(0)
    assert_good_for_everybody(page, "confirm-it-is-you")
    dialog.get_by_label("Password").fill("not this one")
    dialog.get_by_role("button", name="Confirm").click()
    expect(dialog.get_by_role("alert")).to_contain_text("That password is not right")
    device.complaints.clear()  # the browser notes that the password was refused
    dialog.get_by_role("button", name="Leave it").click()
    expect(dialog).to_be_hidden()
    expect(row).to_contain_text("Front desk")
    row.get_by_role("button", name="Save").click()
    dialog.get_by_label("Password").fill(PASSWORD)
    page.keyboard.press("Enter")
    expect(dialog).to_be_hidden()
    expect(row).to_contain_text("Biller")


def test_a_practice_that_asks_its_team_for_codes_stays_closed_until_then(visit: Visit, portal: Portal) -> None:
    page = loaded(visit().sign_in("lena", "/practice/settings"))
    page.goto(portal.base + "/account")
    app = set_up(loaded(page))
    section(page).get_by_role("button", name="I have kept them").click()
    page.goto(portal.base + "/practice/settings")
    switch = loaded(page).get_by_role("switch", name="Ask staff for a code at sign-in")
    switch.click()
    expect(switch).to_have_attribute("aria-checked", "true")
    assert_good_for_everybody(page, "settings-team")

    theo = visit().tab("/login")
    theo.get_by_label("Email").fill("theo@lakeside.example")
    theo.get_by_label("Password").fill(PASSWORD)
    theo.get_by_role("button", name="Sign in").click()
    expect(theo).to_have_url(f"{portal.base}/account/?set-up=second-factor")
    expect(theo.get_by_text("Until you have set it up, its pages stay closed to you.")).to_be_visible()
    assert_good_for_everybody(theo, "codes-required")
    theo.goto(portal.base + "/practice/clients")
    expect(theo.get_by_role("link", name="Set it up now")).to_be_visible()
    assert_good_for_everybody(theo, "codes-required-practice")
    theo.get_by_role("link", name="Set it up now").click()
    assert theo.get_by_role("navigation", name="Main").get_by_role("link").count() == 0
    set_up(theo)
    theo.get_by_role("link", name="Go to the practice pages").click()
    expect(theo.locator("h1")).to_have_text("Today")
    assert app.secret


def test_staff_help_a_client_sign_in_and_see_how_it_stands(visit: Visit) -> None:
    page = loaded(visit().sign_in("tess", "/practice/clients"))
    page.get_by_role("link", name="Casey Lin").first.click()
    part = page.get_by_role("region", name="Signing in")
    part.get_by_role("button", name="Help this client sign in").click()
    panel = page.get_by_role("dialog", name="Help this client sign in")
    expect(panel).to_be_visible()
    assert_good_for_everybody(page, "help-signing-in")
    panel.get_by_label("I called back the phone number on record, and spoke with them").check()
    panel.get_by_role("button", name="Mail the link").click()
    expect(panel).to_be_hidden()
    expect(part).to_contain_text("It waits until the client says that they asked for it.")
