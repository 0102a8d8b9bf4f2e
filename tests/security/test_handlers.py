"""What a handler can be made to do by who may call it, by who may not, and by what is sent to it."""

from typing import Any

import pytest

from portal.ui.parsing import UNUSABLE
from tests.security.conftest import Door
from tests.security.tab import MORE, PREFIX, TRIAL, Tab

LARGE = 10**30


@pytest.fixture
async def gina(door: Door) -> Tab:
    return await door.tab_of("gina", query={"for": door.client_id("milo")})


@pytest.fixture
async def pete(door: Door) -> Tab:
    """Pete may pay for Milo, and nothing else."""
    return await door.tab_of("pete", query={"for": door.client_id("milo")})


@pytest.mark.parametrize(
    "name",
    [
        f"{MORE}.forgotten",
        f"{MORE}.helper",
        f"{MORE}.write_down",
        f"{MORE}.setvar",
        f"{MORE}.set_seen",
        f"{PREFIX}.setvar",
        f"{PREFIX}.hydrate",
        f"{PREFIX}.set_is_hydrated",
        f"{PREFIX}.reflex___state____update_vars_internal_state.update_vars_internal",
        f"{PREFIX}.reflex___state____frontend_event_exception_state.handle_frontend_exception",
    ],
)
async def test_what_declares_nothing_cannot_be_called(gina: Tab, name: str) -> None:
    sent = {"text": "marker", "var_name": "seen", "value": "marker", "vars": {f"{MORE}.seen_rx_state_": "marker"}}
    await gina.do(name, **sent, info="marker", component_stack="")
    assert "marker" not in gina.text
    assert gina.more["seen"] == ""
    await gina.do(f"{MORE}.echo", word="but this can")
    assert "but this can" in gina.text


async def test_a_payer_cannot_see_forms_but_can_pay(gina: Tab, pete: Tab) -> None:
    for tab in (gina, pete):
        await tab.do(f"{TRIAL}.pay")
        assert tab.trial["seen"] == "Milo Park", tab.page
    await gina.do(f"{TRIAL}.load")
    await pete.do(f"{TRIAL}.load")
    assert gina.trial["seen"] == "Milo Park"
    assert pete.trial["seen"] == ""
    assert pete.page["refusal"] != ""
    assert pete.refused


@pytest.mark.parametrize("other", ["casey", "tara", "quinn", "casey_lakeside", "gina"])
async def test_another_clients_id_is_simply_not_found(door: Door, other: str) -> None:
    pete = await door.tab_of("pete", query={"for": door.client_id(other)})
    await pete.do(f"{TRIAL}.pay")
    refused = pete.page["refusal"]
    nobody = await door.tab_of("pete", query={"for": "0191b3a0-0000-7000-8000-000000000000"})
    await nobody.do(f"{TRIAL}.pay")
    assert refused == nobody.page["refusal"] != ""
    assert door.cast.clients[other].family_name not in pete.text.replace("Pete Park", "")


@pytest.mark.parametrize("named", ["nonsense", "'; DROP TABLE client; --", "%00", "1" * 400])
async def test_nonsense_in_the_address_is_not_found(door: Door, named: str) -> None:
    tab = await door.tab_of("gina", query={"for": named})
    await tab.do(f"{TRIAL}.load")
    assert tab.trial["seen"] == ""
    assert "Something went wrong" not in tab.text
    await tab.do(f"{TRIAL}.read")
    assert "Something went wrong" not in tab.text


@pytest.mark.parametrize("key", ["self", "s%65lf", "cls", "for[]", ""])
async def test_odd_words_in_the_address_break_nothing(door: Door, key: str) -> None:
    tab = await door.tab_of("gina", query={"for": door.client_id("milo"), key: "1"})
    await tab.do(f"{TRIAL}.load")
    assert tab.trial["seen"] == "Milo Park"


async def test_staff_read_in_their_own_practice_only(door: Door) -> None:
    tess = await door.tab_of("tess", query={"practice": "harbor"})
    await tess.do(f"{TRIAL}.read")
    assert tess.trial["seen"] == "Harbor Counseling"
    for practice in ("lakeside", "\u0000", "x" * 500, "harbor'"):
        tess.query = {"practice": practice}
        await tess.do(f"{TRIAL}.read")
        assert tess.trial["seen"] == ""
        assert "Something went wrong" not in tess.text
    gina = await door.tab_of("gina")
    await gina.do(f"{TRIAL}.read")
    assert gina.trial["seen"] == ""


