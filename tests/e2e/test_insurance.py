"""A new insurance card, from Gina's phone to Bea's desk and back; and the pages of those who see only a part of it."""

import io

from PIL import Image
from playwright.sync_api import FilePayload, Locator, Page, Route, expect

from tests.e2e.people import Visit, assert_good_for_everybody, loaded, navigation
from tests.e2e.test_client import open_client

PHONE = {"width": 360, "height": 740}


def photo(side: str, color: str) -> FilePayload:
    """A photo of a card that says where it was taken."""
    exif = Image.Exif()
    exif.get_ifd(0x8825)[1] = "N"
    out = io.BytesIO()
    Image.new("RGB", (640, 400), color).save(out, "JPEG", exif=exif)
    return {"name": f"{side}.jpg", "mimeType": "image/jpeg", "buffer": out.getvalue()}


def on_phone(visit: Visit, name: str, path: str) -> Page:
    page = visit().sign_in(name, path)
    page.set_viewport_size(PHONE)
    return loaded(page)


def act_for(page: Page, name: str) -> None:
    page.get_by_role("button", name="Acting for").click()
    page.get_by_role("link", name=name).click()
    expect(page.get_by_role("button", name=f"Acting for {name}")).to_be_visible()


def line(within: Locator, label: str) -> Locator:
    """One field, old beside new."""
    return within.get_by_role("listitem").filter(has=within.page.get_by_role("heading", name=label, exact=True)).last


def hold(page: Page) -> list[Route]:
    """Keep what the browser posts from now on, until it is let on its way."""
    held: list[Route] = []
    page.route("**/*", lambda route: held.append(route) if route.request.method == "POST" else route.continue_())
    return held


def propose(gina: Page) -> Locator:
    """Photograph both sides of Milo's new card, and send it with a company that is not on the list."""
    act_for(gina, "Milo Park")
    expect(gina.locator("h1")).to_have_text("Billing & Insurance Info")
    gina.get_by_role("tab", name="Insurance").click()
    part = gina.get_by_role("region", name="Insurance")
    part.get_by_role("button", name="Update Aetna").click()
    part.get_by_label("Insurance company").fill("Sunrise Mutual")
    part.get_by_label("Member ID").fill("sm 42-17")
    held: list[Route] = []
    for side, color in (("front", "teal"), ("back", "orange")):
        part.get_by_label(f"Take a photo: {side.title()} of the card").set_input_files(photo(side, color))
        if side == "front":
            expect(part.get_by_text("The photo is there.")).to_have_count(1)
            held = hold(gina)
    part.get_by_label("Group number").fill("<b>")
    part.get_by_role("button", name="Send to the practice").click()
    expect(part.get_by_text("Sending the photo")).to_be_visible()
    assert part.get_by_text("A group number has letters").count() == 0, "the form waits for its photo"
    held[0].continue_()
    gina.unroute_all()
    expect(part.get_by_text("A group number has letters").first).to_be_visible()
    expect(part.get_by_text("The photo is there.")).to_have_count(2)
    assert_good_for_everybody(gina, "insurance-form")
    gina.set_viewport_size(PHONE)
    part.get_by_label("Group number").fill("0868013")
    part.get_by_role("button", name="Send to the practice").click()
    expect(part.get_by_text("Waiting for the practice")).to_be_visible()
    expect(part.get_by_text("A change of this waits for the practice.")).to_be_visible()
    assert_good_for_everybody(gina, "insurance-waiting")
    return part


def decide(bea: Page) -> None:
    """Look at old and new side by side, and decide about each field."""
    desk = bea.get_by_role("region", name="Milo Park")
    company = line(desk, "Insurance company")
    expect(company).to_contain_text("On recordAetna")
    expect(company).to_contain_text("NewSunrise Mutual")
    expect(desk.get_by_role("img", name="New")).to_have_count(2)
    for picture in desk.get_by_role("img", name="New").all():
        assert picture.evaluate("async image => { await image.decode(); return image.naturalWidth }") == 640
    company.get_by_label("Accept").check()
    line(desk, "Member ID").get_by_label("Change", exact=True).check()
    line(desk, "Member ID").get_by_label("Write this instead").fill("SM4217")
    line(desk, "Front of the card").get_by_label("Accept").check()
    line(desk, "Back of the card").get_by_label("Reject").check()
    assert_good_for_everybody(bea, "insurance-decide")
    desk.get_by_label("Message to who sent it").fill("The back is blurred. Please send it once more.")
    desk.get_by_role("button", name="Save these decisions").click()
    expect(bea.get_by_role("status").filter(has_text="Decided.")).to_be_visible()


