"""Staff, Forms: a consent form from nothing with a condition, a score and two signatures; a form published twice."""

from playwright.sync_api import Page, expect

from tests.e2e.people import Visit, assert_good_for_everybody, loaded
from tests.e2e.site import Portal
from tests.e2e.test_client import open_client


def part(page: Page, text: str) -> None:
    """Open one part of the form."""
    page.get_by_role("list", name="Parts of the form").get_by_role("button", name=text).first.click()


def add(page: Page, kind: str, text: str) -> None:
    """Add a part behind the open one, and say what it asks; the field has the focus already."""
    rows = page.get_by_role("list", name="Parts of the form").locator("> li")
    count = rows.count()
    page.get_by_label("Add after", exact=False).select_option(kind)
    page.get_by_role("button", name="Add", exact=True).first.click()
    expect(rows).to_have_count(count + 1)
    expect(page.locator("#b-text")).to_be_focused()
    page.keyboard.press("Control+A")
    page.keyboard.type(text)
    page.locator("#b-text").blur()
    expect(page.get_by_role("button", name=text)).to_be_visible()


def begin(page: Page, title: str) -> None:
    page.get_by_role("button", name="New form").click()
    page.get_by_label("Name of the form").fill(title)
    page.get_by_role("button", name="Begin").click()
    expect(page.locator("h1")).to_have_text(title)
    loaded(page)


def publish(page: Page, number: int) -> None:
    page.get_by_role("button", name=f"Publish version {number}").click()
    page.get_by_role("dialog").get_by_role("button", name=f"Publish version {number}").click()
    expect(page.get_by_text(f"Version {number} is published")).to_be_visible()
    expect(page.get_by_text(f"No changes since version {number}")).to_be_visible()


def send(page: Page, title: str) -> None:
    """Send a form from a client's page."""
    page.get_by_role("button", name="Send a form").click()
    panel = page.get_by_role("dialog")
    panel.get_by_label("Form", exact=True).select_option(label=title)
    panel.get_by_role("button", name="Send").click()
    expect(page.get_by_text("The form is on its way.")).to_be_visible()


def test_a_consent_form_from_nothing(visit: Visit) -> None:
    page = visit().sign_in("tess", "/practice/forms")
    expect(page.get_by_role("listitem").filter(has_text="PHQ-9")).to_be_visible()
    assert_good_for_everybody(page, "forms-list")
    begin(page, "Consent for groups")
    part(page, "First section")
    page.locator("#b-text").fill("About the group")
    page.locator("#b-text").blur()
    expect(page.get_by_role("button", name="Section About the group")).to_be_visible()
    add(page, "Yes or no", "Have you been in a group before?")
    add(page, "Short text", "Which one?")
    page.get_by_role("button", name="Add a condition").click()
    expect(page.get_by_text("Shown when “Have you been in a group before?” is Yes")).to_be_visible()
    add(page, "Section", "How you are")
    add(page, "One choice", "How are you today?")
    page.get_by_label("Points of answer 1").fill("0")
    page.get_by_label("Points of answer 1").blur()
    page.get_by_label("Points of answer 2").fill("3")
    page.get_by_label("Points of answer 2").blur()
    add(page, "Section", "Your consent")
    add(page, "Agreement (only Yes)", "I agree to the rules of the group")
    part(page, "The form itself")
    page.get_by_label("All who are named have to sign").check()
    page.get_by_label("A therapist signs below them").check()
    page.get_by_role("button", name="Add a score").click()
    page.get_by_role("button", name="Add a range").click()
    expect(page.get_by_role("group", name="Range 1")).to_be_visible()
    expect(page.get_by_text("Nothing stands in the way")).to_be_visible()
    assert_good_for_everybody(page, "builder")
    publish(page, 1)


