"""Messages for invitations: kept while one writes, chosen, renamed and deleted; many people invited at once."""

from playwright.sync_api import expect

from tests.e2e.people import Visit, assert_good_for_everybody, loaded
from tests.e2e.test_client import open_client


def test_words_are_kept_chosen_changed_and_deleted(visit: Visit) -> None:
    avery = visit()
    page = loaded(avery.sign_in("avery", "/practice/invitation-messages"))
    expect(page.get_by_role("heading", name="No messages yet")).to_be_visible()
    avery.portal.run("UPDATE contact SET account_id = NULL WHERE given_name = 'Gina'")
    page = open_client(visit(), "avery", "Milo Park")
    page.get_by_role("button", name="Invite", exact=True).click()
    panel = page.get_by_role("dialog", name="Invite to the portal")
    panel.get_by_label("Whom").select_option("Gina Park")
    panel.get_by_label("Message", exact=True).fill("Dear {first_name},\n\nwelcome to {practice}.\n\n{link}\n\nYours")
    panel.get_by_text("Keep these words for later").click()
    panel.get_by_label("Name of the message").fill("Short and warm")
    panel.get_by_role("button", name="Keep", exact=True).click()
    expect(panel.get_by_role("group", name="Messages that you keep")).to_contain_text("Short and warm")
    panel.get_by_label("Message", exact=True).fill("Something else {link}")
    panel.get_by_role("button", name="Short and warm").click()
    expect(panel.get_by_label("Message", exact=True)).to_have_value(
        "Dear {first_name},\n\nwelcome to {practice}.\n\n{link}\n\nYours"
    )
    panel.get_by_role("button", name="Preview").click()
    expect(panel.get_by_text("Dear Gina,")).to_be_in_viewport()
    expect(panel.get_by_text("The link works once, until")).to_be_visible()
    assert "Milo" not in (panel.get_by_text("Dear Gina,").text_content() or "")
    assert_good_for_everybody(page, "client-invite-mother")
    panel.get_by_role("link", name="Rename or delete messages").click()
    expect(page.locator("h1")).to_have_text("Invitation messages")
    loaded(page)
    page.get_by_role("button", name="Edit Short and warm").click()
    edit = page.get_by_role("dialog", name="Edit Short and warm")
    edit.get_by_label("Name").fill("Warm")
    assert_good_for_everybody(page, "messages-edit")
    edit.get_by_role("button", name="Save").click()
    expect(page.get_by_role("heading", name="Warm", exact=True)).to_be_visible()
    assert_good_for_everybody(page, "messages")
    page.get_by_role("button", name="Delete Warm").click()
    page.get_by_role("dialog").get_by_role("button", name="Delete").click()
    expect(page.get_by_role("heading", name="No messages yet")).to_be_visible()


def test_sixty_are_invited_by_one_press(visit: Visit) -> None:
    lena = visit()
    ((organization,),) = lena.portal.run("SELECT id FROM organization WHERE slug = 'lakeside'")
    for number in range(60):
        lena.portal.run(
            "INSERT INTO client (id, organization_id, given_name, family_name, sort_key, email, phone, created_at) "
            "VALUES (?, ?, ?, 'Zimmer', ?, ?, '', '2026-01-01 00:00:00')",
            (f"{number:032x}", organization, f"Z{number:02}", f"zimmer\x1fz{number:02}", f"z{number}@new.example"),
        )
    page = loaded(lena.sign_in("lena", "/practice/clients"))
    page.get_by_role("button", name="Show more").click()
    expect(page.get_by_role("rowheader")).to_have_count(62)
    for box in page.get_by_role("checkbox").all():
        box.check()
    page.get_by_role("button", name="Invite", exact=True).click()
    panel = page.get_by_role("dialog")
    panel.get_by_role("button", name="Preview").click()
    expect(panel.get_by_text("This is the first one")).to_be_visible()
    panel.get_by_role("button", name="Send invitations").dblclick()
    says = page.get_by_role("status").filter(has_text="60 invitations are on their way. 2 could not be invited.")
    expect(says).to_be_visible()
    assert lena.portal.run("SELECT count(*) FROM invitation") == [(60,)]
