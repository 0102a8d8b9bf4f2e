"""The account page: who has access to one's record, ending it, and who looked."""

from playwright.sync_api import expect

from tests.e2e.people import Visit, assert_good_for_everybody, loaded
from tests.e2e.test_client import open_client, part


def test_casey_sees_who_has_access_and_ends_it(visit: Visit) -> None:
    staff = open_client(visit(), "avery", "Casey Lin")
    staff.get_by_role("button", name="Add a person").click()
    panel = staff.get_by_role("dialog")
    panel.get_by_label("Relationship to the client").fill("partner")
    panel.get_by_label("First name").fill("Robin")
    panel.get_by_label("Last name").fill("Quill")
    panel.get_by_label("What they may do").select_option("Scheduler: Asks for appointments and sees them.")
    panel.get_by_role("button", name="Add", exact=True).click()
    expect(part(staff, "Contact network")).to_contain_text("Robin Quill")
    part(staff, "Details").get_by_role("link", name="View as Casey Lin").click()
    expect(staff.get_by_role("region", name="View as")).to_contain_text("You are viewing as Casey Lin")

    page = visit().sign_in("casey", "/account")
    access = page.get_by_role("region", name="Who has access to your record")
    expect(access).to_contain_text("Robin Quill · partner")
    expect(access).to_contain_text("Scheduling")
    looked = page.get_by_role("region", name="Who looked at your record")
    expect(looked).to_contain_text("Avery Stone, administrator viewed the portal as you")
    assert_good_for_everybody(loaded(page), "account-record")
    access.get_by_role("button", name="End: Scheduling for Robin Quill").click()
    question = page.get_by_role("dialog", name="End this access?")
    expect(question).to_contain_text("Robin Quill loses access to scheduling for you at once")
    assert_good_for_everybody(page, "account-end-access")
    question.get_by_role("button", name="End").click()
    expect(page.get_by_role("status").filter(has_text="This access has ended.")).to_be_visible()
    expect(access).to_contain_text("Nobody but you")


def test_who_acts_for_a_child_has_no_record_of_theirs_here(visit: Visit) -> None:
    page = visit().sign_in("gina", "/account")
    expect(page.get_by_role("region", name="Who has access to your record")).to_be_visible()
    page.get_by_role("button", name="Acting for").click()
    page.get_by_role("link", name="Milo Park").click()
    expect(page.get_by_role("button", name="Acting for Milo Park")).to_be_visible()
    expect(page.get_by_role("region", name="Where you are signed in")).to_be_visible()
    expect(page.get_by_role("region", name="Who has access to your record")).to_have_count(0)
    expect(page.get_by_role("region", name="Who looked at your record")).to_have_count(0)


def test_tara_is_told_from_when_on_she_decides(visit: Visit) -> None:
    page = visit().sign_in("tara", "/account")
    expect(page.get_by_role("region", name="Who has access to your record")).to_contain_text("from the age of 18")