def test_a_sheet_stays_what_it_was_when_another_version_is_published(visit: Visit, portal: Portal) -> None:
    builder = visit().sign_in("tess", "/practice/forms")
    begin(builder, "House rules")
    part(builder, "First section")
    add(builder, "Short text", "What do you expect?")
    publish(builder, 1)
    client = open_client(visit(), "tess", "Milo Park")
    send(client, "House rules")
    part(builder, "What do you expect?")
    builder.locator("#b-text").fill("What do you hope for?")
    builder.locator("#b-text").blur()
    publish(builder, 2)
    client.reload()
    loaded(client)
    send(client, "House rules")
    milo = client.url.partition("/clients/")[2].strip("/")
    gina = visit().sign_in("gina", f"/forms?for={milo}")
    sheets = gina.get_by_role("main").get_by_role("link", name="House rules")
    expect(sheets).to_have_count(2)
    asked = []
    for place in range(2):
        gina.goto(f"{portal.base}/forms?for={milo}")
        loaded(gina)
        sheets.nth(place).click()
        expect(gina.locator("#pf-heading")).to_be_visible()
        asked.append(gina.locator(".pf-question label").first.inner_text().partition("?")[0])
    assert sorted(asked) == ["What do you expect", "What do you hope for"]


def test_the_preview_is_the_real_filler_and_keeps_nothing(visit: Visit) -> None:
    page = visit().sign_in("tess", "/practice/forms")
    begin(page, "Tried out")
    part(page, "First section")
    add(page, "Yes or no", "Tea?")
    add(page, "Short text", "Which tea?")
    page.get_by_role("button", name="Add a condition").click()
    preview = page.get_by_role("region", name="Preview")
    expect(preview.get_by_text("Tea?", exact=True)).to_be_visible()
    expect(preview.get_by_label("Which tea?")).to_have_count(0)
    preview.get_by_label("Yes").check()
    expect(preview.get_by_label("Which tea?")).to_be_visible()
    page.get_by_role("button", name="Start over").click()
    expect(preview.get_by_label("Which tea?")).to_have_count(0)


def test_by_keyboard(visit: Visit) -> None:
    page = visit().sign_in("tess", "/practice/forms")
    begin(page, "By keyboard")
    part(page, "First section")
    add(page, "Short text", "One")
    add(page, "Short text", "Two")
    rows = page.get_by_role("list", name="Parts of the form").locator("> li > button")
    row = page.get_by_role("button", name="Short text Two")
    row.focus()
    page.keyboard.press("Alt+ArrowUp")
    expect(rows.nth(2)).to_contain_text("Two")
    expect(row).to_be_focused()
    page.keyboard.press("Control+z")
    expect(rows.nth(2)).to_contain_text("One")
    page.keyboard.press("Control+Shift+z")
    expect(rows.nth(2)).to_contain_text("Two")
    row.focus()
    page.keyboard.press("Delete")
    expect(row).to_have_count(0)
    page.get_by_role("button", name="Undo", exact=True).click()
    expect(row).to_be_visible()
    page.reload()
    loaded(page)
    expect(rows.nth(2)).to_contain_text("Two")


def test_bringing_in_and_taking_out(visit: Visit) -> None:
    page = visit().sign_in("frank", "/practice/forms")
    page.get_by_role("button", name="Bring in").click()
    page.get_by_label("The text of the file").fill('{"resourceType": "Patient"}')
    page.get_by_role("button", name="Bring it in").click()
    expect(page.get_by_text("This file is a FHIR Patient")).to_be_visible()
    form = '{"resourceType": "Questionnaire", "status": "active", "title": "<b>Odd</b>", "item": [{"linkId": "a", '
    page.get_by_label("The text of the file").fill(form + '"type": "string", "text": "<script>alert(1)</script>"}]}')
    page.get_by_role("button", name="Bring it in").click()
    expect(page.get_by_text("“<b>Odd</b>” is in: 1 parts on 1 pages.")).to_be_visible()
    page.get_by_role("link", name="Open the form").click()
    expect(page.locator("h1")).to_have_text("<b>Odd</b>")
    expect(page.get_by_role("button", name="<script>alert(1)</script>")).to_be_visible()
    page.get_by_role("link", name="All forms").click()
    with page.expect_download() as download:
        page.get_by_role("link", name="Download <b>Odd</b>").click()
    assert download.value.suggested_filename == "b-odd-b.json"
