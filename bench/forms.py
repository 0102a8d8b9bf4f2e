"""`python -m bench.forms`: an answer with twenty dependents next to one without; a clinic's form until it is usable."""

import asyncio
import shutil
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import uuid4

from playwright.sync_api import Browser, Page, sync_playwright

from bench import floor_server
from bench.answers import SAVE
from bench.pages import ARGUMENTS, SETTLED, Meter, _signed_in
from bench.people import fillers
from bench.sockets import Tab
from bench.stats import milliseconds, percentile
from tests.e2e import forms, site

CLINIC = site.ROOT.parent / "shared" / "data" / "questionnaires" / "clinic-intake-paperwork.json"
FLOOR_PORT, TIMES, TURNS = 8990, 7, 200
DEPENDENTS = 20


def main() -> None:
    """Build both, measure both, print."""
    folder = Path(tempfile.mkdtemp(prefix="portico-bench-"))
    portal, process = site.start(*site.build("bench"), folder)
    floor = floor_server.start(floor_server.build(FLOOR_PORT), FLOOR_PORT)
    try:
        answers(portal)
        opening(portal, f"http://localhost:{FLOOR_PORT}")
    finally:
        site.stop(process)
        site.stop(floor)


def answers(portal: site.Portal) -> None:
    """Save yes and no in turn on a question that twenty others hang on, and on one that nothing does."""
    shown = [{"question": "lead", "operator": "=", "answerBoolean": True}]
    items: list[dict[str, Any]] = [{"linkId": link, "type": "boolean", "text": link} for link in ("lead", "plain")]
    items += [
        {"linkId": f"d{number}", "type": "string", "text": f"More {number}", "enableWhen": shown}
        for number in range(DEPENDENTS)
    ]
    forms.add_form(portal, "Twenty dependents", items)
    took = asyncio.run(_both(portal))
    middle = {link: statistics.median(found) for link, found in took.items()}
    for link, what in (("plain", "that nothing depends on"), ("lead", f"with {DEPENDENTS} dependents")):
        worst = percentile(took[link], 0.95)
        print(f"An answer {what}: p50 {milliseconds(middle[link])}, p95 {milliseconds(worst)}")
    print(f"With dependents it takes {middle['lead'] / middle['plain']:.2f} times as long\n")


async def _both(portal: site.Portal) -> dict[str, list[float]]:
    (filler,) = await fillers(portal.folder, 1)
    ((form,),) = portal.run(
        "SELECT v.id FROM form_version v JOIN form f ON f.id = v.form_id WHERE f.title = 'Twenty dependents'"
    )
    client = filler.client_id.replace("-", "")
    portal.run("UPDATE form_assignment SET form_version_id = ? WHERE client_id = ?", [form, client])
    query = {"assignment_id": filler.assignment_id, "for": filler.client_id}
    tab = Tab(portal.base, f"/forms/{filler.assignment_id}/", query, cookie=filler.cookie)
    await tab.open()
    took: dict[str, list[float]] = {"lead": [], "plain": []}
    for turn in range(TURNS):
        for link, found in took.items():
            found.append(await _save(tab, link, turn))
    await tab.close()
    return took


async def _save(tab: Tab, link: str, turn: int) -> float:
    value = [{"valueBoolean": turn % 2 == 0}]
    operation = {"operation_id": str(uuid4()), "path": link, "base_revision": turn, "value": value}
    took = await tab.send(SAVE, {"operation": operation})
    if "'saved'" not in str(tab.updates):
        raise RuntimeError(f"The answer was not saved: {str(tab.updates)[:500]}")
    return took


def opening(portal: site.Portal, floor: str) -> None:
    """Open the clinic's form, cold and by a click on the list, next to a blank page."""
    forms.import_form(portal, CLINIC)
    sheet = forms.send_form(portal, "Milo", "in-person")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=[f"--{name}" for name in ARGUMENTS]
        )
        blank = _cold(browser, f"{floor}/bound/", lambda page: page.wait_for_selector("text=/\\d/"))
        cold = [_form(browser, portal, sheet) for _ in range(TIMES)]
        browser.close()
    opened, clicked = (statistics.median(each[place] for each in cold) for place in (0, 1))
    print(f"A blank page, cold, until it shows its number: {milliseconds(blank)} (median of {TIMES})")
    print(f"The clinic's form of 161 items, cold, until one can type: {milliseconds(opened)}")
    print(f"From the click on the list until one can type: {milliseconds(clicked)}")
    print(f"On the wire by 5 s, cold: {cold[0][2]:.0f} KiB")


def _cold(browser: Browser, address: str, usable: Callable[[Page], Any]) -> float:
    took = []
    for _ in range(TIMES):
        page = browser.new_context(viewport={"width": 360, "height": 740}).new_page()
        start = time.perf_counter()
        page.goto(address, wait_until="commit")
        usable(page)
        took.append(time.perf_counter() - start)
        page.context.close()
    return statistics.median(took)


def _form(browser: Browser, portal: site.Portal, sheet: forms.SentForm) -> tuple[float, float, float]:
    """Return the seconds of a cold opening and of a click on the list, and the KiB of the cold one."""
    page = _signed_in(browser, portal.base)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/home/**")
    page.goto(f"{portal.base}/forms?for={sheet.client_id}")
    link = page.get_by_role("main").locator(f"a[href*='{_dashed(sheet.id)}']").first
    link.wait_for()
    start = time.perf_counter()
    link.click()
    _usable(page)
    clicked = time.perf_counter() - start
    cold = page.context.new_page()
    meter = Meter(cold)
    start = time.perf_counter()
    cold.goto(portal.base + sheet.path, wait_until="commit")
    _usable(cold)
    opened = time.perf_counter() - start
    cold.wait_for_timeout(SETTLED * 1000)
    page.context.close()
    return opened, clicked, meter.total / 1024


def _usable(page: Page) -> None:
    page.locator(".pf-question input:visible, .pf-question select:visible").first.focus()


def _dashed(found: str) -> str:
    hexed = found.replace("-", "")
    return "-".join((hexed[:8], hexed[8:12], hexed[12:16], hexed[16:20], hexed[20:]))


if __name__ == "__main__":
    main()
