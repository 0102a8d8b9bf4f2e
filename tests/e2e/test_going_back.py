"""The browser's way back: to the list as it was, what was looked for in it, as far down, on the link that led away."""

from playwright.sync_api import Page, expect

from tests.e2e.people import Visit, loaded
from tests.e2e.site import Portal

PHONE = {"width": 360, "height": 500}


def _down(page: Page, much: int) -> int:
    page.evaluate("(much) => window.scrollTo(0, much)", much)
    page.wait_for_function("(much) => Math.abs(window.scrollY - much) < 2", arg=much)
    return much


def _is_back(page: Page, address: str, depth: int) -> None:
    expect(page).to_have_url(address)
    page.wait_for_function("(depth) => Math.abs(window.scrollY - depth) < 2", arg=depth)
    loaded(page)
    page.wait_for_timeout(1000)  # what comes in later must not move it away again
    assert abs(int(page.evaluate("window.scrollY")) - depth) < 2


def _opened(page: Page, name: str, heading: str) -> None:
    page.get_by_role("main").get_by_role("link", name=name).first.evaluate("link => link.click()")
    expect(page.locator("h1")).to_have_text(heading)
    loaded(page)
    assert page.evaluate("window.scrollY") == 0, "a page that is opened begins at its beginning"


def test_from_a_client_to_the_list_with_what_was_looked_for(visit: Visit, portal: Portal) -> None:
    page = visit().sign_in("avery", "/practice/clients")
    page.set_viewport_size(PHONE)
    page.get_by_label("Search").fill("park")
    expect(page.get_by_text("3 clients")).to_be_visible()
    address, depth = page.url, _down(page, 400)
    _opened(page, "Tara Park", "Tara Park")
    page.go_back()
    _is_back(page, address, depth)
    expect(page.get_by_label("Search")).to_have_value("park")
    expect(page.get_by_text("3 clients")).to_be_visible()


def test_from_the_builder_to_the_library(visit: Visit, portal: Portal) -> None:
    page = visit().sign_in("tess", "/practice/forms")
    page.set_viewport_size(PHONE)
    address, depth = page.url, _down(page, 1100)
    _opened(page, "Edit Rules of the group", "Rules of the group")
    page.go_back()
    _is_back(page, address, depth)
    page.go_forward()
    expect(page.locator("h1")).to_have_text("Rules of the group")


def test_from_a_conversation_to_what_was_looked_for(visit: Visit, portal: Portal) -> None:
    page = visit().sign_in("tess", "/practice/messages")
    page.set_viewport_size(PHONE)
    rows = page.get_by_role("list", name="Messages").get_by_role("listitem")
    everything = rows.count()
    page.get_by_label("Name or subject").fill("sleep")
    page.get_by_role("button", name="Find").click()
    expect(rows).to_have_count(1)
    address = page.url
    rows.get_by_role("link").click()
    expect(page.locator("h1")).to_have_text("Sleep")
    page.go_back()
    expect(page).to_have_url(address)
    expect(page.get_by_label("Name or subject")).to_have_value("sleep")
    expect(rows).to_have_count(1)
    page.get_by_role("button", name="Show everything").click()
    expect(rows).to_have_count(everything)
    assert everything > 1


def test_from_a_form_to_the_list_and_to_the_link(visit: Visit, portal: Portal) -> None:
    page = visit().sign_in("casey", "/forms")
    page.set_viewport_size({"width": 360, "height": 300})
    address, depth = page.url, _down(page, 200)
    link = page.get_by_role("main").get_by_role("link", name="PHQ-9").first
    link.focus()
    depth = int(page.evaluate("window.scrollY"))
    page.keyboard.press("Enter")
    expect(page.locator("#pf-heading")).to_be_visible()
    page.go_back()
    _is_back(page, address, depth)
    expect(page.get_by_role("main").get_by_role("link", name="PHQ-9").first).to_be_focused()
