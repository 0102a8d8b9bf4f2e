"""Organization, Mail: what did not arrive is sent again or set aside, and what the portal does by itself."""

import pytest
from playwright.sync_api import expect

from tests.e2e.people import Visit, assert_good_for_everybody, loaded
from tests.e2e.site import Portal


@pytest.fixture(scope="module")
def portal(portal_of_its_own: Portal) -> Portal:
    """What is done by itself is done soon after a start."""
    return portal_of_its_own


def test_what_did_not_arrive_is_seen_sent_again_and_set_aside(visit: Visit) -> None:
    page = loaded(visit().sign_in("avery", "/practice/clients"))
    expect(page.get_by_role("row").filter(has_text="Omar Haddad")).to_contain_text("Mail does not arrive")
    page.get_by_role("link", name="Omar Haddad", exact=True).click()
    expect(page.get_by_text("Mail to Omar Haddad does not arrive: the mail server refused")).to_be_visible()

    page.goto(f"{page.url.split('/practice')[0]}/practice/audit")
    loaded(page).get_by_role("navigation", name="Organization").get_by_role("link", name="Mail").click()
    expect(page.locator("h1")).to_have_text("Mail")
    rows = page.get_by_role("region", name="Mail that did not arrive").get_by_role("listitem")
    expect(rows).to_have_count(3)
    expect(rows.first).to_contain_text("Omar Haddad, omar@mail.example")
    expect(rows.last).to_contain_text("Your password was changed")
    expect(rows.last).to_contain_text("Casey Lin, casey@mail.example")
    jobs = page.get_by_role("region", name="Done by itself").get_by_role("listitem")
    expect(jobs.filter(has_text="Reminders of forms")).to_contain_text("Next:")
    assert_good_for_everybody(page, "mail")

    page.get_by_role("button", name="Send again: A form is waiting for you, to omar@mail.example").click()
    expect(page.get_by_role("main")).not_to_contain_text("omar@mail.example")
    expect(rows).to_have_count(2)
    for mail in (
        "A form is waiting for you, to morgan@mail.example",
        "Your password was changed, to casey@mail.example",
    ):
        page.get_by_role("button", name=f"Set aside: {mail}").click()
        page.get_by_role("dialog").get_by_role("button", name="Set aside").click()
    expect(page.get_by_text("Every mail has arrived")).to_be_visible()
    assert_good_for_everybody(page, "mail-empty")
