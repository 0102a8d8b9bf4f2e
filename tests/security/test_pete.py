"""Pete may pay for Milo and nothing else. He knows every id there is, and tries."""

from typing import Any
from uuid import uuid4

import pytest
from sqlmodel import col, select

from portal.models import Session
from portal.ui.policy import policy_of
from tests.security.conftest import Door
from tests.security.tab import MOVE, PAGE, Tab
from tests.security.test_registry import OWN

FILL = f"{PAGE}.portal___intake___filling___state____fill_state"
FORMS = f"{PAGE}.portal___intake___state____forms_state"
ANSWERS = f"{PAGE}.portal___intake___answers___state____answers_state"
TODAY = f"{PAGE}.portal___practice___state____today_state"
HOME = f"{PAGE}.portal___home___state____home_state"
ACCOUNT = f"{PAGE}.portal___accounts___state____account_state"
# What stands in the forms of the demo, and who treats Milo: nothing of it is Pete's to know. Each is long enough that
# no random token on the wire ever spells it.
SECRETS = ("Intake Questionnaire", "Informed Consent", "PHQ-9", "GAD-7", "Tess Rivera", "linkId", "birth")
HEALTH = (
    "form_assignment",
    "form_answer",
    "form_response",
    "form_signature",
    "assignment_signer",
    "access_log",
    "audit_event",
    "contact_grant",
    "client",
    "outbox_mail",
)


@pytest.fixture
async def pete(door: Door) -> Tab:
    return await door.tab_of("pete", path="/home", query={"for": door.client_id("milo")})


def _secrets_in(tab: Tab) -> list[str]:
    return [secret for secret in SECRETS if secret in tab.text]


def _answer(item: str = "why-now") -> dict[str, Any]:
    return {
        "operation_id": str(uuid4()),
        "path": item,
        "instance": 0,
        "revision": 0,
        "value": [{"valueString": "marker of Pete"}],
    }


async def test_gina_would_see_it(door: Door) -> None:
    """The control: with the same moves somebody who may see forms does see what Pete must not."""
    gina = await door.tab_of("gina", path="/home", query={"for": door.client_id("milo")})
    await gina.do(f"{HOME}.load")
    await gina.do(f"{FORMS}.load")
    (first, *_) = await door.assignments("milo")
    gina.path, gina.parts = f"/forms/{first}", {"assignment_id": first}
    await gina.do(f"{FILL}.load")
    assert _secrets_in(gina)
    assert "linkId" in gina.text or "link_id" in gina.text or "items" in gina.text


@pytest.mark.parametrize("whose", ["milo", "casey", "tara", "gina", "quinn", "casey_lakeside"])
@pytest.mark.parametrize("acting_for", ["milo", "whose"])
async def test_every_form_of_everybody(door: Door, pete: Tab, whose: str, acting_for: str) -> None:
    before = await door.rows(*HEALTH)
    pete.query = {"for": door.client_id(whose if acting_for == "whose" else acting_for)}
    for assignment in await door.assignments(whose):
        pete.path, pete.parts = f"/forms/{assignment}", {"assignment_id": assignment}
        await pete.do(MOVE)
        for name, payload in (
            ("load", {}),
            ("reload", {}),
            ("see", {}),
            ("look_over", {}),
            ("save", {"operation": _answer()}),
            ("sign", {"fields": {"typed_name": "Pete Park", "agreed": True}}),
        ):
            await pete.do(f"{FILL}.{name}", **payload)
        pete.path = f"/practice/answers/{assignment}"
        await pete.do(MOVE)
        await pete.do(f"{ANSWERS}.load")
        await pete.do(f"{ANSWERS}.reload")
    assert _secrets_in(pete) == []
    assert pete.page["refusal"] != ""
    assert await door.rows(*HEALTH) == before


async def test_every_page_as_he_would_walk_them(door: Door, pete: Tab) -> None:
    await pete.settle()
    for path, handler in (
        ("/home", f"{HOME}.load"),
        ("/forms", f"{FORMS}.load"),
        ("/practice", f"{TODAY}.load"),
        ("/account", f"{ACCOUNT}.load"),
    ):
        pete.path = path
        await pete.do(MOVE)
        await pete.do(handler)
        await pete.do(handler.replace(".load", ".reload"))
    assert _secrets_in(pete) == []
    assert "Pete Park" in pete.text


