"""People who read with letters twice as large: forms are filled in, looked over, signed, read and built."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.e2e import forms
from tests.e2e.chromium import find_chromium
from tests.e2e.conftest import QUIET
from tests.e2e.crowding import crowding
from tests.e2e.people import Visit, loaded
from tests.e2e.site import Portal

TWICE = "--blink-settings=defaultFontSize=32"
WIDTHS = (360, 1280)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium, in which somebody has chosen letters of twice the size."""
    with sync_playwright() as playwright:
        arguments = ["--no-sandbox", TWICE, *(f"--disable-{name}" for name in QUIET)]
        started = playwright.chromium.launch(executable_path=find_chromium(), args=arguments)
        yield started
        started.close()


def _sized(page: Page, width: int) -> Page:
    page.set_viewport_size({"width": width, "height": 740})
    assert page.evaluate("parseFloat(getComputedStyle(document.documentElement).fontSize)") == 34
    return page


@pytest.mark.parametrize("width", WIDTHS)
def test_a_form_is_filled_in_looked_over_and_signed(visit: Visit, portal: Portal, width: int) -> None:
    page, found = _sized(visit().sign_in("gina"), width), list[str]()
    form = forms.send_form(portal, "Milo", forms.INTAKE)
    page.goto(f"{portal.base}/forms?for={form.client_id}")
    found += crowding(loaded(page), "list")
    forms.open_form(page, portal, form)
    while "#section" in page.url:
        forms.fill_section(page)
        found += crowding(page, forms.section(page))
        forms.press_next(page)
    found += crowding(page, "review")
    page.get_by_role("button", name="Continue to sign").click()
    expect(page.get_by_label("Your full name")).to_be_visible()
    found += crowding(page, "sign")
    assert found == []


@pytest.mark.parametrize("width", WIDTHS)
def test_a_form_is_read(visit: Visit, portal: Portal, width: int) -> None:
    page, found = _sized(visit().sign_in("tess"), width), list[str]()
    answers = portal.run("SELECT id FROM form_assignment WHERE status IN ('submitted', 'completed')")
    assert answers
    for (id_,) in answers:
        page.goto(f"{portal.base}/practice/answers/{id_}")
        if page.get_by_role("alert").count():
            continue
        found += crowding(loaded(page), f"reading {page.locator('h1').inner_text()}")
    assert found == []


@pytest.mark.parametrize("width", WIDTHS)
def test_a_form_is_built(visit: Visit, portal: Portal, width: int) -> None:
    page, found = _sized(visit().sign_in("tess", "/practice/forms"), width), list[str]()
    found += crowding(page, "library")
    page.get_by_role("link", name="Edit PHQ-9").click()
    expect(page.get_by_role("heading", name="Preview")).to_be_visible()
    found += crowding(loaded(page), "builder")
    page.get_by_role("button", name="Little interest").first.click()
    expect(page.locator("#b-text")).to_be_visible()
    found += crowding(page, "builder, a question")
    assert found == []


@pytest.mark.parametrize("name", ["gina", "avery"])
def test_every_link_of_the_navigation_on_a_phone(visit: Visit, portal: Portal, name: str) -> None:
    page, found = _sized(visit().sign_in(name), 360), list[str]()
    links = page.get_by_role("navigation", name="Main").get_by_role("link")
    for address in [one.get_attribute("href") for one in links.all()]:
        page.goto(f"{portal.base}{address}")
        found += crowding(loaded(page), str(address))
    assert found == []


def test_what_has_no_room_is_found(visit: Visit) -> None:
    page = _sized(visit().sign_in("gina", "/account"), 360)
    assert crowding(page, "account") == []
    page.add_style_tag(content="main form button { position: relative; top: -4rem } main { min-width: 30rem }")
    found = "\n".join(crowding(page, "account"))
    assert "px wide" in found
    assert "lies upon" in found
