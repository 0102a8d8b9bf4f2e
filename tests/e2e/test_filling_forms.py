"""Forms of every kind: hostile words, a clinic's own paperwork, every section in every size and theme."""

import pytest
from playwright.sync_api import expect

from tests.e2e import forms
from tests.e2e.forms import (
    CONSENT,
    SentForm,
    fill_section,
    on_a_phone,
    open_form,
    press_next,
    saved,
    sign,
)
from tests.e2e.people import Visit, assert_good_for_everybody
from tests.e2e.site import Portal


def test_form_of_somebody_else_is_not_there(visit: Visit, portal: Portal) -> None:
    foreign = forms.find_form(portal, "Casey", CONSENT)
    page = visit().sign_in("gina", f"/forms/{foreign.id}")
    expect(page.get_by_role("main").get_by_role("alert")).to_contain_text("could not find")


HOSTILE = "<img src=x onerror=\"window.broken=1\"><script>window.broken=1</script>{{7*7}} 'quoted'"


def test_hostile_words_stay_words(visit: Visit, portal: Portal) -> None:
    option = {"valueCoding": {"code": "x", "display": HOSTILE}}
    question = {"linkId": "said", "type": "string", "text": f"Say {HOSTILE}"}
    choice = {"linkId": "chosen", "type": "choice", "text": HOSTILE, "answerOption": [option]}
    text = {"linkId": "told", "type": "display", "text": HOSTILE}
    forms.add_form(
        portal, "Hostile", [{"linkId": "g", "type": "group", "text": HOSTILE, "item": [text, question, choice]}]
    )
    hostile = forms.send_form(portal, "Milo", "Hostile")
    page = open_form(visit().sign_in("gina"), portal, hostile)
    page.get_by_role("textbox").fill(HOSTILE)
    page.get_by_role("radio").check()
    saved(page)
    press_next(page)
    sign(page, f"Gina Park {HOSTILE}")
    staff = visit().sign_in("tess", f"/practice/answers/{hostile.id}")
    for reader in (page, staff):
        expect(reader.get_by_text(HOSTILE).first).to_be_visible()
        assert reader.evaluate("window.broken") is None
        assert reader.locator("main img, main script").count() == 0


@pytest.mark.parametrize("path", ["/forms", "/forms?for=unknown"])
def test_list_of_forms_is_good_for_everybody(visit: Visit, path: str) -> None:
    page = visit().sign_in("gina", path)
    assert page.locator("h1").count() == 1
    assert_good_for_everybody(page, f"forms{len(path)}")


def test_form_is_good_for_everybody_section_by_section(visit: Visit, portal: Portal, intake: SentForm) -> None:
    page = open_form(visit().sign_in("gina"), portal, intake)
    for number in range(1, 7):
        fill_section(page)
        page.locator(".pf-sections summary").click()
        assert_good_for_everybody(page, f"form-section-{number}")
        press_next(page)
    assert_good_for_everybody(page, "form-check")


def test_form_is_usable_at_twice_the_text_size(visit: Visit, portal: Portal, intake: SentForm) -> None:
    page = open_form(on_a_phone(visit().sign_in("gina")), portal, intake)
    page.add_style_tag(content="html { font-size: 212.5% !important }")
    beyond = "parts => parts.filter(part => part.getBoundingClientRect().right > innerWidth + 1).length"
    assert page.locator(".pf *").evaluate_all(beyond) == 0
    for target in page.locator(".pf button:visible, .pf-option:visible, .pf-input:visible, .pf summary:visible").all():
        box = target.bounding_box()
        assert box
        assert box["height"] >= 44
