"""Every type of question in the browser, groups that are filled in several times, files, and a signature drawn."""

import re
from typing import Any

from playwright.sync_api import Page, expect

from tests.e2e import forms
from tests.e2e.forms import PICTURE, on_a_phone, open_form, press_next, saved
from tests.e2e.people import Visit, assert_good_for_everybody
from tests.e2e.site import Portal

HL7 = "http://hl7.org/fhir/StructureDefinition/"
UNITS = [{"url": HL7 + "questionnaire-unitOption", "valueCoding": {"code": each}} for each in ("kg", "lb")]


def ask(link: str, kind: str, text: str, **more: Any) -> dict[str, Any]:
    return {"linkId": link, "type": kind, "text": text, **more}


EVERYTHING = [
    ask(
        "all",
        "group",
        "All kinds",
        item=[
            ask("patient-first-name", "string", "First name", readOnly=True, required=True),
            ask("when", "dateTime", "Last visit"),
            ask("at", "time", "Usual bedtime"),
            ask("weight", "quantity", "Weight", extension=UNITS),
            ask("drink", "open-choice", "Favourite drink", answerOption=[{"valueString": "Tea"}]),
            ask("friends", "string", "Names of friends", repeats=True),
            ask("card", "attachment", "Insurance card", required=True),
            ask(
                "medicine",
                "group",
                "Medicine",
                repeats=True,
                item=[
                    ask("name", "string", "Name of the medicine", required=True),
                    ask("daily", "boolean", "Every day?"),
                    ask(
                        "often",
                        "string",
                        "How often then?",
                        enableWhen=[{"question": "daily", "operator": "=", "answerBoolean": False}],
                    ),
                ],
            ),
        ],
    )
]


def draw(page: Page) -> None:
    box = page.get_by_role("img", name=re.compile("Draw your signature")).bounding_box()
    assert box
    page.mouse.move(box["x"] + 20, box["y"] + 30)
    page.mouse.down()
    page.mouse.move(box["x"] + 120, box["y"] + 60)
    page.mouse.move(box["x"] + 200, box["y"] + 20)
    page.mouse.up()


def test_every_kind_of_question_is_answered_signed_and_read(visit: Visit, portal: Portal) -> None:
    forms.add_form(portal, "Every kind", EVERYTHING)
    form = forms.send_form(portal, "Milo", "Every kind")
    page = open_form(on_a_phone(visit().sign_in("gina")), portal, form)
    expect(page.locator(".pf-known")).to_contain_text("Milo")
    page.get_by_label("Last visit").fill("2026-10-01T09:30")
    page.get_by_label("Usual bedtime").fill("22:15")
    page.get_by_label("Weight", exact=True).fill("31.5")
    page.get_by_label("Unit: Weight").select_option("lb")
    page.get_by_role("radio", name="Something else").check()
    page.get_by_label("Something else: Favourite drink").fill("Lemonade")
    page.get_by_label("Names of friends", exact=True).fill("Noor")
    page.get_by_role("button", name="Add another answer: Names of friends").click()
    second = page.get_by_label("Names of friends, answer 2")
    expect(second).to_be_focused()
    second.fill("Kai")
    second.blur()
    chosen = {"name": "card front.png", "mimeType": "image/png", "buffer": PICTURE}
    page.get_by_label("Insurance card (required)", exact=True).set_input_files(chosen)
    expect(page.get_by_role("link", name="card front.png")).to_be_visible()
    saved(page)
    assert_good_for_everybody(page, "form-kinds")
    fill_medicines(page)
    page.reload()
    expect(page.get_by_label("Weight", exact=True)).to_have_value("31.5")
    expect(page.get_by_label("Unit: Weight")).to_have_value("lb")
    expect(page.get_by_label("Last visit")).to_have_value("2026-10-01T09:30")
    expect(page.get_by_label("Names of friends, answer 2")).to_have_value("Kai")
    expect(page.get_by_label("Name of the medicine").last).to_have_value("Second")
    press_next(page)
    expect(page.get_by_text("Medicine 2: Name of the medicine")).to_be_visible()
    page.get_by_role("button", name="Continue to sign").click()
    draw(page)
    assert_good_for_everybody(page, "form-draw")
    page.get_by_label("Your full name").fill("Gina Park")
    page.get_by_role("checkbox", name=re.compile("I have read my answers")).check()
    page.get_by_role("button", name="Sign and send").click()
    expect(page.get_by_role("heading", name="Your form was sent")).to_be_focused()
    read_by_staff(visit().sign_in("tess", f"/practice/answers/{form.id}"))


def fill_medicines(page: Page) -> None:
    page.get_by_label("Name of the medicine").fill("First")
    page.get_by_role("button", name="Add another: Medicine").click()
    expect(page.get_by_role("heading", name="Medicine 2")).to_be_focused()
    page.get_by_label("Name of the medicine").last.fill("Second")
    assert page.get_by_label("How often then?").count() == 0
    page.get_by_role("group", name="Every day?").last.get_by_label("No").check()
    expect(page.get_by_label("How often then?")).to_have_count(1)
    saved(page)
    page.get_by_role("button", name="Remove Medicine 2").click()
    expect(page.get_by_role("button", name="Undo")).to_be_focused()
    expect(page.get_by_label("Name of the medicine")).to_have_count(1)
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_label("Name of the medicine").last).to_have_value("Second")
    saved(page)


def read_by_staff(page: Page) -> None:
    for words in ("1 October 2026, 09:30", "22:15", "31.5 lb", "Lemonade", "Noor", "Kai", "Medicine 2", "Second"):
        expect(page.get_by_text(words).first).to_be_visible()
    expect(page.get_by_role("img", name="Drawn signature")).to_be_visible()
    address = page.get_by_role("link", name="card front.png").get_attribute("href")
    answer = page.request.get(page.url.partition("/practice")[0] + str(address))
    assert answer.status == 200, (answer.status, answer.text())
    with page.expect_download() as download:
        page.get_by_role("link", name="card front.png").click()
    assert download.value.suggested_filename.startswith("card front")
    assert_good_for_everybody(page, "answers-kinds")


def test_a_file_that_is_not_taken_is_explained(visit: Visit, portal: Portal) -> None:
    forms.add_form(portal, "One file", [ask("card", "attachment", "Insurance card", required=True)])
    form, gina = forms.send_form(portal, "Milo", "One file"), visit()
    page = open_form(gina.sign_in("gina"), portal, form)
    wrong = {"name": "photo.png", "mimeType": "image/png", "buffer": b"%PDF-1.7 not a photo at all"}
    field = page.get_by_label("Insurance card (required)", exact=True)
    field.set_input_files(wrong)
    expect(page.get_by_role("alert").filter(has_text="not what its name says")).to_be_visible()
    assert_good_for_everybody(page, "form-file-refused")
    page.get_by_role("button", name="Check your answers").click()
    expect(page.get_by_text("Please add a file.").first).to_be_visible()
    field.set_input_files({**wrong, "buffer": PICTURE})
    expect(page.get_by_role("link", name="photo.png")).to_be_visible()
    saved(page)
    gina.complaints.clear()  # the browser notes that the first file was refused
