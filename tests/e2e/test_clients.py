"""Clients: finding one by typing, and adding one."""

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.people import Visit, assert_good_for_everybody, loaded, navigation

EVERYBODY = ["Morgan Diaz", "Omar Haddad", "Casey Lin", "Gina Park", "Milo Park", "Tara Park"]


def names(page: Page) -> Locator:
    return page.get_by_role("rowheader")


def lists(page: Page, *people: str) -> None:
    expect(names(page)).to_have_text(list(people))
    expect(page.locator("main[inert]")).to_have_count(0)


def search(page: Page) -> Locator:
    return page.get_by_role("searchbox", name="Search")


def test_searching_narrows_the_list_with_every_letter(visit: Visit) -> None:
    page = visit().sign_in("avery")
    page.get_by_role("navigation", name="Main").get_by_role("link", name="Clients").click()
    expect(page.locator("h1")).to_have_text("Clients")
    lists(page, *EVERYBODY)
    expect(page.get_by_role("status").filter(has_text="6 clients")).to_be_visible()
    search(page).press_sequentially("par")
    lists(page, "Gina Park", "Milo Park", "Tara Park")
    search(page).press_sequentially("k ta")
    lists(page, "Tara Park")
    expect(page.get_by_role("status").filter(has_text="1 client")).to_be_visible()
    search(page).fill("casey@mail")
    lists(page, "Casey Lin")
    search(page).fill("nobody of that name")
    expect(page.get_by_role("heading", name="Nobody was found")).to_be_visible()
    assert_good_for_everybody(page, "clients-nobody")
    search(page).fill("")
    lists(page, *EVERYBODY)


def test_filters_by_status_and_therapist(visit: Visit) -> None:
    page = visit().sign_in("avery", "/practice/clients")
    page.get_by_label("Status").select_option("No email")
    lists(page, "Milo Park")
    page.get_by_label("Therapist").select_option("Noah Webb")
    expect(page.get_by_role("heading", name="Nobody was found")).to_be_visible()
    page.get_by_label("Status").select_option("Not archived")
    lists(page, "Morgan Diaz", "Gina Park")


def test_what_was_looked_for_is_kept_on_the_way_back_and_after_a_lost_connection(visit: Visit) -> None:
    page = visit().sign_in("avery", "/practice/clients")
    search(page).fill("tara")
    lists(page, "Tara Park")
    page.get_by_role("navigation", name="Main").get_by_role("link", name="Today").click()
    expect(page.locator("h1")).to_have_text("Today")
    page.go_back()
    lists(loaded(page), "Tara Park")
    expect(search(page)).to_have_value("tara")
    page.context.set_offline(True)
    search(page).fill("milo")
    page.context.set_offline(False)
    lists(page, "Milo Park")


def test_a_client_is_added_once_the_fields_can_be_kept(visit: Visit) -> None:
    avery, tess = visit(), visit()
    page, other = avery.sign_in("avery", "/practice/clients"), tess.sign_in("frank", "/practice/clients")
    lists(other, *EVERYBODY)
    page.get_by_role("button", name="Add client").click()
    panel = page.get_by_role("dialog", name="Add a client")
    expect(panel.get_by_label("First name")).to_be_focused()
    panel.get_by_label("First name").fill("Robin")
    panel.get_by_label("Email").fill("robin@")
    panel.get_by_role("button", name="Add client").click()
    expect(panel.get_by_label("Last name")).to_have_accessible_description("Please enter the last name.")
    expect(panel.get_by_label("Email")).to_have_attribute("aria-invalid", "true")
    expect(panel.get_by_role("alert").first).to_be_focused()
    expect(panel.get_by_label("First name")).to_have_value("Robin")
    assert_good_for_everybody(page, "clients-add")
    panel.get_by_label("Last name").fill("Quill")
    panel.get_by_label("Email").fill("casey@mail.example")
    panel.get_by_role("button", name="Add client").click()
    expect(panel.get_by_text("Casey Lin Has the same email address.")).to_be_visible()
    assert_good_for_everybody(page, "clients-alike")
    panel.get_by_label("Email").fill("robin@new.example")
    panel.get_by_role("button", name="all the same").click()
    page.wait_for_url("**/practice/clients/*-*")
    lists(other, "Morgan Diaz", "Omar Haddad", "Casey Lin", "Gina Park", "Milo Park", "Tara Park", "Robin Quill")


def test_an_open_list_follows_and_more_is_shown_page_by_page(visit: Visit) -> None:
    lena = visit()
    page = lena.sign_in("lena", "/practice/clients")
    lists(page, "Quinn Ellis", "Casey Lin")
    ((organization,),) = lena.portal.run("SELECT id FROM organization WHERE slug = 'lakeside'")
    for number in range(60):
        lena.portal.run(
            "INSERT INTO client (id, organization_id, given_name, family_name, sort_key, email, phone, created_at) "
            "VALUES (?, ?, ?, 'Zimmer', ?, '', '', '2026-01-01 00:00:00')",
            (f"{number:032x}", organization, f"Z{number:02}", f"zimmer\x1fz{number:02}"),
        )
    page.reload()
    expect(names(page)).to_have_count(50)
    expect(page.get_by_role("status").filter(has_text="The first 50 clients")).to_be_visible()
    page.get_by_role("button", name="Show more").click()
    expect(names(page)).to_have_count(62)
    expect(page.get_by_role("button", name="Show more")).to_have_count(0)


