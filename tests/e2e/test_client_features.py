"""Features of one client, and a contact who becomes a client."""

from playwright.sync_api import Locator, Page, expect

from tests.e2e.people import Visit, assert_good_for_everybody, loaded
from tests.e2e.test_client import open_client, part, person

HIDE = "Hide location address on intake forms"


def switch(page: Page, label: str) -> Locator:
    return part(page, "Features").get_by_role("switch", name=label)


def test_a_feature_goes_off_for_one_client_and_back(visit: Visit) -> None:
    page = open_client(visit(), "avery", "Milo Park")
    insurance = switch(page, "Display Insurance Info")
    expect(insurance).to_be_checked()
    insurance.click()
    expect(insurance).not_to_be_checked()
    expect(insurance).to_have_accessible_description("Switched off for this client.")
    page.get_by_role("button", name="Undo").click()
    expect(insurance).to_be_checked()
    insurance.click()
    expect(insurance).not_to_be_checked()
    page.get_by_role("link", name="All clients").click()
    page.get_by_label("Switched off").select_option("Display Insurance Info")
    expect(page.get_by_role("rowheader")).to_have_text(["Omar Haddad", "Milo Park"])
    assert_good_for_everybody(page, "clients-switched-off")


def test_an_address_is_shown_only_after_two_questions(visit: Visit) -> None:
    page = open_client(visit(), "avery", "Milo Park")
    hide = switch(page, HIDE)
    hide.click()
    dialog = page.get_by_role("dialog", name="Show the address?")
    expect(dialog).to_contain_text("Milo Park, Gina Park and Pete Park will see the address of the location")
    assert_good_for_everybody(page, "client-address")
    dialog.get_by_role("button", name="Keep it hidden").click()
    expect(hide).to_be_checked()
    hide.click()
    dialog.get_by_role("button", name="Show the address").click()
    second = page.get_by_role("dialog", name="Really show the address?")
    second.get_by_role("button", name="Show the address").click()
    expect(hide).not_to_be_checked()
    assert_good_for_everybody(page, "client-features")


def test_only_administrators_move_a_switch(visit: Visit) -> None:
    page = open_client(visit(), "frank", "Milo Park")
    one = switch(page, "Allow Client Portal Access for Client Contacts")
    expect(one).to_have_attribute("aria-disabled", "true")
    expect(one).to_have_accessible_description("On, as for the whole practice. Only an administrator can change this.")
    one.click(force=True)
    expect(one).to_be_checked()


def test_a_contact_becomes_a_client(visit: Visit) -> None:
    page = open_client(visit(), "avery", "Milo Park")
    person(page, "Pete Park").get_by_role("button", name="Make a client: Pete Park").click()
    panel = page.get_by_role("dialog", name="Make a client: Pete Park")
    assert_good_for_everybody(page, "client-convert")
    panel.get_by_label("Date of birth").fill("1980-02-03")
    panel.get_by_role("button", name="Make a client").click()
    expect(page.get_by_role("status").filter(has_text="is a client too now")).to_be_visible()
    link = person(page, "Pete Park").get_by_role("link", name="Pete Park", exact=True)
    expect(link).to_be_visible()
    expect(person(page, "Pete Park").get_by_role("button", name="Make a client")).to_have_count(0)
    link.click()
    expect(page.locator("h1")).to_have_text("Pete Park")
    loaded(page)


def test_a_contact_who_looks_like_a_client_is_decided_about(visit: Visit) -> None:
    avery = visit()
    ((born,),) = avery.portal.run("SELECT birth_date FROM client WHERE given_name = 'Casey' LIMIT 1")
    avery.portal.run(
        "UPDATE contact SET given_name = 'Casey', family_name = 'Lin', account_id = NULL, email = '', client_id = NULL "
        "WHERE given_name = 'Pete'"
    )
    page = open_client(avery, "avery", "Milo Park")
    person(page, "Casey Lin").get_by_role("button", name="Make a client: Casey Lin").click()
    panel = page.get_by_role("dialog", name="Make a client: Casey Lin")
    panel.get_by_label("Date of birth").fill(str(born))
    panel.get_by_role("button", name="Make a client").click()
    expect(panel.get_by_text("You have somebody like this already. Who is it?")).to_be_visible()
    panel.get_by_role("button", name="Make a client").click()
    expect(panel.get_by_text("Please choose who this is.").last).to_be_visible()
    assert_good_for_everybody(page, "client-convert-alike")
    panel.get_by_label("Casey Lin").check()
    panel.get_by_role("button", name="Make a client").click()
    expect(page.get_by_role("status").filter(has_text="is a client too now")).to_be_visible()