def test_a_new_card_goes_from_ginas_phone_to_beas_desk_and_back(visit: Visit) -> None:
    bea = visit().sign_in("bea", "/practice/insurance")
    queue = bea.get_by_role("region", name="Waiting for you")
    expect(queue).to_contain_text("Casey Lin")
    expect(queue).not_to_contain_text("Milo Park")
    gina = on_phone(visit, "gina", "/billing")
    part = propose(gina)
    row = queue.get_by_role("listitem").filter(has_text="Milo Park")
    expect(row).to_contain_text("Change of the primary insurance")
    assert_good_for_everybody(bea, "insurance-queue")
    row.get_by_role("button", name="Look at it Milo Park").click()
    decide(bea)
    expect(queue).not_to_contain_text("Milo Park")
    expect(part.get_by_text("Waiting for the practice")).to_have_count(0)
    expect(part).to_contain_text("The back is blurred. Please send it once more.")
    expect(part.get_by_role("heading", name="Sunrise Mutual")).to_be_visible()
    expect(line(part, "Member ID")).to_contain_text("Changed: SM4217")
    expect(line(part, "Back of the card")).to_contain_text("Not taken")
    assert_good_for_everybody(gina, "insurance-decided")


def test_bea_keeps_a_clients_policies_and_the_list(visit: Visit) -> None:
    page = open_client(visit(), "bea", "Casey Lin")
    page.get_by_role("link", name="Insurance", exact=True).click()
    expect(page.locator("h1")).to_have_text("Insurance · Casey Lin")
    expect(page.get_by_role("heading", level=2)).to_have_text(["UnitedHealthcare", "Medicare"])
    page.get_by_role("button", name="Move up Medicare").click()
    expect(page.get_by_role("heading", level=2)).to_have_text(["Medicare", "UnitedHealthcare"])
    page.get_by_role("button", name="Change Medicare").click()
    page.get_by_label("Plan", exact=True).fill("Part B")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("Part B")).to_be_visible()
    page.get_by_role("button", name="History Medicare").click()
    expect(page.get_by_text("Bea Ortiz, ").first).to_be_visible()
    assert_good_for_everybody(page, "insurance-desk")
    page.get_by_role("navigation", name="Main").get_by_role("link", name="Billing").click()
    page.get_by_role("navigation", name="Billing").get_by_role("link", name="Insurance").click()
    page.get_by_label("Find a company").fill("blue tex")
    companies = page.get_by_role("region", name="Insurance companies")
    expect(companies.get_by_role("listitem")).to_have_count(1)
    companies.get_by_role("button", name="Put aside Blue Cross and Blue Shield of Texas").click()
    expect(companies.get_by_role("button", name="Offer again Blue Cross and Blue Shield of Texas")).to_be_visible()


def test_lakeside_shows_insurance_and_nothing_of_money(visit: Visit) -> None:
    page = on_phone(visit, "quinn", "/billing")
    expect(page.locator("h1")).to_have_text("Billing & Insurance Info")
    link = page.get_by_role("navigation", name="Main").get_by_role("link", name="Billing & Insurance Info")
    expect(link).to_have_attribute("aria-current", "page")
    expect(page.get_by_role("region", name="Insurance")).to_contain_text("No insurance yet")
    expect(page.get_by_role("tab")).to_have_count(0)
    for region in ("What is owed", "Cards"):
        expect(page.get_by_role("region", name=region)).to_have_count(0)
    page.get_by_role("button", name="Add insurance").click()
    page.get_by_label("Insurance company").fill("Nobody's Mutual")
    page.get_by_label("Member ID").fill("Q1")
    page.get_by_role("button", name="Send to the practice").click()
    expect(page.get_by_text("This company is not on the list of Lakeside Therapy").first).to_be_visible()
    page.get_by_label("Insurance company").fill("premera blue cross")
    page.get_by_role("button", name="Send to the practice").click()
    expect(page.get_by_text("Waiting for the practice", exact=True)).to_be_visible()
    assert_good_for_everybody(page, "insurance-lakeside")


def test_who_may_only_pay_sees_nothing_of_it(visit: Visit) -> None:
    page = loaded(visit().sign_in("pete", "/billing"))
    expect(page.locator("h1")).to_have_text("Billing")
    expect(page.get_by_role("region", name="What is owed")).to_be_visible()
    expect(page.get_by_role("region", name="Insurance")).to_have_count(0)
    assert navigation(page) == ["Home", "Billing", "Account"]
