"""Answers that the practice is told of at once: who sees the alert, and how long."""

import json
from typing import Any

import pytest
from sqlmodel import select

from portal.access.actor import PracticeAccess
from portal.errors import NotFound, NotPermitted
from portal.intake import service
from portal.intake.handling import alerting
from portal.models import CrisisAlert
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
