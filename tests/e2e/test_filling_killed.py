"""The server is killed in the middle of a form: what was shown as saved is there, and what was not is saved later."""

from pathlib import Path

from playwright.sync_api import Browser, expect

from tests.e2e import forms, site
from tests.e2e.forms import INTAKE, open_form, saved
from tests.e2e.people import visitor


def test_server_that_dies_loses_nothing(place: tuple[Path, int], tmp_path: Path, browser: Browser) -> None:
    running, process = site.start(*place, tmp_path)
    gina = visitor(browser, running)
    try:
        page = open_form(gina.sign_in("gina"), running, forms.send_form(running, "Milo", INTAKE), "section-2")
        page.get_by_label("Home address").fill("12 Quay Street")
        saved(page)
        page.get_by_label("Home address").fill("12 Quay Street, New York")
        site.kill(process)
        page.get_by_label("Phone number (required)", exact=True).fill("212 555 0100")
        expect(page.get_by_text("Not saved yet, we keep trying. You can go on.")).to_be_visible()
        _, process = site.serve(*place, tmp_path)
        saved(page)
        expect(page.get_by_label("Phone number (required)", exact=True)).to_be_focused()
        page.reload()
        expect(page.get_by_label("Home address")).to_have_value("12 Quay Street, New York")
        expect(page.get_by_label("Phone number (required)", exact=True)).to_have_value("212 555 0100")
    finally:
        gina.context.close()
        site.stop(process)