@pytest.mark.parametrize("name", [name for name in sorted(OWN) if policy_of(OWN[name].handler.fn)])
async def test_every_handler_with_every_id(door: Door, pete: Tab, name: str) -> None:
    """Whatever an argument is called, it gets Milo's ids."""
    before = await door.rows(*HEALTH)
    for one in (door.client_id("milo"), *(await door.assignments("milo"))):
        pete.path, pete.parts = f"/forms/{one}", {"assignment_id": one, "client_id": one}
        await pete.do(name, **_named(name, one))
    assert _secrets_in(pete) == []
    assert await door.rows(*HEALTH) == before


async def test_live_updates_of_forms_do_not_reach_him(door: Door, pete: Tab) -> None:
    """He watches what his home watches; Gina answers a question of Milo's form."""
    await pete.do(f"{HOME}.load")
    pete.frames.clear()
    gina = await door.tab_of("gina", path="/home", query={"for": door.client_id("milo")})
    (first, *_) = await door.assignments("milo")
    gina.path, gina.parts = f"/forms/{first}", {"assignment_id": first}
    await gina.do(f"{FILL}.load")
    await pete.settle()
    assert _secrets_in(pete) == []


async def test_somebody_elses_account_is_out_of_reach(door: Door, pete: Tab) -> None:
    """He ends Gina's sessions by their ids, as his own device list would."""
    token = await door.sign_in("gina")
    gina = await door.tab(token).open()
    async with door.database.unit_of_work(writes=False) as work:
        account_id = door.cast.accounts["gina"].id
        query = select(Session.id).where(col(Session.account_id) == account_id).order_by(col(Session.id).desc())
        found = (await work.exec(query.limit(5))).all()
    before = await door.rows("account")
    for session_id in found:
        await pete.do(f"{ACCOUNT}.end_device", **_named(f"{ACCOUNT}.end_device", str(session_id)))
    await pete.do(f"{ACCOUNT}.end_other_devices")
    await gina.settle()
    assert gina.client.connected
    assert await door.rows("account") == before


def _named(handler: str, value: str) -> dict[str, str]:
    return dict.fromkeys(list(OWN[handler].handler._parameters)[1:], value)


async def test_front_desk_reads_no_answers(door: Door) -> None:
    """Frank sees that a form came in, and nothing that is in it; Bea sees not even that."""
    for name in ("frank", "bea", "noah"):
        tab = await door.tab_of(name, path="/practice", query={"practice": "harbor"})
        for assignment in await door.assignments("casey"):
            tab.path, tab.parts = f"/practice/answers/{assignment}", {"assignment_id": assignment}
            await tab.do(f"{ANSWERS}.load")
            await tab.do(f"{ANSWERS}.reload")
        sheet = tab.state.get(ANSWERS, {}).get("sheet")
        assert not (sheet or {}).get("title"), name
    tess = await door.tab_of("tess", path="/practice", query={"practice": "harbor"})
    shown = []
    for assignment in await door.assignments("casey"):
        tess.path, tess.parts = f"/practice/answers/{assignment}", {"assignment_id": assignment}
        await tess.do(f"{ANSWERS}.load")
        shown.append((tess.state[ANSWERS].get("sheet") or {}).get("title"))
    assert any(shown), "the control: Casey's therapist reads them"


async def test_the_other_practice_sees_nothing(door: Door) -> None:
    """Lena is an administrator, but of Lakeside."""
    for query in ({"practice": "harbor"}, {"practice": "lakeside"}, {}):
        lena = await door.tab_of("lena", path="/practice", query=query)
        for assignment in [*(await door.assignments("casey")), *(await door.assignments("milo"))]:
            lena.path, lena.parts = f"/practice/answers/{assignment}", {"assignment_id": assignment}
            await lena.do(f"{ANSWERS}.load")
            assert not (lena.state.get(ANSWERS, {}).get("sheet") or {}).get("title")
        lena.path, lena.parts = "/practice", {}
        await lena.do(f"{TODAY}.load")
        assert "Milo" not in lena.text
        assert "Casey Lin sent" not in lena.text
