"""Everybody of the demo practice signs in and finds what is theirs, and nothing else."""

import pytest
from playwright.sync_api import expect

from tests.e2e.people import Visit, assert_good_for_everybody, loaded, navigation

INSURED = "Billing & Insurance Info"
ALL_FORMS = ["Home", "Forms", "Appointments", "Account"]
AND_BILLING = ["Home", "Forms", "Appointments", INSURED, "Account"]
AND_MESSAGES = ["Home", "Forms", "Appointments", INSURED, "Messages", "Account"]


@pytest.mark.parametrize(
    ("name", "links"),
    [
        ("gina", AND_BILLING),
        ("casey", AND_MESSAGES),
        ("morgan", AND_BILLING),
        ("tara", AND_MESSAGES),
        ("omar", ALL_FORMS),
        ("quinn", AND_BILLING),
        ("pete", ["Home", "Billing", "Account"]),
    ],
)
def test_clients_and_contacts_begin_at_home(visit: Visit, name: str, links: list[str]) -> None:
    page = visit().sign_in(name)
    assert "/home" in page.url
    assert navigation(page) == links
    expect(page.get_by_role("button", name="Acting for")).to_be_visible()
    assert page.title().split(" · ")[0] == "Home"


@pytest.mark.parametrize("name", ["avery", "tess", "noah", "bea", "frank", "lena", "theo"])
def test_staff_begin_at_today(visit: Visit, name: str) -> None:
    page = visit().sign_in(name)
    assert "/practice" in page.url
    organization = ["Organization"] if name in ("avery", "lena") else []
    forms = [] if name == "bea" else ["Forms"]
    money = [] if name == "frank" else ["Billing"]
    assert navigation(page) == ["Today", "Clients", "Calendar", *forms, *money, *organization]
    assert page.get_by_role("button", name="Acting for").count() == 0


def test_gina_finds_a_list_for_each_of_her_people(visit: Visit) -> None:
    page = visit().sign_in("gina")
    assert page.get_by_role("heading", level=2).all_inner_texts() == ["For you", "For Milo", "For Tara"]


def test_payer_without_forms_grant_sees_no_form(visit: Visit) -> None:
    page = visit().sign_in("pete")
    expect(page.get_by_role("main").get_by_role("link")).to_have_count(1)
    expect(page.get_by_role("main").get_by_role("link")).to_contain_text("to pay")


def test_staff_address_shows_a_client_nothing(visit: Visit) -> None:
    page = visit().sign_in("gina", "/practice")
    expect(page.get_by_role("main").get_by_role("alert")).to_contain_text("could not find")
    assert page.get_by_role("list", name="Forms that came in").count() == 0


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("gina", "/home"),
        ("gina", "/account"),
        ("pete", "/home"),
        ("tess", "/practice"),
        ("tess", "/account"),
        ("bea", "/practice"),
    ],
)
def test_pages_are_good_for_everybody(visit: Visit, name: str, path: str) -> None:
    page = loaded(visit().sign_in(name, path))
    assert page.locator("h1").count() == 1
    assert_good_for_everybody(page, f"{name}-{path.strip('/')}")
