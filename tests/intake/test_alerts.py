"""Answers that the practice is told of at once: who sees the alert, and how long."""

import json
from typing import Any

import pytest
from sqlmodel import col, select, update

from portal.access.actor import PracticeAccess
from portal.errors import NotFound, NotPermitted
from portal.intake import service
from portal.intake.handling import alerting, service_reading
from portal.models import CrisisAlert, Membership, Role
from tests.conftest import NOW
from tests.intake.desk import Desk
from tests.intake.test_life import mails, send


def chosen(loinc: str) -> list[dict[str, Any]]:
    return [{"valueCoding": {"system": "http://loinc.org", "code": loinc}}]


PHQ_9 = next(form for form in service.builtin_forms() if form.key == "phq-9")


async def test_an_answer_that_the_practice_has_to_know_of_raises_an_alert(desk: Desk) -> None:
    sheet = await send(desk, json.loads(PHQ_9.text), "casey")
    casey = await desk.forms("casey", "casey")
    await desk.save(casey, sheet, "phq-9-9", chosen("LA6568-5"))
    tess, frank, noah = [await desk.staff(who) for who in ("tess", "frank", "noah")]

    async def alerts(access: PracticeAccess) -> list[str]:
        async with desk.database.unit_of_work(writes=False) as work:
            return [one.client_name for one in await alerting.list_alerts(work, access)]

    assert await alerts(tess) == []
    saved = await desk.save(casey, sheet, "phq-9-9", chosen("LA6569-3"), base=1)
    assert "phq-9-help" in saved.shown
    assert await alerts(tess) == ["Casey Lin"]
    assert await alerts(noah) == await alerts(frank) == []
    assert await mails(desk, "form_alert") == ["tess@harbor.example"]
    async with desk.database.unit_of_work(writes=False) as work:
        alert_id = (await work.exec(select(CrisisAlert.id))).one()
    for who, refusal in (("noah", NotFound), ("theo", NotFound), ("frank", NotPermitted)):
        async with desk.writing() as work:
            with pytest.raises(refusal):
                await alerting.acknowledge_alert(work, await desk.staff(who), alert_id=alert_id)
    for _ in range(2):
        async with desk.writing() as work:
            await alerting.acknowledge_alert(work, tess, alert_id=alert_id)
    assert await alerts(tess) == []
    await desk.save(casey, sheet, "phq-9-9", chosen("LA6571-9"), base=2)
    assert await alerts(tess) == ["Casey Lin"], "nobody has seen this answer yet"


async def test_who_sees_only_where_a_form_stands_does_not_hear_of_an_alarming_answer(desk: Desk) -> None:
    sheet = await send(desk, json.loads(PHQ_9.text), "casey")
    await desk.save(await desk.forms("casey", "casey"), sheet, "phq-9-9", chosen("LA6569-3"))

    async def steps(who: str) -> list[str]:
        access = await desk.staff(who)
        async with desk.database.unit_of_work(writes=False) as work:
            return [one.what for one in await service_reading.read_steps(work, access, assignment_id=sheet)]

    assert await steps("tess") == ["Sent", "First answer", "An answer that you are told of at once"]
    assert await steps("frank") == ["Sent", "First answer"]


@pytest.mark.parametrize("values", [{"deactivated_at": NOW}, {"role": Role.BILLER}])
async def test_an_alarm_reaches_somebody_when_the_therapist_is_gone(desk: Desk, values: dict[str, Any]) -> None:
    """Clients stay assigned to who left, so that it can be seen whose therapist is gone."""
    sheet = await send(desk, json.loads(PHQ_9.text), "casey")
    async with desk.writing() as work:
        await work.exec(update(Membership).where(col(Membership.id) == desk.cast.staff["tess"].id).values(**values))
    await desk.save(await desk.forms("casey", "casey"), sheet, "phq-9-9", chosen("LA6569-3"))
    assert await mails(desk, "form_alert") == ["avery@harbor.example"]
