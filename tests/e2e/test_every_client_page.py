"""Every page of the client side, and every page for strangers, with the eyes of everybody who may come there."""

import re

import pytest
from playwright.sync_api import Page, expect

from portal.http.routes import public_routes
from tests.e2e.everywhere import ids_of, routes, walk
from tests.e2e.people import Visit, assert_good_for_everybody
from tests.e2e.site import Portal

NO_TOKEN = "x" * 40
# Where strangers land, and what they open there. None: it answers with a file, or sends on to another page.
FOR_STRANGERS: dict[str, str | None] = {
    "/": "/",
    "/login": "/login",
    "/login/code": "/login/code",
    "/p/{practice}/login": "/p/harbor/login",
    "/p/{practice}/new-appointment": "/p/harbor/new-appointment",
    "/p/{practice}/join": "/p/harbor/join",
    "/first-run/{token}": f"/first-run/{NO_TOKEN}",
    "/help-signing-in/{token}": f"/help-signing-in/{NO_TOKEN}",
    "/invitation/{token}": f"/invitation/{NO_TOKEN}",
    "/forgot-password": "/forgot-password",
    "/reset-password/{token}": f"/reset-password/{NO_TOKEN}",
    "/email/confirm/{token}": f"/email/confirm/{NO_TOKEN}",
    "/email/undo/{token}": f"/email/undo/{NO_TOKEN}",
    "/dev/mail": "/dev/mail",
    "/dev/mail/{id}": "/dev/mail/nothing",
    "/auth/sign-in": "/auth/sign-in",
    "/auth/code": "/auth/code",
}
NEITHER_PAGE = re.compile(r"\.(pdf|csv|ics|json)$|^/(files|healthz|readyz|sandbox|hooks)\b")


@pytest.mark.parametrize("name", ["casey", "gina", "pete", "tara", "omar", "morgan", "quinn"])
def test_every_page_of_a_client(visit: Visit, portal: Portal, name: str) -> None:
    for _route, page in walk(visit(), name, portal, staff=False):
        assert page.get_by_role("link", name="Appointment requests").count() == 0
        expect(page.get_by_role("button", name="Acting for")).to_be_visible()


def test_a_client_finds_nothing_behind_any_address_of_staff(visit: Visit, portal: Portal) -> None:
    pete, ids = visit().sign_in("pete"), ids_of(portal)
    for route in routes(staff=True):
        if route == "/account":
            continue
        pete.goto(portal.base + ids.address(route))
        expect(pete.get_by_role("main").get_by_role("alert").first).not_to_be_empty()
        assert pete.get_by_role("main").get_by_role("button").all_inner_texts() in ([], ["Try again"]), route


def _pages_for_strangers() -> list[str]:
    paths = {
        getattr(route, "path", "") for route in public_routes() if "GET" in (getattr(route, "methods", None) or ())
    }
    return sorted(path for path in paths if not NEITHER_PAGE.search(path) and not (path.endswith("/") and path != "/"))


@pytest.mark.parametrize("route", _pages_for_strangers())
def test_every_page_for_strangers(visit: Visit, route: str) -> None:
    stranger = visit()
    address = FOR_STRANGERS[route]
    page = stranger.tab(str(address))
    expect(page.locator("h1")).to_have_count(1)
    assert_good_for_everybody(page, f"stranger-{route.strip('/').replace('/', '-')}")
    stranger.complaints.clear()  # a link that is none is answered with 404


def test_a_forgotten_password_from_mail_to_page(visit: Visit) -> None:
    page = visit().tab("/forgot-password")
    page.get_by_label("Email").fill("morgan@mail.example")
    page.get_by_role("button").click()
    assert_good_for_everybody(page, "forgot-sent")
    _open_mail(page, "password")
    assert_good_for_everybody(page, "dev-mail-one")
    page.get_by_role("link", name=re.compile("reset-password")).click()
    expect(page.get_by_label("New password", exact=True)).to_be_visible()
    assert_good_for_everybody(page, "reset-password")


def test_a_staff_invitation_from_mail_to_page(visit: Visit) -> None:
    page = visit().sign_in("avery", "/practice/team")
    page.get_by_text("Invite somebody").click()
    form = page.locator("form").filter(has=page.get_by_role("button", name="Send invitation", exact=True))
    form.get_by_label("Name").fill("Ines Vale")
    form.get_by_label("Email").fill("ines@harbor.example")
    form.get_by_label("Role").select_option("Front desk")
    form.get_by_role("button").click()
    expect(page.get_by_text("Ines Vale is invited")).to_be_visible()
    mail = visit().tab("/login")
    _open_mail(mail, "ines@harbor.example")
    mail.get_by_role("link", name=re.compile("invitation")).click()
    expect(mail.locator("h1")).to_have_count(1)
    assert_good_for_everybody(mail, "invitation")
    mail.get_by_role("button").first.click()
    assert_good_for_everybody(mail, "invitation-next")


def _open_mail(page: Page, about: str) -> None:
    """Open the newest mail about something, once it has come."""
    for _ in range(40):
        page.goto(re.sub(r"(https?://[^/]+).*", r"\1/dev/mail", page.url))
        row = page.get_by_role("listitem").filter(has_text=about)
        if row.count():
            break
        page.wait_for_timeout(250)
    assert_good_for_everybody(page, "dev-mail")
    row.first.get_by_role("link").click()