@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"self": 1},
        {"self": 1, "name": "x"},
        {"work": 1, "access": 2, "name": "x"},
        {"access": {"actor": "tess"}, "name": "x"},
        {"name": {"a": "dict"}},
        {"name": ["a", "list"]},
        {"name": None},
        {"name": True},
        {"name": 7},
        {"name": "x" * 41},
        {"name": "nul \x00"},
        {"name": "half \ud800"},
        {"name": "x", "count": LARGE},
        {"name": "x", "count": -1},
        {"name": "x", "count": "1"},
        {"name": "x", "count": 1.5},
        {"name": "x", "count": True},
        {"name": "x", "extra": 1},
        {"name": {"__reflex_form_data__": [["name", "x"]]}},
    ],
)
async def test_forged_arguments_get_a_sentence(door: Door, gina: Tab, sent: dict[str, Any]) -> None:
    before = await door.rows("account")
    await gina.do(f"{TRIAL}.rename", **sent)
    assert gina.page["notice"] == UNUSABLE
    assert gina.trial.get("saved", False) is False
    assert await door.rows("account") == before


@pytest.mark.parametrize(
    "parcel",
    [{}, {"name": "x", "id": 1}, {"name": "x", "count": LARGE}, [["name", "x"]], {"name": {"name": "x"}}],
)
async def test_a_model_takes_its_own_fields_only(gina: Tab, parcel: Any) -> None:
    await gina.do(f"{TRIAL}.post", parcel=parcel)
    assert gina.page["notice"] == UNUSABLE
    await gina.do(f"{TRIAL}.post", parcel={"name": "x", "count": 3})
    assert gina.trial["seen"] == "x"


async def test_a_right_argument_is_stored_once_committed(door: Door) -> None:
    tab = await door.tab_of("quinn")
    await tab.do(f"{TRIAL}.rename", name="Quinn Ellis", count=3)
    assert tab.trial["saved"] is True
    assert tab.trial["count"] == 3


@pytest.mark.parametrize("handler", ["break_down", "break_at_commit"])
async def test_a_failure_shows_a_number_and_nothing_else(door: Door, gina: Tab, handler: str) -> None:
    before = await door.rows("account")
    await gina.do(f"{TRIAL}.{handler}")
    assert "tell your practice this number" in gina.page["notice"]
    assert gina.trial.get("saved", False) is False, "what failed must not look saved"
    assert "marker-of" not in gina.text
    assert "Traceback" not in gina.text
    assert await door.rows("account") == before
    reference = gina.page["notice"].rstrip(".").split()[-1]
    assert reference in door.logged()
    assert "marker-of" not in door.logged()


async def test_a_generator_is_checked_at_every_step(gina: Tab, pete: Tab) -> None:
    await gina.do(f"{MORE}.walk")
    assert gina.more["steps"] == ["one Milo Park", "two Milo Park"]
    await pete.do(f"{MORE}.walk")
    assert pete.more["steps"] == []
    assert pete.page["refusal"] != ""


async def test_nothing_is_shown_before_its_commit(gina: Tab) -> None:
    await gina.do(f"{MORE}.walk_wrongly")
    assert gina.more["steps"] == []
    assert "tell your practice this number" in gina.page["notice"]


async def test_a_background_handler_is_checked_too(gina: Tab, pete: Tab) -> None:
    await gina.send(f"{MORE}.work_on")
    await gina.until(lambda: gina.more.get("seen") == "Milo Park")
    await pete.send(f"{MORE}.work_on")
    await pete.until(lambda: pete.page.get("refusal"))
    assert pete.more.get("seen", "") == ""


async def test_a_refusal_empties_the_page_and_success_fills_it_again(door: Door, gina: Tab) -> None:
    await gina.do(f"{TRIAL}.load")
    gina.query = {"for": door.client_id("tara")}
    await gina.do(f"{TRIAL}.load")
    assert gina.trial["seen"] == ""
    gina.query = {"for": door.client_id("milo")}
    await gina.do(f"{TRIAL}.load")
    assert gina.trial["seen"] == "Milo Park"
    assert gina.page["refusal"] == ""


async def test_a_refusal_is_said_once(door: Door, pete: Tab) -> None:
    """In place of the page where that is closed, in a notice where the page stays: a screen reader reads either."""
    await pete.do(f"{TRIAL}.load")
    assert pete.refused
    assert (pete.page["notice"], pete.page["refusal"] != "") == ("", True)
    said = pete.page["refusal"]
    await pete.do(f"{TRIAL}.load")
    assert pete.refused, "whoever tries again hears it again"
    assert (pete.page["notice"], pete.page["refusal"]) == ("", said)
    await pete.do(f"{TRIAL}.pay")
    assert not pete.refused
    await pete.do(f"{TRIAL}.post", parcel={})
    assert pete.refused
    assert (pete.page["notice"], pete.page["refusal"]) == (UNUSABLE, "")
    assert max(frame.count(said) for frame in pete.frames) == 1