@pytest.mark.parametrize(
    ("name", "people"),
    [
        ("tess", ["Omar Haddad", "Casey Lin", "Milo Park", "Tara Park"]),
        ("noah", ["Morgan Diaz", "Gina Park"]),
        ("theo", ["Quinn Ellis", "Casey Lin"]),
    ],
)
def test_therapists_see_assigned_clients_only(visit: Visit, name: str, people: list[str]) -> None:
    page = loaded(visit().sign_in(name, "/practice/clients"))
    for person in people:
        expect(names(page).filter(has_text=person)).to_have_count(1)
    search(page).fill("Gina Park" if name == "tess" else "Tara Park")
    found = ["Gina Park"] if name == "noah" else []
    if name == "noah":
        search(page).fill("Gina Park")
    lists(page, *found)
    assert page.get_by_label("Therapist").count() == 0


def test_who_sees_clients_for_the_money_sees_no_therapist_and_adds_nobody(visit: Visit) -> None:
    page = loaded(visit().sign_in("bea", "/practice/clients"))
    assert "Clients" in navigation(page)
    expect(names(page).filter(has_text="Casey Lin")).to_have_count(1)
    assert page.get_by_text("Tess Rivera").count() == 0
    assert page.get_by_label("Therapist").count() == 0
    assert page.get_by_role("button", name="Add client").count() == 0
    assert page.get_by_role("checkbox").count() == 0


def choose(page: Page, *people: str) -> None:
    for name in people:
        page.get_by_role("checkbox", name=f"Choose {name}").check()


def test_features_are_switched_off_and_back_for_several(visit: Visit) -> None:
    page = visit().sign_in("avery", "/practice/clients")
    choose(page, "Casey Lin", "Morgan Diaz")
    search(page).fill("tara")
    choose(page, "Tara Park")
    search(page).fill("")
    bar = page.get_by_role("group", name="With those who are chosen")
    expect(bar).to_contain_text("3 clients chosen")
    assert_good_for_everybody(page, "clients-chosen")
    bar.get_by_role("button", name="Switch a feature").click()
    panel = page.get_by_role("dialog")
    panel.get_by_label("Feature").select_option("Hide location address on intake forms")
    panel.get_by_role("button", name="Switch off").click()
    expect(panel.get_by_role("alert").first).to_contain_text("Please confirm")
    expect(panel.get_by_label("may see the address")).to_be_visible()
    assert_good_for_everybody(page, "clients-switch")
    panel.get_by_label("Feature").select_option("Display Insurance Info")
    panel.get_by_role("button", name="Switch off").click()
    expect(page.get_by_role("status").filter(has_text="Switched off for 3 clients.")).to_be_visible()
    expect(bar.get_by_text("3 clients chosen")).to_have_count(0)
    row = page.get_by_role("row").filter(has_text="Tara Park")
    expect(row).to_contain_text("Off: insurance")
    choose(page, "Casey Lin", "Morgan Diaz", "Milo Park", "Tara Park")
    bar.get_by_role("button", name="Switch a feature").click()
    panel.get_by_label("Feature").select_option("Display Insurance Info")
    panel.get_by_role("button", name="As the practice decided").click()
    said = "As the practice decided, for 3 clients. For 1 client it was so already."
    expect(page.get_by_role("status").filter(has_text=said)).to_be_visible()
    expect(row).not_to_contain_text("Off:")


def test_several_are_invited_with_forms(visit: Visit) -> None:
    avery = visit()
    for name in ("casey", "morgan", "omar"):
        avery.portal.run("UPDATE client SET account_id = NULL WHERE email = ?", (f"{name}@mail.example",))
    page = avery.sign_in("avery", "/practice/clients")
    choose(page, "Morgan Diaz", "Omar Haddad", "Milo Park")
    page.get_by_role("button", name="Invite", exact=True).click()
    panel = page.get_by_role("dialog")
    panel.get_by_label("Notice of Privacy Practices").check()
    panel.get_by_label("Informed Consent for Psychotherapy").check()
    panel.get_by_role("button", name="Preview").click()
    expect(panel.get_by_text("Milo Park: Has no email address.")).to_be_visible()
    expect(panel.get_by_text("This is the first one")).to_be_visible()
    assert_good_for_everybody(page, "clients-invite")
    panel.get_by_role("button", name="Send invitations").click()
    says = page.get_by_role("status").filter(has_text="2 invitations are on their way. 1 could not be invited.")
    expect(says).to_be_visible()
    expect(page.get_by_role("row").filter(has_text="Omar Haddad")).to_contain_text("Invited")


def test_therapists_invite_several_but_switch_nothing(visit: Visit) -> None:
    page = loaded(visit().sign_in("tess", "/practice/clients"))
    choose(page, "Milo Park")
    expect(page.get_by_role("button", name="Invite", exact=True)).to_be_visible()
    assert page.get_by_role("button", name="Switch a feature").count() == 0


def test_a_client_sees_no_list(visit: Visit) -> None:
    page = visit().sign_in("gina", "/practice/clients")
    expect(page.get_by_role("main").get_by_role("alert")).to_contain_text("could not find")
    assert page.get_by_role("table").count() == 0


def test_the_list_is_good_for_everybody(visit: Visit) -> None:
    page = loaded(visit().sign_in("avery", "/practice/clients"))
    assert page.locator("h1").count() == 1
    assert page.title().startswith("Clients · ")
    assert_good_for_everybody(page, "clients-avery")
