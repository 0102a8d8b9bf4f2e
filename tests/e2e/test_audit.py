"""Organization, Audit: what was done, who looked, and whether the record is whole."""

import pytest
from playwright.sync_api import Locator, Page, expect

from portal.settings.catalog import CATALOG, SettingName
from tests.e2e.people import Visit, assert_good_for_everybody, loaded
from tests.e2e.site import Portal

SWITCH = CATALOG[SettingName.NOTIFY_CREATED].label


def entries(page: Page) -> Locator:
    return page.get_by_role("region", name="Entries").get_by_role("listitem")


def test_what_was_done_is_found_by_person_client_and_action(visit: Visit) -> None:
    page = loaded(visit().sign_in("avery", "/practice/settings"))
    page.get_by_role("switch", name=SWITCH, exact=True).click()
    expect(page.get_by_role("button", name="Undo", exact=True)).to_be_visible()
    page.get_by_role("navigation", name="Organization").get_by_role("link", name="Audit").click()
    expect(page.locator("h1")).to_have_text("Audit")
    expect(entries(page).first).to_contain_text("Avery Stone changed a setting of the practice")
    expect(entries(page).first).to_contain_text(f"{SWITCH}: from on to off")
    expect(page.get_by_role("navigation", name="Main").locator("[aria-current=page]")).to_have_text("Organization")
    everything = entries(page).count()
    assert everything > 3
    assert_good_for_everybody(page, "audit")

    page.get_by_label("What", exact=True).select_option("Changed a setting of the practice")
    page.get_by_role("button", name="Find").click()
    expect(entries(page)).to_have_count(1)
    page.get_by_role("button", name="Show everything").click()
    expect(entries(page)).to_have_count(everything)

    page.get_by_label("Client", exact=True).fill("casey")
    page.get_by_role("button", name="Find").click()
    expect(entries(page).first).to_contain_text("Casey Lin")
    assert all("Casey Lin" in text for text in entries(page).all_inner_texts())

    page.get_by_role("button", name="Show everything").click()
    expect(entries(page)).to_have_count(everything)
    page.get_by_role("button", name="Avery Stone").first.click()
    expect(entries(page)).to_have_count(1)
    expect(page.get_by_label("Person", exact=True).locator("option:checked")).to_have_text("Avery Stone")

    page.get_by_label("Person", exact=True).select_option("Frank Doyle")
    page.get_by_role("button", name="Find").click()
    expect(page.get_by_text("No entry fits")).to_be_visible()


def test_who_looked_at_a_record_is_listed(visit: Visit, portal: Portal) -> None:
    tess = loaded(visit().sign_in("tess"))
    tess.get_by_role("main").get_by_role("link").first.click()
    expect(tess.locator("h1")).not_to_have_text("Today")
    loaded(tess)
    page = loaded(visit().sign_in("avery", "/practice/audit"))
    page.get_by_label("Show", exact=True).select_option("Who looked at records")
    page.get_by_role("button", name="Find").click()
    expect(entries(page).first).to_contain_text("Tess Rivera read the answers of a form: Casey Lin")
    ((client,),) = portal.run("SELECT client_id FROM access_log LIMIT 1")
    page.goto(f"{portal.base}/practice/audit?client={client}")
    loaded(page)
    assert all("Casey Lin" in text for text in entries(page).all_inner_texts())


def test_verify_says_that_the_record_is_whole(visit: Visit) -> None:
    page = loaded(visit().sign_in("avery", "/practice/audit"))
    page.get_by_role("button", name="Verify").click()
    expect(page.get_by_text("entries are there, unchanged and in order")).to_be_visible()
    assert_good_for_everybody(page, "audit-verified")


@pytest.mark.parametrize("name", ["tess", "frank"])
def test_others_do_not_see_the_audit(visit: Visit, name: str) -> None:
    page = visit().sign_in(name)
    page.goto(page.url.split("/practice")[0] + "/practice/audit")
    expect(page.get_by_role("main").get_by_role("alert")).to_contain_text("Your role")
    assert entries(page).count() == 0
