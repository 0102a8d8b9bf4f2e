"""Money, as a family and a practice live it: Pete, Gina, Casey, Bea, and Lakeside where no card is taken."""

import re
from typing import Any
from uuid import UUID

import pytest
from playwright.sync_api import Page, expect

from portal.demo.people import PASSWORD
from tests.e2e.people import Visit, assert_good_for_everybody, loaded, navigation
from tests.e2e.site import Portal

PHONE: Any = {"width": 360, "height": 740}
PAID = "Paid. Your receipt is on its way by mail"


@pytest.fixture(scope="module")
def portal(portal_of_its_own: Portal) -> Portal:
    """The card processor inside it remembers what was paid."""
    return portal_of_its_own


@pytest.fixture(scope="module")
def milo(portal: Any) -> str:
    """The address part with which one acts for Milo."""
    ((found,),) = portal.run("SELECT id FROM client WHERE given_name = 'Milo'")
    return str(UUID(found))


def billing(visit: Visit, name: str, query: str = "") -> Page:
    """Somebody's billing page, on a phone."""
    page = visit().sign_in(name)
    page.set_viewport_size(PHONE)
    page.goto(page.url.split("/home", maxsplit=1)[0] + "/billing" + query)
    return loaded(page)


def tab(page: Page, name: str) -> None:
    """Go to a part of the page."""
    page.get_by_role("tab", name=name, exact=True).click()


def only_the_first(page: Page, count: int) -> None:
    """Choose the oldest session alone."""
    boxes = page.get_by_role("group", name="Choose what to pay").get_by_role("checkbox")
    expect(boxes).to_have_count(count)
    for place in range(1, count):
        boxes.nth(place).uncheck()


def pay_a_part(pete: Page) -> str:
    """Pete pays a part with a new card that he keeps, and his bank asks; returns the processor's page."""
    only_the_first(pete, 2)
    pete.get_by_label("Pay only a part").fill("25.00")
    pete.get_by_label("Keep a new card for next time").check()
    pete.get_by_role("button", name="Pay", exact=True).click()
    expect(pete.get_by_text("No money moves")).to_be_visible()
    processor = pete.url
    pete.get_by_label("asks its owner first").check()
    pete.get_by_role("button", name="Pay $25.00").click()
    pete.get_by_role("button", name="Yes, this is me").click()
    expect(pete.get_by_text(PAID)).to_be_visible()
    return processor


def test_pete_and_gina_pay_one_session_together(visit: Visit, milo: str) -> None:
    pete, gina = billing(visit, "pete", f"?for={milo}"), billing(visit, "gina", f"?for={milo}")
    expect(pete.get_by_text("Milo Park, 2 sessions, $140.00")).to_be_visible()
    assert navigation(pete) == ["Home", "Billing", "Account"]
    shown = pete.locator("main").inner_text()
    assert not re.search("therapy|Tess|Rivera|diagnos|superbill", shown, re.IGNORECASE)
    assert_good_for_everybody(pete, "billing-payer")
    pete.set_viewport_size(PHONE)
    processor = pay_a_part(pete)
    expect(pete.get_by_text("Milo Park, 2 sessions, $115.00")).to_be_visible()
    tab(pete, "Cards")
    expect(pete.get_by_role("region", name="Cards you keep")).to_contain_text("Visa ending in 3220")
    tab(pete, "Balance")

    # Gina's page follows within a second; she pays what is left of that session with her saved card.
    expect(gina.get_by_text("Milo Park, 2 sessions, $115.00")).to_be_visible(timeout=2000)
    only_the_first(gina, 2)
    gina.get_by_role("button", name="Pay", exact=True).click()
    asked = gina.get_by_role("dialog", name="Pay $45.00 now?")
    expect(asked).to_contain_text("Visa ending in")
    assert_good_for_everybody(gina, "billing-asks")
    asked.get_by_role("button", name="Not now").click()
    expect(gina.get_by_text("Milo Park, 2 sessions, $115.00")).to_be_visible()
    gina.get_by_role("button", name="Pay", exact=True).click()
    asked.get_by_role("button", name="Pay $45.00").dblclick()
    expect(gina.get_by_text(PAID)).to_be_visible()
    for page in (pete, gina):
        expect(page.get_by_text("Milo Park, 1 session, $70.00")).to_be_visible(timeout=2000)
    tab(gina, "History")
    expect(gina.get_by_role("region", name="Payments so far")).to_contain_text("paid by somebody else")

    # Back on the processor's page, and the success page opened by hand: nothing more happens.
    success = pete.url
    pete.goto(processor)
    expect(pete.get_by_text("This is done already")).to_be_visible()
    for _ in range(2):
        pete.goto(success)
    expect(loaded(pete).get_by_text("Milo Park, 1 session, $70.00")).to_be_visible()
    find_the_receipt(pete)
    remove_the_card_there(pete)


def find_the_receipt(pete: Page) -> None:
    """The receipt is under Account."""
    pete.get_by_role("navigation", name="Main").get_by_role("link", name="Account").click()
    receipts = pete.get_by_role("region", name="Your receipts")
    expect(receipts).to_contain_text("$25.00")
    expect(receipts).to_contain_text("Harbor Counseling")
    with pete.expect_download() as kept:
        receipts.get_by_role("link", name="Receipt").click()
    assert kept.value.path().read_bytes().startswith(b"%PDF-")
    assert_good_for_everybody(loaded(pete), "account-receipts")


