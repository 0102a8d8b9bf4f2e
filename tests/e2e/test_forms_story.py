"""A packet for both parents, signed by both, returned, corrected, countersigned; and an answer that alarms."""

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, WebSocketRoute, expect

from tests.e2e import forms
from tests.e2e.forms import INTAKE, on_a_phone, open_form, press_next, saved, sign
from tests.e2e.people import Visit, assert_good_for_everybody, loaded
from tests.e2e.site import ROOT, Portal
from tests.e2e.test_client import open_client

RULES = "Rules of our house"
BY_BOTH = {
    "url": "urn:portico:signatures",
    "extension": [{"url": "rule", "valueCode": "all"}, {"url": "countersign", "valueBoolean": True}],
}


def tess_sends_a_packet(page: Page) -> None:
    """The questionnaire to either parent, the rules to both of them."""
    page.get_by_role("link", name="Send several forms").click()
    loaded(page)
    for title in (INTAKE, RULES):
        page.get_by_role("checkbox", name=title, exact=True).check()
    rules = page.get_by_role("listitem").filter(has_text=RULES)
    for name in ("Gina Park", "Pete Park"):
        rules.get_by_role("checkbox", name=re.compile(name)).check()
    rules.get_by_role("checkbox", name="All who are ticked have to sign").check()
    assert_good_for_everybody(page, "packet")
    page.get_by_role("button", name="Send the forms").click()
    expect(page.get_by_text("2 forms are on their way.")).to_be_visible()


def pete_signs_too(page: Page, portal: Portal) -> None:
    """Pete, who may only pay, sees this one form, until it is signed."""
    page.goto(f"{portal.base}/forms?for={client_id(portal)}")
    loaded(page)
    expect(page.get_by_role("listitem").filter(has_text=RULES)).to_be_visible()
    expect(page.get_by_text(INTAKE)).to_have_count(0)
    page.get_by_role("listitem").filter(has_text=RULES).get_by_role("link").click()
    page.get_by_label("Your full name").fill("Pete Park")
    page.get_by_role("checkbox", name="I have read this, and I agree").check()
    page.get_by_role("button", name="Sign", exact=True).click()
    expect(page.get_by_role("heading", name="Your form was sent")).to_be_visible()
    page.goto(f"{portal.base}/forms?for={client_id(portal)}")
    expect(page.locator("h1")).to_be_visible()
    expect(page.locator("main [aria-busy=true]")).to_have_count(0)
    expect(page.get_by_text(RULES)).to_have_count(0)


def tess_returns(page: Page, portal: Portal, sheet: str) -> None:
    page.goto(f"{portal.base}/practice/answers/{sheet}")
    loaded(page)
    page.get_by_role("button", name="Comment: What we should call him").click()
    page.get_by_label("Your comment").fill("Is it Milo?")
    page.get_by_role("button", name="Add the comment").click()
    expect(page.get_by_text("Is it Milo?")).to_be_visible()
    page.get_by_role("button", name="Return to be corrected").click()
    page.get_by_role("button", name="Return it").click()
    expect(page.get_by_text("Returned to be corrected").first).to_be_visible()


def tess_countersigns(page: Page) -> bytes:
    """Both versions are there; the PDF of the newest is a file."""
    page.reload()
    expect(page.get_by_text("Version 1, signed by").first).to_be_visible()
    page.get_by_role("button", name="Countersign").click()
    page.get_by_label("Your full name").fill("Tess Rivera")
    page.get_by_role("checkbox", name="I have read it and countersign it").check()
    page.get_by_role("button", name="Countersign", exact=True).last.click()
    expect(page.get_by_text("Countersigned by Tess Rivera, therapist, Harbor Counseling").first).to_be_visible()
    assert_good_for_everybody(page, "answers-countersigned")
    address = page.get_by_role("link", name="PDF").get_attribute("href")
    answer = page.request.get(page.url.partition("/practice")[0] + str(address))
    assert answer.status == 200
    return answer.body()


def verified(portal: Portal, file: Path) -> str:
    """What `portal forms verify` says of a file."""
    command = [sys.executable, "-c", "from portal.cli import app; app()", "forms", "verify", str(file)]
    env = {**os.environ, "PORTAL_MODE": "test", "PORTAL_DATA_DIR": str(portal.folder), "PYTHONPATH": str(ROOT)}
    done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=False)  # noqa: S603 - ours
    return done.stdout + done.stderr


def test_both_parents_sign_and_tess_returns_and_countersigns(visit: Visit, portal: Portal, tmp_path: Path) -> None:
    question = {"linkId": "name", "type": "string", "text": "What we should call him", "required": True}
    forms.add_form(portal, RULES, [question], extension=[BY_BOTH])
    tess = open_client(visit(), "tess", "Milo Park")
    tess_sends_a_packet(tess)
    gina, pete, sheet = visit().sign_in("gina"), visit().sign_in("pete"), sheet_id(portal)
    for turn, name in enumerate(("Mylo", "Milo")):
        gina.goto(f"{portal.base}/forms/{sheet}?for={client_id(portal)}#section-1")
        if turn:
            expect(gina.get_by_text("Is it Milo?")).to_be_visible()
        gina.get_by_label("What we should call him").fill(name)
        saved(gina)
        press_next(gina)
        sign(gina, "Gina Park")
        pete_signs_too(pete, portal)
        if not turn:
            tess_returns(tess, portal, sheet)
    file = tmp_path / "rules.pdf"
    file.write_bytes(tess_countersigns(tess))
    assert "byte for byte" in verified(portal, file)


