"""The frame: by keyboard, in two tabs, on the way out."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.people import Visit, assert_good_for_everybody, loaded
from tests.e2e.site import Portal


def focused(page: Page) -> str:
    """The words on what has the focus."""
    return str(page.evaluate("document.activeElement.innerText || document.activeElement.ariaLabel || ''")).strip()


def press_until(page: Page, words: str) -> None:
    """Press Tab until something with these words has the focus."""
    for _ in range(30):
        page.keyboard.press("Tab")
        if focused(page).startswith(words):
            return
    raise AssertionError(f"Tab never reached {words}.")


def test_first_key_offers_to_skip_to_the_page(visit: Visit) -> None:
    page = visit().sign_in("gina")
    page.keyboard.press("Tab")
    assert focused(page) == "Skip to the page"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "content"


def test_navigation_by_keyboard_moves_the_focus_to_the_heading(visit: Visit) -> None:
    page = visit().sign_in("gina")
    press_until(page, "Account")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Account")
    expect(page.locator("h1")).to_be_focused()
    current = page.get_by_role("navigation", name="Main").locator("[aria-current=page]")
    expect(current).to_have_text("Account")


def test_switching_by_keyboard(visit: Visit) -> None:
    page = visit().sign_in("gina")
    press_until(page, "Acting for")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Who are you here for?")).to_be_visible()
    assert_good_for_everybody(page, "people")
    press_until(page, "Milo Park")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Acting for")).to_have_accessible_name("Acting for Milo Park")
    expect(page.get_by_text("Who are you here for?")).to_be_hidden()


def test_escape_closes_the_list_of_people(visit: Visit) -> None:
    page = visit().sign_in("gina")
    page.get_by_role("button", name="Acting for").click()
    page.keyboard.press("Escape")
    expect(page.get_by_text("Who are you here for?")).to_be_hidden()
    expect(page.get_by_role("button", name="Acting for")).to_be_focused()


def test_two_tabs_act_for_two_people(visit: Visit) -> None:
    gina = visit()
    one = gina.sign_in("gina")
    other = loaded(gina.tab("/home"))
    switch_to(one, "Milo Park")
    switch_to(other, "Tara Park")
    one.reload()
    expect(one.get_by_role("button", name="Acting for")).to_have_accessible_name("Acting for Milo Park")
    expect(other.get_by_role("button", name="Acting for")).to_have_accessible_name("Acting for Tara Park")


def switch_to(page: Page, name: str) -> None:
    """Act for somebody else."""
    page.get_by_role("button", name="Acting for").click()
    page.locator("#people").get_by_role("link", name=name).click()
    expect(page.get_by_role("button", name="Acting for")).to_have_accessible_name(f"Acting for {name}")


def test_every_link_keeps_whom_one_acts_for(visit: Visit) -> None:
    page = visit().sign_in("gina")
    switch_to(page, "Milo Park")
    milo = re.search(r"for=([0-9a-f-]{36})", page.url)
    assert milo
    for link in page.get_by_role("navigation", name="Main").get_by_role("link").all():
        assert f"for={milo[1]}" in str(link.get_attribute("href"))


def test_person_of_somebody_else_is_not_acted_for(visit: Visit, portal: Portal) -> None:
    ((quinn,),) = portal.run("SELECT id FROM client WHERE given_name = 'Quinn'")
    page = visit().sign_in("gina", f"/home?for={quinn}")
    expect(page.get_by_role("button", name="Acting for")).to_have_accessible_name("Acting for Gina Park (you)")


def test_signing_out_ends_the_other_tab(visit: Visit) -> None:
    gina = visit()
    one, other = gina.sign_in("gina"), loaded(gina.tab("/account"))
    expect(other.get_by_text("gina@mail.example")).to_be_visible()
    one.get_by_role("button", name="Sign out", exact=True).click()
    expect(one).to_have_url(re.compile("/login"))
    expect(other).to_have_url(re.compile("/login"))


def test_quick_exit_leaves_and_signs_out(visit: Visit) -> None:
    gina = visit()
    gina.context.route("https://www.weather.gov/**", lambda route: route.fulfill(body="weather"))
    page = gina.sign_in("gina")
    page.get_by_role("link", name="Quick exit").click()
    expect(page).to_have_url(re.compile("weather"))
    again = gina.tab("/home")
    expect(again).to_have_url(re.compile(r"/login\?next=%2Fhome"))
    gina.complaints.clear()  # a stranger's page is refused its connection


def test_a_refused_page_says_why_once_and_again_when_asked_again(visit: Visit) -> None:
    """A screen reader hears what is new in an alert: one sentence each time, and the focus stays on the button."""
    page = visit().sign_in("tess", "/practice/team")
    said = page.get_by_role("main").get_by_role("alert").get_by_role("paragraph")
    expect(said).to_contain_text("Please ask an administrator")
    sentence = said.inner_text()
    page.evaluate(
        """() => {
            window.heard = [];
            const listen = (changes) => changes.forEach((change) =>
                change.addedNodes.forEach((node) => window.heard.push(node.textContent)));
            new MutationObserver(listen).observe(document.body, { childList: true, subtree: true });
        }"""
    )
    page.get_by_role("button", name="Try again").click()
    page.wait_for_function("window.heard.length > 0")
    page.wait_for_timeout(500)
    assert page.evaluate("window.heard") == [sentence]
    expect(page.get_by_text(sentence)).to_have_count(1)
    expect(page.get_by_role("button", name="Try again")).to_be_focused()


_UNDER_THE_BAR = """() => {
    const one = document.activeElement, bar = document.querySelector("nav");
    if (one === document.body || bar.contains(one)) return [];
    const hidden = one.getBoundingClientRect().bottom > bar.getBoundingClientRect().top + 1;
    return hidden ? [one.getAttribute("aria-label") || one.innerText || one.id] : [];
}"""


@pytest.mark.parametrize(("name", "path"), [("casey", "/account"), ("tess", "/practice/requests")])
def test_the_bar_of_a_phone_hides_nothing_that_has_the_focus(visit: Visit, name: str, path: str) -> None:
    page, found = visit().sign_in(name, path), list[str]()
    page.set_viewport_size({"width": 360, "height": 740})
    for _ in range(30):
        page.keyboard.press("Tab")
        found += page.evaluate(_UNDER_THE_BAR)
    assert found == []
    page.add_style_tag(content="html { scroll-padding: 0 !important }")
    for _ in range(60):
        page.keyboard.press("Tab")
        found += page.evaluate(_UNDER_THE_BAR)
    assert found != []