def remove_the_card_there(pete: Page) -> None:
    """The card is under Account, too: it belongs to the login. Without one nothing is said of cards."""
    cards = pete.get_by_role("region", name="Cards you keep")
    expect(cards).to_contain_text("Harbor Counseling · Expires 12/2034")
    cards.get_by_role("button", name="Remove Visa ending in 3220, Harbor Counseling").click()
    question = pete.get_by_role("dialog", name="Remove this card?")
    assert_good_for_everybody(pete, "account-remove-card")
    question.get_by_role("button", name="Remove").click()
    expect(pete.get_by_text("The card is removed.")).to_be_visible()
    expect(cards).to_have_count(0)


def remove_a_card_and_take_a_statement(casey: Page) -> None:
    """What is behind the other tabs."""
    tab(casey, "Cards")
    cards = casey.get_by_role("region", name="Cards you keep")
    cards.get_by_role("button", name="Remove Mastercard ending in 0002").click()
    question = casey.get_by_role("dialog", name="Remove this card?")
    assert_good_for_everybody(casey, "billing-remove-card")
    question.get_by_role("button", name="Remove").click()
    expect(casey.get_by_text("The card is removed.")).to_be_visible()
    expect(cards).not_to_contain_text("Mastercard")
    tab(casey, "History")
    with casey.expect_download() as statement:
        casey.get_by_role("link", name="Download a statement").click()
    assert statement.value.path().read_bytes().startswith(b"%PDF-")


def test_casey_pays_three_and_bea_gives_half_of_it_back(visit: Visit) -> None:
    casey = billing(visit, "casey")
    expect(casey.get_by_text("Casey Lin, 3 sessions, $270.00")).to_be_visible()
    assert_good_for_everybody(casey, "billing-client")
    casey.set_viewport_size(PHONE)
    casey.get_by_role("button", name="Pay", exact=True).click()
    casey.get_by_role("button", name="Pay $270.00").click()
    expect(casey.get_by_text(PAID)).to_be_visible()
    expect(casey.get_by_text("Nothing is owed")).to_be_visible()
    remove_a_card_and_take_a_statement(casey)

    bea = visit().sign_in("bea", "/practice/billing")
    expect(bea.get_by_role("region", name="Who owes what")).not_to_contain_text("Casey Lin")
    assert_good_for_everybody(bea, "books")
    bea.get_by_label("Find a client").fill("casey")
    bea.get_by_role("button", name="Open Casey Lin").click()
    expect(bea.get_by_role("heading", name="Casey Lin")).to_be_visible()
    assert_good_for_everybody(bea, "books-account")
    bea.get_by_text("Give a refund").first.click()
    bea.get_by_label("How much").first.fill("135.00")
    bea.get_by_text("The amount is owed again").first.click()
    bea.get_by_role("button", name="Give back").first.click()
    ask = bea.get_by_role("dialog")
    if ask.count():
        ask.get_by_label("Password").fill(PASSWORD)
        ask.get_by_role("button", name="Confirm").click()
    expect(bea.get_by_text("The refund is given.")).to_be_visible()
    tab(casey, "Balance")
    expect(casey.get_by_text("Casey Lin, 2 sessions, $135.00")).to_be_visible(timeout=2000)
    tab(casey, "History")
    expect(casey.get_by_role("region", name="Payments so far")).to_contain_text("Refund")


def test_where_no_card_is_taken_nobody_is_offered_to_pay(visit: Visit) -> None:
    quinn = visit().sign_in("quinn")
    assert "Billing" not in navigation(quinn)
    lena = visit().sign_in("lena", "/practice/billing")
    expect(lena.get_by_text("Card processing is not connected")).to_be_visible()
    assert_good_for_everybody(lena, "books-not-connected")


def test_the_open_tab_stands_in_the_address_and_keeps_what_is_typed(visit: Visit) -> None:
    """By keyboard alone, on a phone; a reload and a link come back to it, a tab that is not there opens the first."""
    gina = billing(visit, "gina")
    tabs = gina.get_by_role("tablist", name="Billing").get_by_role("tab")
    expect(tabs).to_have_text(["Balance", "History", "Cards", "Insurance"])
    tabs.first.focus()
    gina.keyboard.press("ArrowLeft")
    expect(tabs.last).to_be_focused()
    expect(tabs.last).to_have_attribute("aria-selected", "true")
    expect(gina.get_by_role("tabpanel", name="Insurance")).to_be_visible()
    expect(gina.get_by_role("tabpanel")).to_have_count(1)
    gina.get_by_role("button", name="Add insurance").click()
    gina.get_by_label("Member ID").fill("W1")
    tabs.last.focus()
    gina.keyboard.press("Home")
    expect(gina.get_by_role("tabpanel", name="Balance")).to_be_visible()
    gina.keyboard.press("End")
    expect(gina.get_by_label("Member ID")).to_have_value("W1")
    assert gina.url.endswith("#insurance")
    gina.reload()
    expect(loaded(gina).get_by_role("tabpanel", name="Insurance")).to_be_visible()
    assert_good_for_everybody(gina, "billing-tabs")
    gina.goto(gina.url.replace("#insurance", "#nothing"))
    gina.reload()
    expect(loaded(gina).get_by_role("tabpanel", name="Balance")).to_be_visible()