def test_a_form_is_reminded_of_looked_into_and_taken_back(visit: Visit, portal: Portal) -> None:
    forms.add_form(portal, "Sent by mistake", [{"linkId": "a", "type": "string", "text": "Anything"}])
    forms.send_form(portal, "Milo", "Sent by mistake")
    page = open_client(visit(), "tess", "Milo Park")
    page.get_by_role("button", name="What happened: Sent by mistake").click()
    expect(page.get_by_role("list", name="What happened: Sent by mistake")).to_be_attached()
    page.get_by_role("button", name="Remind: Sent by mistake").click()
    expect(page.get_by_text("The reminder is on its way.")).to_be_visible()
    assert_good_for_everybody(page, "client-forms")
    page.get_by_role("button", name="Take back: Sent by mistake").click()
    page.get_by_role("dialog").get_by_role("button", name="Take back").click()
    expect(page.get_by_role("listitem").filter(has_text="Sent by mistake")).to_contain_text("Taken back")
    gina = visit().sign_in("gina", f"/forms?for={client_id(portal)}")
    expect(gina.get_by_text("Sent by mistake")).to_have_count(0)
    page.get_by_role("button", name="Send again: Sent by mistake").click()
    expect(page.get_by_text("The form is on its way.")).to_be_visible()
    expect(page.get_by_role("listitem").filter(has_text="Sent by mistake")).to_have_count(2)
    expect(gina.get_by_text("Sent by mistake")).to_be_visible()


def test_an_alarming_answer_shows_help_at_once_and_stays_on_today(visit: Visit, portal: Portal) -> None:
    form = forms.send_form(portal, "Casey", "PHQ-9")
    page = open_form(on_a_phone(visit().sign_in("casey")), portal, form)
    page.get_by_role("group", name=re.compile("better off dead|hurting yourself")).get_by_label("Several days").check()
    expect(page.get_by_text("call or text 988").first).to_be_visible()
    assert_good_for_everybody(page, "form-crisis")
    tess = visit().sign_in("tess", "/practice")
    alert = tess.get_by_role("alert").filter(has_text="Casey Lin")
    expect(alert).to_contain_text("gave an answer on safety")
    assert_good_for_everybody(tess, "today-alert")
    tess.reload()
    expect(alert).to_be_visible()
    alert.get_by_role("button", name=re.compile("I have seen this")).click()
    expect(alert).to_have_count(0)


def test_typing_never_waits_for_the_server(visit: Visit, portal: Portal) -> None:
    """Nothing comes back from the server any more; every letter is there at once, and one can go on."""
    items = [section(number) for number in (1, 2)]
    forms.add_form(portal, "Two parts", items)
    gina, silent = visit(), {"now": False}

    def tunnel(route: WebSocketRoute) -> None:
        server = route.connect_to_server()
        server.on_message(lambda words: None if silent["now"] else route.send(words))

    gina.context.route_web_socket(re.compile("_event"), tunnel)
    page = open_form(gina.sign_in("gina"), portal, forms.send_form(portal, "Milo", "Two parts"))
    silent["now"] = True
    field = page.get_by_label("Your words")
    field.focus()
    page.evaluate(TYPE)
    assert field.input_value() == "So many words"
    press_next(page)
    expect(page.locator("#pf-heading")).to_have_text("Part 2")
    silent["now"] = False
    saved(page)


def section(number: int) -> dict[str, Any]:
    question = {"linkId": f"q{number}", "type": "string", "text": "Your words"}
    return {"linkId": f"s{number}", "type": "group", "text": f"Part {number}", "item": [question]}


# Types into the field with the focus as a keyboard does; throws when a letter is not there in the next frame.
TYPE = """async () => {
  const field = document.activeElement
  const set = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value").set
  for (const letter of "So many words") {
    const wanted = field.value + letter
    set.call(field, wanted)
    field.dispatchEvent(new InputEvent("input", { bubbles: true, data: letter }))
    await new Promise((go) => requestAnimationFrame(() => go()))
    if (field.value !== wanted) throw new Error(`lost a letter: ${field.value}`)
  }
}"""


STATUS = (
    "SELECT a.status FROM form_assignment a JOIN form_version v ON v.id = a.form_version_id JOIN form f"
    " ON f.id = v.form_id WHERE f.title = ?"
)


def client_id(portal: Portal) -> str:
    ((found,),) = portal.run("SELECT id FROM client WHERE given_name = 'Milo'")
    return str(found)


def sheet_id(portal: Portal) -> str:
    ((found,),) = portal.run(STATUS.replace("a.status", "a.id"), [RULES])
    return str(found)
