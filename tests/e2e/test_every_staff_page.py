"""Every page of the staff side with the eyes of everybody who works there, with the two signs in the header of each."""

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.everywhere import walk
from tests.e2e.people import Visit
from tests.e2e.site import Portal

REQUESTS, MESSAGES = "Appointment requests", "Messages"
SIGNS = {
    "avery": {REQUESTS, MESSAGES},
    "tess": {REQUESTS, MESSAGES},
    "noah": {REQUESTS, MESSAGES},
    "bea": set[str](),
    "frank": {REQUESTS},
    "lena": {REQUESTS, MESSAGES},
    "theo": {REQUESTS, MESSAGES},
}


@pytest.mark.parametrize("name", SIGNS)
def test_every_page_of_staff(visit: Visit, portal: Portal, name: str) -> None:
    for route, page in walk(visit(), name, portal, staff=True):
        for sign in (REQUESTS, MESSAGES):
            shown = _sign(page, sign)
            expect(shown, f"{sign} at {route}").to_have_count(1 if sign in SIGNS[name] else 0)
        assert page.get_by_role("button", name="Acting for").count() == 0


def _sign(page: Page, name: str) -> Locator:
    return page.locator("header").get_by_role("link", name=name, exact=True)
