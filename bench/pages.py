"""What a browser sees: bytes on the wire, and the time from the sign-in click to a usable home."""

import statistics
import time
from dataclasses import dataclass

from playwright.sync_api import Browser, Page, Playwright, ViewportSize, sync_playwright

from portal.demo.people import PASSWORD
from tests.e2e.chromium import find_chromium

ARGUMENTS = ("no-sandbox", "disable-gpu", "disable-quic", "disable-background-networking", "disable-component-update")
SETTLED = 5.0
PHONE: ViewportSize = {"width": 360, "height": 740}


@dataclass(frozen=True)
class Weight:
    """What one page brings over the wire within five seconds, cold, in KiB."""

    page: str
    kib: float


class Meter:
    """Adds up what the network brings, as it was encoded on the wire."""

    def __init__(self, page: Page) -> None:
        self.total = 0.0
        self.wire = page.context.new_cdp_session(page)
        self.wire.send("Network.enable")
        self.wire.send("Network.setCacheDisabled", {"cacheDisabled": True})
        self.wire.on("Network.loadingFinished", self._add)
        self.wire.on("Network.webSocketFrameReceived", self._frame)

    def _add(self, event: dict[str, float]) -> None:
        self.total += event["encodedDataLength"]

    def _frame(self, event: dict[str, dict[str, str]]) -> None:
        self.total += len(event["response"]["payloadData"])


def weigh(portal: str, floor: str) -> tuple[list[Weight], float]:
    """Weigh a blank page, sign-in and home; return also the median seconds from the click to a usable home."""
    with sync_playwright() as playwright:
        browser = launch(playwright)
        blank = _weight(browser, f"{floor}/bound/", "a blank page with one number from the server")
        sign_in = _weight(browser, f"{portal}/login", "sign-in")
        home = _home(browser, portal)
        clicks = [_click(browser, portal) for _ in range(5)]
        browser.close()
    return [blank, sign_in, home], statistics.median(clicks)


def launch(playwright: Playwright) -> Browser:
    """Start the system's Chromium, without what it does on its own."""
    return playwright.chromium.launch(executable_path=find_chromium(), args=[f"--{name}" for name in ARGUMENTS])


def _weight(browser: Browser, address: str, name: str) -> Weight:
    context = browser.new_context(viewport=PHONE)
    page = context.new_page()
    meter = Meter(page)
    page.goto(address)
    page.wait_for_timeout(SETTLED * 1000)
    context.close()
    return Weight(name, meter.total / 1024)


def signing_in(browser: Browser, portal: str) -> Page:
    """Return a page on a phone with Gina's email and password written in, a click before she is signed in."""
    page = browser.new_context(viewport=PHONE).new_page()
    page.goto(f"{portal}/login")
    page.get_by_label("Email").fill("gina@mail.example")
    page.get_by_label("Password").fill(PASSWORD)
    return page


def _home(browser: Browser, portal: str) -> Weight:
    page = signing_in(browser, portal)
    page.get_by_role("button", name="Sign in").click()
    _usable(page)
    cold = page.context.new_page()
    meter = Meter(cold)
    cold.goto(f"{portal}/home/")
    cold.wait_for_timeout(SETTLED * 1000)
    page.context.close()
    return Weight("home", meter.total / 1024)


def _click(browser: Browser, portal: str) -> float:
    page = signing_in(browser, portal)
    start = time.perf_counter()
    page.get_by_role("button", name="Sign in").click()
    _usable(page)
    took = time.perf_counter() - start
    page.context.close()
    return took


def _usable(page: Page) -> None:
    page.wait_for_url("**/home/**")
    page.get_by_role("link", name="Standard Intake Questionnaire").first.wait_for()
