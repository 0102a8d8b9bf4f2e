"""How long the clinic's form takes until one can type, next to a blank page; a part of bench.forms."""

import statistics
import time
from dataclasses import dataclass
from uuid import UUID

from playwright.sync_api import Browser, BrowserContext, Page, StorageState, sync_playwright

from bench.pages import PHONE, SETTLED, Meter, launch, signing_in
from bench.stats import milliseconds
from tests.e2e import forms, site

CLINIC = site.ROOT.parent / "shared" / "data" / "questionnaires" / "clinic-intake-paperwork.json"
TITLE = "in-person pre-visit paperwork"
AIM = 1.5


@dataclass(frozen=True)
class Opened:
    """Seconds until one can type: from the click on the list of forms, and from the address alone, nothing cached."""

    click: float
    cold: float


def measure(portal: site.Portal, floor: str, times: int) -> None:
    """Open both again and again, each time as a browser that has seen nothing yet, and print."""
    sheet = _send(portal)
    with sync_playwright() as playwright:
        browser = launch(playwright)
        state = _signed_in(browser, portal.base)
        blank = statistics.median(_blank(browser, floor) for _ in range(times))
        opened = [_form(browser, portal, state, sheet) for _ in range(times)]
        size = _weight(_phone(browser, state), portal.base + sheet.path)
        blank_size = _weight(browser.new_context(viewport=PHONE), f"{floor}/bound/")
        browser.close()
    print(f"A blank page with one number from the server, nothing cached: {milliseconds(blank)} (median of {times})")
    _compare("From the click on the list until one can type", statistics.median(one.click for one in opened), blank)
    _compare("From its address, nothing cached", statistics.median(one.cold for one in opened), blank)
    print(f"On the wire by 5 s, nothing cached: {size:.0f} KiB, of a blank page {blank_size:.0f} KiB")


def _send(portal: site.Portal) -> forms.SentForm:
    """Send the clinic's form to Milo's parents; without the file, the standard questionnaire stands in for it."""
    if not CLINIC.exists():
        print(f"The clinic's form is not at {CLINIC}: the {forms.INTAKE} instead.")
        return forms.send_form(portal, "Milo", forms.INTAKE)
    print(forms.import_form(portal, CLINIC).splitlines()[0])
    return forms.send_form(portal, "Milo", TITLE)


def _compare(what: str, took: float, blank: float) -> None:
    print(f"{what}: {milliseconds(took)}, {took - blank:+.2f} s to the blank page (aim: at most {AIM} s more)")


def _signed_in(browser: Browser, portal: str) -> StorageState:
    page = signing_in(browser, portal)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/home/**")
    state = page.context.storage_state()
    page.context.close()
    return state


def _blank(browser: Browser, floor: str) -> float:
    page = browser.new_context(viewport=PHONE).new_page()
    start = time.perf_counter()
    page.goto(f"{floor}/bound/", wait_until="commit")
    page.locator("p").filter(has_text="0").wait_for()
    took = time.perf_counter() - start
    page.context.close()
    return took


def _form(browser: Browser, portal: site.Portal, state: StorageState, sheet: forms.SentForm) -> Opened:
    clicking = _phone(browser, state)
    page = clicking.new_page()
    page.goto(f"{portal.base}/forms?for={sheet.client_id}")
    link = page.get_by_role("main").locator(f"a[href*='/forms/{UUID(sheet.id)}']").first
    link.wait_for()
    start = time.perf_counter()
    link.click()
    _usable(page)
    click = time.perf_counter() - start
    clicking.close()
    fresh = _phone(browser, state)
    page = fresh.new_page()
    start = time.perf_counter()
    page.goto(portal.base + sheet.path, wait_until="commit")
    _usable(page)
    cold = time.perf_counter() - start
    fresh.close()
    return Opened(click, cold)


def _weight(context: BrowserContext, address: str) -> float:
    """Return the KiB that a page brings within five seconds."""
    page = context.new_page()
    meter = Meter(page)
    page.goto(address)
    page.wait_for_timeout(SETTLED * 1000)
    context.close()
    return meter.total / 1024


def _phone(browser: Browser, state: StorageState) -> BrowserContext:
    return browser.new_context(viewport=PHONE, storage_state=state)


def _usable(page: Page) -> None:
    """Wait until the first question of the form takes the focus."""
    page.locator(".pf-question input:visible, .pf-question select:visible").first.focus()
