"""The addresses of superbills, opened by hand: who may only pay is refused, and so is nonsense."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from portal.database import Database
from portal.demo.appointments import load_appointments
from portal.demo.billing import load_billing
from portal.demo.people import Cast
from portal.demo.superbills import load_superbills
from tests.http.conftest import Browser
from tests.http.test_insurance_cards import arrive


@pytest.fixture
async def days(database: Database, cast: Cast) -> str:
    """Sessions of Casey's and Milo's as in the demo; the days as in an address."""
    async with database.unit_of_work() as work:
        await load_appointments(work, cast)
        await load_billing(work, cast, await load_superbills(work, cast))
        return f"from={work.now.date() - timedelta(days=90)}&to={work.now.date() - timedelta(days=1)}"


async def test_whoever_may_only_pay_is_refused_in_words(
    browsers: Callable[..., Browser], database: Database, cast: Cast, days: str
) -> None:
    """Pete gets the statement at the same time, so that it is not his access to money that is missing."""
    pete = await arrive(database, cast, browsers(), "pete")
    milo = cast.clients["milo"].id
    refused = await pete.get(f"/billing/superbill.pdf?for={milo}&{days}")
    assert refused.status_code == 403
    assert "what sessions were about" in refused.text
    for word in ("F41", "Tess", "90834", "therapy"):
        assert word not in refused.text
    assert (await pete.get(f"/billing/statement.pdf?for={milo}")).status_code == 200
    for path in (f"/billing/superbill.pdf?for={cast.clients['casey'].id}", f"/practice/clients/{milo}/superbill.pdf?"):
        assert (await pete.get(f"{path}&{days}")).status_code == 404


async def test_what_is_incomplete_is_said_and_not_sent(
    browsers: Callable[..., Browser], database: Database, cast: Cast, days: str
) -> None:
    """Nobody has entered a diagnosis for Milo."""
    gina = await arrive(database, cast, browsers(), "gina")
    answer = await gina.get(f"/billing/superbill.pdf?for={cast.clients['milo'].id}&{days}")
    assert (answer.status_code, answer.headers["content-type"].split(";")[0]) == (422, "text/html")
    assert "Please ask them" in answer.text


@pytest.mark.parametrize(
    "asked",
    [
        "",
        "from=x&to=y",
        "from=2026-01-02&to=2026-01-01",
        "from=2020-01-01&to=2026-01-01",
        "from=9999-01-01&to=9999-01-02",
    ],
)
async def test_days_that_cannot_be_are_refused(
    browsers: Callable[..., Browser], database: Database, cast: Cast, days: str, asked: str
) -> None:
    client = cast.clients["casey"].id
    for name, path in (
        ("casey", f"/billing/superbill.pdf?for={client}"),
        ("tess", f"/practice/clients/{client}/superbill.pdf?practice=harbor"),
    ):
        who = await arrive(database, cast, browsers(), name)
        answer = await who.get(f"{path}&{asked}")
        assert (answer.status_code, "first and a last day" in answer.text) == (422, True)
        got = await who.get(f"{path}&{days}")
        assert (got.status_code, got.content[:5]) == (200, b"%PDF-")
