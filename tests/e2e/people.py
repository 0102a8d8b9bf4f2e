"""A person with a browser: signs in, opens tabs, and looks at pages with other people's eyes."""

from collections.abc import Callable
from dataclasses import dataclass, field

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, expect

from portal.demo.people import PASSWORD, STAFF
from tests.e2e.looking import Eyes
from tests.e2e.site import Portal

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
        """Sign in as the form does, without drawing it; then go to `path`, or to where one begins."""
        base = self.portal.base
        fields = {"email": email_of(name), "password": PASSWORD}
        answer = self.context.request.post(
            f"{base}/auth/sign-in", form=fields, headers={"Origin": base}, max_redirects=0
        )
        return loaded(self.tab(path or answer.headers["location"]))

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
    expect(page.locator("main [aria-busy=true], main[inert]")).to_have_count(0)
    return page


def navigation(page: Page) -> list[str]:
    """The names of the links in the navigation."""
    return page.get_by_role("navigation", name="Main").get_by_role("link").all_inner_texts()


EYES = Eyes()
"""What one process has looked at already."""


def assert_good_for_everybody(page: Page, name: str) -> None:
    """Assert that axe finds nothing, in light and dark, on a phone and on a screen; keep a picture of each."""
    if found := EYES.look(page, name):
        pytest.fail("\n".join(found))
