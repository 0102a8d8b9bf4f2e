"""Organization, Client Portal: what an administrator decides, and what it does to other people's open pages."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from portal.settings.catalog import CATALOG, SettingName
from tests.e2e.people import Visit, Visitor, assert_good_for_everybody, loaded, navigation

FEATURES = [
    "Allow Client Payments through Client Portal",
    "Allow Secure Messaging through Client Portal",
    "Allow Clients Self-Scheduling through Client Portal",
    "Display Insurance Info",
    "Allow Clients to Add New Insurance Payers",
    "Allow Client Portal Access for Client Contacts",
    "Hide location address on intake forms",
    "Allow client sign-up on Client Portal",
]
CREATED = CATALOG[SettingName.NOTIFY_CREATED].label
CONTACTS, SCHEDULING, HIDE, INSURANCE = FEATURES[5], FEATURES[2], FEATURES[6], FEATURES[3]


def settings_of(visitor: Visitor, name: str) -> Page:
    """Open the settings as somebody."""
    return loaded(visitor.sign_in(name, "/practice/settings"))


def switch(page: Page, label: str) -> Locator:
    return page.get_by_role("switch", name=label, exact=True)


def is_(page: Page, label: str, on: bool) -> None:
    expect(switch(page, label)).to_have_attribute("aria-checked", "true" if on else "false")


def history(page: Page) -> Locator:
    return page.get_by_role("region", name="History of changes").get_by_role("listitem")


def undo(page: Page) -> None:
    page.get_by_role("button", name="Undo", exact=True).click()


def test_the_page_has_every_switch_by_its_label(visit: Visit) -> None:
    page = visit().sign_in("avery")
    page.get_by_role("navigation", name="Main").get_by_role("link", name="Organization").click()
    expect(page.locator("h1")).to_have_text("Client Portal")
    loaded(page)
    names = [one.get_attribute("id") for one in page.get_by_role("switch").all()]
    assert len(names) == 16
    for label in FEATURES:
        is_(page, label, on=True)
    expect(page.get_by_role("navigation", name="Main").locator("[aria-current=page]")).to_have_text("Organization")
    assert page.title().startswith("Client Portal · ")


def test_a_change_is_shown_at_once_and_taken_back(visit: Visit) -> None:
    page = settings_of(visit(), "avery")
    switch(page, INSURANCE).click()
    question = page.get_by_role("dialog")
    expect(question).to_contain_text("The insurance of 1 client was sent in and waits: it stays")
    question.get_by_role("button", name="Switch it off").click()
    is_(page, INSURANCE, on=False)
    expect(page.get_by_text(f"{INSURANCE}: now off.")).to_be_visible()
    payers = switch(page, "Allow Clients to Add New Insurance Payers")
    expect(payers).to_have_attribute("aria-disabled", "true")
    expect(payers).to_have_accessible_description(re.compile("Switch on “Display Insurance Info” first"))
    undo(page)
    is_(page, INSURANCE, on=True)
    expect(payers).to_have_attribute("aria-checked", "true")
    expect(history(page).first).to_contain_text("From off to on")
    expect(history(page).nth(1)).to_contain_text("From on to off")
    expect(history(page).first).to_contain_text("Avery Stone")
    assert_good_for_everybody(page, "settings-undo")


@pytest.mark.parametrize(
    ("place", "told"),
    [
        (0, "clients have something to pay: what is owed stays"),
        (1, "There are conversations about"),
        (4, "has sent in a payer that is not on your list"),
    ],
)
def test_what_is_switched_off_says_whom_it_reaches(visit: Visit, place: int, told: str) -> None:
    page = settings_of(visit(), "avery")
    switch(page, FEATURES[place]).click()
    question = page.get_by_role("dialog")
    expect(question).to_contain_text(told)
    question.get_by_role("button", name="Leave it on").click()
    is_(page, FEATURES[place], on=True)


def test_hours_are_there_while_self_scheduling_is_on(visit: Visit) -> None:
    page = settings_of(visit(), "avery")
    field = page.get_by_label("Hours of notice to request")
    field.fill("9999")
    field.press("Enter")
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(page.get_by_text("Please enter whole hours, from 0 to 720.")).to_be_visible()
    field.fill("48")
    field.press("Enter")
    expect(history(page).first).to_contain_text("From 24 hours to 48 hours")
    undo(page)
    expect(field).to_have_value("24")
    switch(page, SCHEDULING).click()
    page.get_by_role("dialog").get_by_role("button", name="Switch it off").click()
    expect(field).to_have_count(0)
    undo(page)
    expect(field).to_have_value("24")


def test_contacts_lose_access_without_a_reload_after_a_question(visit: Visit) -> None:
    avery, gina = visit(), visit()
    page, home = settings_of(avery, "avery"), gina.sign_in("gina")
    expect(home.get_by_role("heading", name="For Milo")).to_be_visible()
    switch(page, CONTACTS).click()
    question = page.get_by_role("dialog")
    expect(question).to_contain_text("2 people in contact networks lose access at once")
    assert_good_for_everybody(page, "settings-question")
    question.get_by_role("button", name="Leave it on").click()
    is_(page, CONTACTS, on=True)
    expect(switch(page, CONTACTS)).to_be_focused()
    switch(page, CONTACTS).click()
    question.get_by_role("button", name="Switch it off").click()
    is_(page, CONTACTS, on=False)
    expect(home.get_by_role("heading", name="For Milo")).to_have_count(0)
    home.get_by_role("button", name="Acting for").click()
    expect(home.get_by_text("When a practice lets you act")).to_be_visible()
    undo(page)
    is_(page, CONTACTS, on=True)
    expect(home.get_by_role("heading", name="For Milo")).to_be_visible()


def test_showing_an_address_is_asked_twice(visit: Visit) -> None:
    page = settings_of(visit(), "avery")
    switch(page, HIDE).click()
    question = page.get_by_role("dialog")
    expect(question).to_contain_text("14 Pier Street")
    expect(question).not_to_contain_text("8 Shore Road")
    question.get_by_role("button", name="Show the address").click()
    expect(question).to_contain_text("Please confirm once more")
    is_(page, HIDE, on=True)
    question.get_by_role("button", name="Show the address").click()
    is_(page, HIDE, on=False)
    undo(page)
    is_(page, HIDE, on=True)


def test_what_is_missing_is_said_in_words(visit: Visit) -> None:
    page = settings_of(visit(), "lena")
    payments, messaging = switch(page, FEATURES[0]), switch(page, FEATURES[1])
    expect(payments).to_have_attribute("aria-disabled", "true")
    expect(payments).to_have_accessible_description(re.compile("Connect card processing first"))
    payments.click(force=True)
    is_(page, FEATURES[0], on=False)
    messaging.click()
    is_(page, FEATURES[1], on=True)
    expect(messaging).to_have_accessible_description(re.compile("Nobody is subscribed to messaging yet"))
    assert_good_for_everybody(page, "settings-lena")
    undo(page)
    is_(page, FEATURES[1], on=False)


def test_another_administrators_page_follows(visit: Visit) -> None:
    one, other = (settings_of(visit(), "avery") for _ in range(2))
    switch(one, "Creates an appointment").click()
    is_(other, "Creates an appointment", on=False)
    undo(one)
    is_(other, "Creates an appointment", on=True)


def test_shortcuts_can_be_copied_and_scanned(visit: Visit) -> None:
    avery = visit()
    avery.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = settings_of(avery, "avery")
    link = page.get_by_label("Login link", exact=True).input_value()
    assert link == f"{avery.portal.base}/p/harbor/login"
    page.get_by_role("button", name="Copy Login link").click()
    expect(page.get_by_text("Copied")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == link
    picture = page.get_by_role("img", name="QR code of the Login link")
    assert picture.evaluate("one => one.complete && one.naturalWidth > 0")
    invitation = page.get_by_label("New Invitation link", exact=True).input_value()
    assert invitation == f"{avery.portal.base}/p/harbor/join"
    appointment = page.get_by_label("New Appointment link", exact=True).input_value()
    assert appointment == f"{avery.portal.base}/p/harbor/new-appointment"
    expect(page.get_by_text("should not be shared with clients who have already been added")).to_be_visible()


def test_clients_are_managed_below_what_holds_for_everybody(visit: Visit) -> None:
    page = settings_of(visit(), "avery")
    page.get_by_role("navigation", name="On this page").get_by_role("link", name="Manage Clients").click()
    clients = page.get_by_role("region", name="Manage Clients")
    expect(clients.get_by_role("heading", name="Manage Clients")).to_be_in_viewport()
    clients.get_by_label("Search").fill("mil")
    expect(clients.get_by_text("1 client", exact=True)).to_be_visible()
    expect(clients.get_by_role("link", name="Milo Park", exact=True)).to_be_visible()
    clients.get_by_role("checkbox").check()
    expect(clients.get_by_role("button", name="Invite")).to_be_visible()


def test_by_keyboard(visit: Visit) -> None:
    page = settings_of(visit(), "avery")
    switch(page, CREATED).focus()
    page.keyboard.press("Space")
    is_(page, CREATED, on=False)
    undo(page)
    switch(page, CONTACTS).focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()
    is_(page, CONTACTS, on=True)


def test_the_page_is_good_for_everybody(visit: Visit) -> None:
    page = settings_of(visit(), "avery")
    assert page.locator("h1").count() == 1
    assert_good_for_everybody(page, "settings-avery")


@pytest.mark.parametrize("name", ["tess", "bea", "frank"])
def test_others_see_how_it_stands_and_change_nothing(visit: Visit, name: str) -> None:
    page = visit().sign_in(name)
    assert "Organization" not in navigation(page)
    page.get_by_role("link", name="How the client portal is set up").click()
    expect(page.get_by_text("Only an administrator can change it")).to_be_visible()
    for one in page.get_by_role("switch").all():
        expect(one).to_have_attribute("aria-disabled", "true")
    switch(page, INSURANCE).click(force=True)
    is_(page, INSURANCE, on=True)
    expect(page.get_by_label("New Invitation link", exact=True)).to_be_visible()
    for hidden in ("History of changes", "Manage Clients", "Answering messages"):
        expect(page.get_by_role("heading", name=hidden)).to_have_count(0)
