"""Take the pictures that README shows, from the demo practice: `make pictures`. What is on them is invented."""

import tempfile
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from tests.e2e import site
from tests.e2e.chromium import find_chromium
from tests.e2e.forms import find_form, open_form
from tests.e2e.people import Visitor, loaded, visitor

FOLDER = site.ROOT / "docs" / "pictures"
PHONE, SCREEN = {"width": 360, "height": 720}, {"width": 1280, "height": 800}


def keep(page: Page, name: str, size: dict[str, int]) -> None:
    """Keep what is on the screen, once nothing moves any more."""
    page.set_viewport_size({"width": size["width"], "height": size["height"]})
    loaded(page)
    page.wait_for_load_state("networkidle")
    page.screenshot(path=FOLDER / f"{name}.png")


def on_phones(someone: "list[Visitor]") -> None:
    """What a mother, a father and a client see."""
    gina, pete, casey = someone
    home = gina.sign_in("gina")
    keep(home, "home", PHONE)
    keep(open_form(home, gina.portal, find_form(gina.portal, "Milo", "Standard Intake")), "form", PHONE)
    keep(pete.sign_in("pete", "/billing"), "billing", PHONE)
    keep(casey.sign_in("casey", "/appointments/new"), "appointments", PHONE)


def on_screens(someone: "list[Visitor]") -> None:
    """What a therapist and an administrator see."""
    tess, avery = someone
    keep(tess.sign_in("tess", "/practice/requests"), "requests", SCREEN)
    keep(avery.sign_in("avery", "/practice/settings"), "settings", SCREEN)


def main() -> None:
    """Build, serve the demo from a folder of its own, walk through it, and stop."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    portal, process = site.start(*site.build("main"), Path(tempfile.mkdtemp(prefix="portico-pictures-")))
    try:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=find_chromium(), args=["--no-sandbox"])
            on_phones([visitor(browser, portal) for _ in range(3)])
            on_screens([visitor(browser, portal) for _ in range(2)])
            browser.close()
    finally:
        site.stop(process)


if __name__ == "__main__":
    main()
