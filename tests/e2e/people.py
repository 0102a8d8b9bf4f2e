"""A person with a browser: signs in, opens tabs, and looks at pages with other people's eyes."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, expect

from portal.demo.people import PASSWORD, STAFF
from tests.e2e.site import ROOT, Portal

RESULTS = ROOT / "test-results"
WIDTHS = (360, 1280)
STAFF_EMAILS = {name: f"{name}@{slug}.example" for name, _, slug, _ in STAFF}


def email_of(name: str) -> str:
    """Return the e-mail of somebody of the demo practice."""
    return STAFF_EMAILS.get(name, f"{name}@mail.example")


@dataclass
class Visitor:
    """Somebody's browser. `complaints` are what the browser wrote about our pages; a test ends with none."""

    portal: Portal
    context: BrowserContext
    complaints: list[str] = field(default_factory=list)

    def tab(self, path: str = "") -> Page:
        """Open another tab of the same browser."""
        page = self.context.new_page()
        page.on("console", self._note)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        if path:
            page.goto(self.portal.base + path)
        return page

    def sign_in(self, name: str, path: str = "") -> Page:
        """Sign in through the page; then go to `path`, or stay where one begins."""
        page = self.tab("/login")
        page.get_by_label("Email").fill(email_of(name))
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Sign in").click()
        if path:
            page.goto(self.portal.base + path)
        loaded(page)
        return page

    def _note(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.complaints.append(message.text)


Visit = Callable[[], Visitor]


def visitor(browser: Browser, portal: Portal) -> Visitor:
    """A browser of its own, as on another device."""
    context = browser.new_context(viewport={"width": 1280, "height": 800}, reduced_motion="reduce")
    context.set_default_timeout(10_000)
    return Visitor(portal, context)


def loaded(page: Page) -> Page:
    """Wait until a page shows what it has to show."""
    expect(page.locator("h1")).to_be_visible()
    expect(page.get_by_role("navigation", name="Main").get_by_role("link").first).to_be_visible()
    expect(page.locator("main [aria-busy=true]")).to_have_count(0)
    return page


def navigation(page: Page) -> list[str]:
    """The names of the links in the navigation."""
    return page.get_by_role("navigation", name="Main").get_by_role("link").all_inner_texts()


def assert_good_for_everybody(page: Page, name: str) -> None:
    """Assert that axe finds nothing, in light and dark, on a phone and on a screen; keep a picture of each."""
    RESULTS.mkdir(exist_ok=True)
    found: list[str] = []
    for width in WIDTHS:
        for scheme in ("light", "dark"):
            found += [f"{width} px, {scheme}: {line}" for line in _look(page, name, width, scheme)]
    page.emulate_media(color_scheme="light")
    page.set_viewport_size({"width": WIDTHS[-1], "height": 800})
    if found:
        pytest.fail("\n".join(found))


def _look(page: Page, name: str, width: int, scheme: Any) -> list[str]:
    page.set_viewport_size({"width": width, "height": 800})
    page.emulate_media(color_scheme=scheme)
    page.screenshot(path=Path(RESULTS / f"{name}-{width}-{scheme}.png"), full_page=True)
    wide = page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
    lines = ["the page is wider than the window"] if wide else []
    return lines + [_line(violation) for violation in Axe().run(page).response["violations"]]


def _line(violation: dict[str, Any]) -> str:
    return f"{violation['id']}: {violation['help']}: {json.dumps([node['html'] for node in violation['nodes'][:3]])}"
