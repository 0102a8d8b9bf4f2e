"""Mails that wait, for the minute to take an answer back or for a mail server: who may still know gets them."""

from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import col, select, update

from portal.integrations.ports import MailRefused, OutgoingMail
from portal.models import Account, AddOn, Contact, Grant, OutboxMail, OutboxStatus, Permission, Role, Subscription
from portal.settings.catalog import SettingName
from tests.notifications.delivering import Recorder, deliver
from tests.scheduling.desk import Desk, at, wall


async def confirmed(desk: Desk) -> None:
    """Tess confirms what Tara asked for; Tara and her mother, who may schedule for her, will hear of it in a minute."""
    tara, tess = await desk.scheduling("tara", "tara"), await desk.deciding()
    await desk.confirm(tess, await desk.ask(tara, at(9)))


async def told(desk: Desk, *kinds: str) -> dict[str, OutboxStatus]:
    """How the mails of a kind stand, by whom they are for."""
    async with desk.database.unit_of_work(writes=False) as work:
        query = select(OutboxMail).where(col(OutboxMail.kind).in_(kinds))
        return {mail.to_address.split("@")[0]: mail.status for mail in (await work.exec(query)).all()}


async def a_minute_later(desk: Desk, mailer: Recorder | None = None) -> list[str]:
    """Send what is due now; returns to whom."""
    desk.clock.now += timedelta(minutes=1)
    mailer = mailer or Recorder()
    await deliver(mailer)
    return sorted(mail.to_address.split("@")[0] for mail in mailer.sent if "confirmed" in mail.subject)


async def end_grant(desk: Desk, contact: str, client: str, permission: Permission = Permission.SCHEDULING) -> None:
    async with desk.database.unit_of_work() as work:
        grant = update(Grant).where(
            col(Grant.contact_id) == desk.cast.contacts[contact].id,
            col(Grant.client_id) == desk.client_id(client),
            col(Grant.permission) == permission,
        )
        assert (await work.exec(grant.values(ended_at=work.now))).rowcount == 1


async def test_both_hear_of_it_where_nothing_changed(desk: Desk) -> None:
    await confirmed(desk)
    await deliver(Recorder())
    assert await told(desk, "request_confirmed") == {"gina": OutboxStatus.WAITING, "tara": OutboxStatus.WAITING}
    assert await a_minute_later(desk) == ["gina", "tara"]


async def test_whose_grant_ended_meanwhile_is_not_told(desk: Desk) -> None:
    await confirmed(desk)
    await end_grant(desk, "gina", "tara")
    assert await a_minute_later(desk) == ["tara"]
    assert await told(desk, "request_confirmed") == {"gina": OutboxStatus.MUTED, "tara": OutboxStatus.SENT}
    async with desk.database.unit_of_work(writes=False) as work:
        query = select(OutboxMail.context).where(OutboxMail.status == OutboxStatus.MUTED)
        assert set((await work.exec(query)).all()) == {b""}, "and what it would have said is forgotten"


async def test_a_grant_for_somebody_else_or_for_something_else_does_not_help(desk: Desk) -> None:
    """Gina still schedules for Milo and pays for Tara, and knows no more when Tara comes."""
    await confirmed(desk)
    await end_grant(desk, "gina", "tara")
    await desk.scheduling("gina", "milo")
    assert await a_minute_later(desk) == ["tara"]


async def test_a_last_day_that_passes_while_it_waits_counts(desk: Desk) -> None:
    await confirmed(desk)
    async with desk.database.unit_of_work() as work:
        await work.exec(
            update(Grant)
            .where(col(Grant.contact_id) == desk.cast.contacts["gina"].id)
            .values(last_day=desk.clock.now.date())
        )
    desk.clock.now += timedelta(days=1)
    assert await a_minute_later(desk) == ["tara"]


@pytest.mark.parametrize("change", ["contacts off", "login closed", "left the network"])
async def test_who_was_switched_off_meanwhile_is_not_told(desk: Desk, change: str) -> None:
    await confirmed(desk)
    if change == "contacts off":
        await desk.switch_off(SettingName.CONTACT_ACCESS)
    async with desk.database.unit_of_work() as work:
        if change == "login closed":
            gina = col(Account.id) == desk.cast.accounts["gina"].id
            await work.exec(update(Account).where(gina).values(disabled_at=work.now))
        if change == "left the network":
            gina = col(Contact.id) == desk.cast.contacts["gina"].id
            await work.exec(update(Contact).where(gina).values(archived_at=work.now))
    assert await a_minute_later(desk) == ["tara"]


async def test_a_mail_server_that_was_down_changes_nothing_of_that(desk: Desk) -> None:
    def away(_mail: OutgoingMail) -> None:
        raise MailRefused("the mail server was not reached", is_final=False)

    await confirmed(desk)
    assert await a_minute_later(desk, Recorder(away)) == []
    assert set((await told(desk, "request_confirmed")).values()) == {OutboxStatus.WAITING}
    await end_grant(desk, "gina", "tara")
    assert await a_minute_later(desk) == ["tara"]


async def test_the_grant_of_one_parent_is_not_that_of_another(desk: Desk) -> None:
    """Pete only pays; that Gina's grant ends is nothing to him, and nothing is sent to him either way."""
    await desk.create(await desk.calendar(), wall(13), "milo")
    await end_grant(desk, "gina", "milo")
    recorder = Recorder()
    await deliver(recorder)
    assert [mail.to_address for mail in recorder.sent] == []
    assert await told(desk, "appointment_created") == {"gina": OutboxStatus.MUTED}


@pytest.mark.parametrize(("values", "hears"), [({}, ["tess"]), ({"left": True}, []), ({"role": Role.BILLER}, [])])
async def test_a_therapist_who_left_or_does_something_else_is_not_told(
    desk: Desk, values: dict[str, Any], hears: list[str]
) -> None:
    await desk.ask(await desk.scheduling("tara", "tara"), at(9))
    if values:
        left = {"deactivated_at": desk.clock.now} if "left" in values else values
        await desk.change(desk.cast.staff["tess"], **left)
    recorder = Recorder()
    await deliver(recorder)
    assert [mail.to_address.split("@")[0] for mail in recorder.sent] == hears


async def test_what_is_ones_own_is_told_although_requests_are_off(desk: Desk) -> None:
    """Without an add-on nobody asks for a time any more; the appointments that there are stay in sight."""
    await confirmed(desk)
    async with desk.database.unit_of_work() as work:
        add_on = col(Subscription.add_on) == AddOn.SELF_SCHEDULING
        await work.exec(update(Subscription).where(add_on).values(ended_at=work.now))
    assert await a_minute_later(desk) == ["gina", "tara"]
