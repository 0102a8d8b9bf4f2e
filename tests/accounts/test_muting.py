"""Mails that somebody does not want: each kind by itself, for oneself alone, and never those about the login."""

import pytest

from portal.accounts import service
from portal.database import Database
from portal.demo.people import Cast
from portal.errors import NotFound
from portal.models import OutboxStatus
from portal.notifications.catalog import KINDS, Audience, kinds_to_mute
from portal.notifications.outbox import enqueue_mail
from tests.factories import as_account
from tests.logins import mails
from tests.notifications.delivering import Recorder, deliver
from tests.people import Human
from tests.statements import statements_of

KIND = "form_submitted"


async def send(database: Database, cast: Cast, *names: str) -> list[str]:
    """Let a form arrive for each of these staff; returns who was written to."""
    async with database.unit_of_work() as work:
        for name in names:
            account = cast.accounts[name]
            await enqueue_mail(
                work,
                kind=KIND,
                to_address=account.email,
                account_id=account.id,
                organization_id=cast.harbor.id,
                context={},
                dedupe_key=f"{name}:{len(await mails(database))}",
            )
    mailer = Recorder()
    await deliver(mailer)
    return [mail.to_address for mail in mailer.sent]


async def want(database: Database, who: Human, wanted: bool, kind: str = KIND) -> None:
    async with as_account(database, who) as (work, access):
        await service.mute_mail(work, access, kind=kind, wanted=wanted)


async def test_a_muted_mail_is_not_sent_and_others_get_theirs(database: Database, cast: Cast, tess: Human) -> None:
    await want(database, tess, False)
    await want(database, tess, False)
    assert await send(database, cast, "tess", "noah") == ["noah@harbor.example"]
    muted = [mail for mail in await mails(database) if mail.status is OutboxStatus.MUTED]
    assert [(mail.to_address, mail.context) for mail in muted] == [("tess@harbor.example", b"")]
    await want(database, tess, True)
    assert await send(database, cast, "tess") == ["tess@harbor.example"]


async def test_each_side_can_mute_its_own_kinds(
    database: Database, tess: Human, casey: Human, pete: Human, avery: Human, bea: Human, frank: Human
) -> None:
    choices = {}
    for who in (tess, casey, pete, avery, bea, frank):
        async with as_account(database, who, writes=False) as (work, access):
            with statements_of(database) as sent:
                choices[who.name] = {one.kind: one.is_wanted for one in await service.list_mail_choices(work, access)}
            assert len(sent) <= 2
    staff, clients = (dict.fromkeys(kinds_to_mute(side), True) for side in (Audience.STAFF, Audience.CLIENT))
    books = {"payment_received": True, "insurance_proposed": True}
    assert choices == {
        "tess": {kind: True for kind in staff if kind not in books},
        "casey": clients,
        "pete": clients,
        "avery": staff,
        "bea": books,
        "frank": {},
    }
    assert {KIND, "request_received", "message_waiting_staff", "payment_received"} <= set(staff)


@pytest.mark.parametrize("kind", ["reset_password", "new_device", "second_factor_off", "invitation", "fax", ""])
async def test_what_is_about_the_login_always_comes(database: Database, tess: Human, kind: str) -> None:
    with pytest.raises(NotFound):
        await want(database, tess, False, kind)


def test_whoever_can_mute_a_kind_reads_what_it_is() -> None:
    for name, kind in KINDS.items():
        assert (kind.audience is None) == (kind.label == ""), name
