"""Who proposed a change of insurance hears by mail that the practice answered, and nothing else."""

from collections.abc import Sequence

import pytest
from sqlmodel import select, update

from portal.errors import Conflict
from portal.insurance import service_deciding
from portal.insurance.rules import Verdict
from portal.models import ClientRestriction, Grant, OutboxMail, OutboxStatus, Permission
from portal.notifications.catalog import KINDS, Audience, kinds_to_mute
from portal.notifications.outbox import context_of
from portal.notifications.render import render_mail
from portal.settings.catalog import SettingName
from tests.insurance.conftest import Counter
from tests.notifications.delivering import Recorder, deliver
from tests.people import Human

KIND = "insurance_decided"


async def mails(counter: Counter) -> Sequence[OutboxMail]:
    async with counter.database.unit_of_work(writes=False) as work:
        return (await work.exec(select(OutboxMail).where(OutboxMail.kind == KIND))).all()


@pytest.mark.parametrize("verdict", [Verdict.ACCEPT, Verdict.REJECT])
async def test_whoever_proposed_is_told_once(counter: Counter, gina: Human, milo: Human, verdict: Verdict) -> None:
    view = await counter.open(await counter.propose(gina, milo, payer="Sunrise Mutual", plan="Gold"))
    rulings = dict.fromkeys((line.field for line in view.lines), verdict)
    await counter.decide(view, rulings, message="Your plan is the same as before.")
    with pytest.raises(Conflict):
        await counter.decide(view, rulings)
    (mail,) = await mails(counter)
    assert (mail.to_address, mail.account_id) == ("gina@mail.example", gina.account_id)


async def test_the_mail_says_nothing_of_it(counter: Counter, gina: Human, milo: Human) -> None:
    view = await counter.open(await counter.propose(gina, milo, payer="Sunrise Mutual", plan="Gold"))
    await counter.decide(view, service_deciding.accept_all(view), message="Welcome to Gold.")
    (mail,) = await mails(counter)
    context = context_of(counter.database.ring, mail)
    assert set(context) == {"link"}
    assert f"/billing?for={milo.client_id}" in context["link"]
    written = render_mail(KIND, context, practice="Harbor Counseling", name="Gina", origin="https://portal.test")
    for part in (written.subject, written.text, written.html):
        assert not [word for word in ("Sunrise", "Gold", "Milo", "Park", "Welcome", "W123456789") if word in part]


async def test_whose_grant_ends_while_it_waits_is_not_told(counter: Counter, gina: Human, milo: Human) -> None:
    for ends in (False, True):
        view = await counter.open(await counter.propose(gina, milo, plan=f"Gold {ends}"))
        await counter.decide(view, service_deciding.accept_all(view))
        if ends:
            assert gina.contact
            async with counter.database.unit_of_work() as work:
                here = (Grant.contact_id == gina.contact.id, Grant.permission == Permission.INSURANCE)
                await work.exec(update(Grant).where(*here).values(ended_at=work.now))
        await deliver(Recorder())
    assert sorted(mail.status for mail in await mails(counter)) == [OutboxStatus.MUTED, OutboxStatus.SENT]


async def test_it_can_be_muted() -> None:
    assert KIND in kinds_to_mute(Audience.CLIENT)
    assert not KINDS[KIND].of_login


@pytest.mark.parametrize("lost", ["grant", "switch"])
async def test_who_may_not_see_it_any_more_is_not_told(
    counter: Counter, gina: Human, milo: Human, casey: Human, lost: str
) -> None:
    """The control is Casey, whose answer goes out all the same."""
    views = [
        await counter.open(await counter.propose(gina, milo)),
        await counter.open(await counter.propose(casey, casey, subscriber="self")),
    ]
    async with counter.database.unit_of_work() as work:
        if lost == "grant":
            assert gina.contact
            here = (Grant.contact_id == gina.contact.id, Grant.permission == Permission.INSURANCE)
            await work.exec(update(Grant).where(*here).values(ended_at=work.now))
        else:
            assert milo.client
            work.add(
                ClientRestriction(
                    organization_id=milo.client.organization_id,
                    client_id=milo.client_id,
                    setting=SettingName.INSURANCE_INFO,
                    created_at=work.now,
                )
            )
    for view in views:
        await counter.decide(view, service_deciding.accept_all(view))
    assert [mail.to_address for mail in await mails(counter)] == ["casey@mail.example"]
