"""Mail about the login of somebody of several practices: its failure is seen where the person is known, and no more."""

from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from sqlmodel import col, update

from portal.accounts.mails import mail_account
from portal.database import Database
from portal.demo.people import Cast
from portal.errors import Conflict, NotFound
from portal.integrations.ports import MailRefused, OutgoingMail
from portal.models import Account, Client, Membership, OutboxStatus, Role
from portal.notifications import service_letters as service
from portal.notifications.views import Letter
from tests.notifications.delivering import Recorder, deliver, one
from tests.notifications.test_letters import do
from tests.people import Human
from tests.statements import statements_of

Fail = Callable[..., Awaitable[None]]


def _refuse(_mail: OutgoingMail) -> None:
    raise MailRefused("the mail server refused this mail for good (550)", is_final=True)


@pytest.fixture
def fail(database: Database) -> Fail:
    """Let a notice about somebody's login fail."""

    async def one_fails(who: Human, *, kind: str = "password_changed", **more: str) -> None:
        async with database.unit_of_work() as work:
            account = await work.get_one(Account, who.account_id)
            await mail_account(work, account, kind=kind, dedupe_key=f"{kind}:1", context={}, **more)
        await deliver(Recorder(_refuse))

    return one_fails


async def seen(database: Database, *admins: Human) -> list[list[Letter]]:
    return [(await do(database, admin, service.list_dead_letters)).letters for admin in admins]


async def test_both_practices_of_casey_see_the_kind_and_the_address(
    database: Database, fail: Fail, casey: Human, avery: Human, lena: Human
) -> None:
    await fail(casey)
    assert (await one(database)).organization_id is None
    here, there = await seen(database, avery, lena)
    assert here == there
    assert [(letter.subject, letter.address) for letter in here] == [
        ("Your password was changed", "casey@mail.example")
    ]
    for admin in (avery, lena):
        assert (await do(database, admin, service.count_mail)).failed == 1


async def test_it_looks_like_the_mail_of_somebody_of_one_practice(
    database: Database, fail: Fail, casey: Human, quinn: Human, avery: Human, lena: Human
) -> None:
    """No practice learns that a client is known elsewhere, too."""
    await fail(quinn)
    await fail(casey, kind="second_factor_on")
    here, there = await seen(database, avery, lena)
    about_casey, about_quinn = sorted(there, key=lambda letter: letter.address)
    assert here == [about_casey]
    assert about_casey.why_not_again == about_quinn.why_not_again == ""
    assert (about_casey.reason, about_casey.tries) == (about_quinn.reason, about_quinn.tries)


@pytest.mark.parametrize("act", [service.send_again, service.set_aside])
async def test_whoever_sees_it_first_acts_and_the_other_sees_it_no_more(
    database: Database, fail: Fail, casey: Human, avery: Human, lena: Human, act: Any
) -> None:
    await fail(casey)
    mail_id = (await one(database)).id
    await do(database, lena, act, mail_id=mail_id)
    assert await seen(database, avery, lena) == [[], []]
    with pytest.raises(Conflict):
        await do(database, avery, act, mail_id=mail_id)
    recorder = Recorder()
    await deliver(recorder)
    assert [mail.to_address for mail in recorder.sent] == (["casey@mail.example"] if act is service.send_again else [])


async def test_an_address_that_no_practice_knows_is_shown_to_none(
    database: Database, fail: Fail, casey: Human, avery: Human, lena: Human
) -> None:
    """What somebody would like their address to be is theirs until they confirm it."""
    await fail(casey, kind="second_factor_on")
    await fail(casey, to="casey@secret.example")
    for letters in await seen(database, avery, lena):
        assert [letter.address for letter in letters] == ["casey@mail.example"]


async def test_an_address_on_record_is_shown_where_it_is_on_record(
    database: Database, fail: Fail, casey: Human, cast: Cast, avery: Human, lena: Human
) -> None:
    async with database.unit_of_work() as work:
        here = update(Client).where(col(Client.id) == cast.clients["casey"].id)
        await work.exec(here.values(email="Casey@Old.example"))
    await fail(casey, to="casey@old.example")
    here, there = await seen(database, avery, lena)
    assert [letter.address for letter in here] == ["casey@old.example"]
    assert there == []
    with pytest.raises(NotFound):
        await do(database, lena, service.set_aside, mail_id=(await one(database)).id)


async def test_who_left_the_team_is_no_business_of_the_practice(
    database: Database, fail: Fail, cast: Cast, tess: Human, avery: Human, lena: Human
) -> None:
    async with database.unit_of_work() as work:
        there = Membership(
            organization_id=cast.lakeside.id,
            account_id=tess.account_id,
            number=999,
            role=Role.THERAPIST,
            name="Tess Rivera",
            email="tess@harbor.example",
            created_at=work.now,
        )
        work.add(there)
    await fail(tess)
    assert [len(letters) for letters in await seen(database, avery, lena)] == [1, 1]
    async with database.unit_of_work() as work:
        gone = update(Membership).where(col(Membership.id) == cast.staff["tess"].id)
        await work.exec(gone.values(deactivated_at=work.now))
    assert [len(letters) for letters in await seen(database, avery, lena)] == [0, 1]
    assert (await one(database)).status is OutboxStatus.FAILED


async def test_open_pages_of_both_hear_of_it_and_each_list_is_one_statement(
    database: Database, fail: Fail, casey: Human, cast: Cast, avery: Human
) -> None:
    told: set[str] = set()

    async def hear(topics: frozenset[str]) -> None:
        told.update(topics)

    database.listeners.append(hear)
    await fail(casey)
    assert {service.topic_of(cast.harbor.id), service.topic_of(cast.lakeside.id)} <= told
    with statements_of(database) as statements:
        await do(database, avery, service.list_dead_letters)
    assert sum("outbox_mail" in statement for statement in statements) == 1
