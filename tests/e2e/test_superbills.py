"""Superbills on the screen: Casey takes one, Pete is offered none, Tess and Avery enter what is missing."""

from playwright.sync_api import Locator, Page, expect

from tests.e2e.people import Visit, assert_good_for_everybody, loaded
from tests.e2e.test_client import open_client

PHONE = {"width": 360, "height": 740}
GOOD_NPI, BAD_NPI = "1679576722", "1679576723"


def fetch(part: Locator, page: Page) -> bytes:
    with page.expect_download() as kept:
        part.get_by_role("button", name="Download a superbill").click()
    assert kept.value.suggested_filename == "superbill.pdf"
    return kept.value.path().read_bytes()


def test_casey_takes_one_on_a_phone_and_pete_is_offered_none(visit: Visit) -> None:
    casey = visit().sign_in("casey", "/billing")
    casey.set_viewport_size(PHONE)
    loaded(casey).get_by_role("tab", name="History").click()
    part = casey.get_by_role("region", name="Superbill")
    assert fetch(part, casey).startswith(b"%PDF-")
    expect(casey.get_by_text("The superbill is on its way.").first).to_be_visible()
    part.get_by_label("From").fill("2020-01-01")
    part.get_by_role("button", name="Download a superbill").click()
    expect(part.get_by_text("at most a year apart")).to_be_visible()
    assert_good_for_everybody(casey, "superbill-own")

    pete = visit().sign_in("pete", "/billing")
    loaded(pete).get_by_role("tab", name="History").click()
    expect(pete.get_by_role("link", name="Download a statement")).to_be_visible()
    expect(pete.get_by_role("region", name="Superbill")).to_have_count(0)


def test_tess_enters_a_diagnosis_and_takes_one(visit: Visit) -> None:
    tess = open_client(visit(), "tess", "Casey Lin")
    part = loaded(tess).get_by_role("region", name="Superbill")
    expect(part.get_by_text("Nothing is missing")).to_be_visible()
    expect(part.get_by_text("F41.1", exact=True)).to_have_count(0)
    part.get_by_role("button", name="Show diagnoses").click()
    expect(part.get_by_text("F41.1", exact=True)).to_be_visible()
    part.get_by_label("ICD-10-CM codes").fill("anxiety")
    part.get_by_role("button", name="Save").click()
    expect(part.get_by_text("Number 1 of these is no ICD-10-CM code").first).to_be_visible()
    part.get_by_label("ICD-10-CM codes").fill("f43.10, F41.1")
    part.get_by_role("button", name="Save").click()
    expect(part.get_by_text("F43.10, F41.1", exact=True)).to_be_visible()
    assert_good_for_everybody(tess, "superbill-client")
    assert fetch(part, tess).startswith(b"%PDF-")

    milo = open_client(visit(), "tess", "Milo Park").get_by_role("region", name="Superbill")
    expect(milo.get_by_text("There is no diagnosis for 2 sessions")).to_be_visible()
    milo.get_by_role("button", name="Download a superbill").click()
    expect(milo.get_by_text("Something is missing for every session")).to_be_visible()

    frank = open_client(visit(), "frank", "Casey Lin")
    expect(loaded(frank).get_by_role("region", name="Details")).to_be_visible()
    expect(frank.get_by_role("region", name="Superbill")).to_have_count(0)
    bea = open_client(visit(), "bea", "Casey Lin")
    part = loaded(bea).get_by_role("region", name="Superbill")
    expect(part.get_by_role("button", name="Download a superbill")).to_be_visible()
    expect(part.get_by_role("button", name="Show diagnoses")).to_have_count(0)


def test_avery_enters_the_numbers_of_the_practice(visit: Visit) -> None:
    avery = visit().sign_in("avery", "/practice/superbills")
    row = avery.get_by_role("listitem").filter(has=avery.get_by_role("heading", name="Noah Webb"))
    row.get_by_label("NPI Noah Webb").fill(BAD_NPI)
    row.get_by_role("button", name="Save Noah Webb").click()
    expect(row.get_by_text("An NPI has ten digits").first).to_be_visible()
    row.get_by_label("NPI Noah Webb").fill(GOOD_NPI)
    row.get_by_role("button", name="Save Noah Webb").click()
    expect(avery.get_by_text("Saved. Superbills say it").first).to_be_visible()
    avery.get_by_role("region", name="The practice").get_by_label("Where clients are").select_option("02")
    avery.get_by_role("region", name="The practice").get_by_role("button", name="Save").click()
    expect(avery.get_by_text("Saved. Superbills say it").first).to_be_visible()
    avery.reload()
    expect(loaded(avery).get_by_label("NPI Noah Webb")).to_have_value(GOOD_NPI)
    expect(avery.get_by_label("Where clients are")).to_have_value("02")
    assert_good_for_everybody(avery, "superbill-setup")

    bea = visit().sign_in("bea", "/practice/billing")
    sections = bea.get_by_role("navigation", name="Billing")
    expect(sections.get_by_role("link", name="Insurance")).to_be_visible()
    expect(sections.get_by_role("link", name="Superbills")).to_have_count(0)
