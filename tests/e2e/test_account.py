"""The account page: each form says what it did, or what is wrong, where one is looking."""

from playwright.sync_api import Page, expect

from portal.demo.people import PASSWORD
from tests.e2e.people import Visit, assert_good_for_everybody, loaded
from tests.e2e.site import Portal

NEW_PASSWORD = "seven quiet lanterns"


def opened(page: Page, title: str) -> Page:
    """Open one of the cards."""
    page.locator("summary").filter(has_text=title).click()
    return page


def told(page: Page, sentence: str) -> None:
    """Expect the notice to say something."""
    expect(page.get_by_role("status").filter(has_text=sentence)).to_be_visible()


def test_name_is_changed_and_shown(visit: Visit) -> None:
    page = opened(visit().sign_in("morgan", "/account"), "Name")
    page.get_by_label("Your name").fill("Morgan Diaz-Reyes")
    page.get_by_role("button", name="Save name").click()
    told(page, "Your name is saved.")
    expect(page.locator("summary").first).to_contain_text("Morgan Diaz-Reyes")


def test_wrong_password_is_said_in_the_form_and_takes_the_focus(visit: Visit) -> None:
    page = opened(visit().sign_in("morgan", "/account"), "Password")
    page.get_by_label("Current password").fill("not this one, I think")
    page.get_by_label("New password").fill(NEW_PASSWORD)
    page.get_by_role("button", name="Change password").click()
    refused = page.locator("form").get_by_role("alert").filter(has_text="current password is not right")
    expect(refused).to_be_focused()
    assert page.get_by_label("New password").input_value() == NEW_PASSWORD
    assert_good_for_everybody(page, "account-refused")


def test_changed_password_ends_the_other_device(visit: Visit, portal: Portal) -> None:
    phone, desk = visit(), visit()
    elsewhere = phone.sign_in("quinn", "/account")
    page = opened(desk.sign_in("quinn", "/account"), "Password")
    page.get_by_label("Current password").fill(PASSWORD)
    page.get_by_label("New password").fill(NEW_PASSWORD)
    page.get_by_role("button", name="Change password").click()
    told(page, "Your password is changed.")
    expect(elsewhere).to_have_url(f"{portal.base}/login")
    assert page.get_by_label("New password").input_value() == ""


def test_new_address_waits_for_its_confirmation(visit: Visit) -> None:
    page = opened(visit().sign_in("tara", "/account"), "Email")
    page.get_by_label("New email").fill("tara.park@mail.example")
    page.get_by_label("Your password").fill(PASSWORD)
    page.get_by_role("button", name="Change email").click()
    told(page, "We sent a mail to the new address.")
    expect(page.get_by_text("Waiting for you to open the link")).to_be_visible()


def test_other_device_is_signed_out(visit: Visit, portal: Portal) -> None:
    phone, desk = visit(), visit()
    elsewhere = phone.sign_in("casey", "/account")
    page = loaded(desk.sign_in("casey", "/account"))
    page.get_by_role("button", name="Sign out Chrome on Linux").click()
    told(page, "That device is signed out.")
    expect(elsewhere).to_have_url(f"{portal.base}/login")
