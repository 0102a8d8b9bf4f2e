"""Mail that does not arrive stands on the client's page, on the list and in the contact network, until it does."""

from datetime import timedelta

from sqlmodel import col, update

from portal.access.actor import StaffTask
from portal.clients.service_list import list_clients
from portal.clients.service_network import list_network
from portal.clients.service_read import read_client
from portal.database import Database
from portal.integrations.ports import MailRefused, OutgoingMail
from portal.models import Account, Client
from portal.notifications import service_letters
from portal.notifications.outbox import enqueue_mail
from tests.conftest import Clock
from tests.factories import as_staff
from tests.logins import mails
from tests.notifications.delivering import Recorder, deliver
from tests.people import Human

REFUSED = "the mail server refused this mail for good (550)"


def _refuse(_mail: OutgoingMail) -> None:
    raise MailRefused(REFUSED, is_final=True)


async def write_to(database: Database, who: Human, organization: Human, *, arrives: bool, key: str = "one") -> None:
    """Write somebody a mail in the name of the practice that a staff member is of."""
    assert organization.membership
    async with database.unit_of_work() as work:
        assert await enqueue_mail(
            work,
            kind="form_reminder",
            to_address=who.account.email if who.account else "",
            account_id=who.account_id,
            organization_id=organization.membership.organization_id,
            context={},
            dedupe_key=key,
        )
    await deliver(Recorder(None if arrives else _refuse))


async def seen(database: Database, staff: Human, client: Human) -> tuple[str, str]:
    """What a staff member reads on the client's page and on the list."""
    async with as_staff(database, staff, StaffTask.SEE_CLIENTS, client=client) as (work, access):
        page = (await read_client(work, access)).mail_fails
    async with as_staff(database, staff, StaffTask.SEE_CLIENTS) as (work, access):
        rows = (await list_clients(work, access)).rows
    return page, next(row.mail_fails for row in rows if row.id == str(client.client_id))


async def test_it_is_seen_until_a_mail_arrives(database: Database, tess: Human, casey: Human, clock: Clock) -> None:
    assert await seen(database, tess, casey) == ("", "")
    await write_to(database, casey, tess, arrives=False)
    assert await seen(database, tess, casey) == (REFUSED, REFUSED)
    clock.now += timedelta(minutes=1)
    await write_to(database, casey, tess, arrives=True, key="two")
    assert await seen(database, tess, casey) == ("", "")


async def test_sent_again_and_arrived_it_is_over(database: Database, avery: Human, omar: Human, clock: Clock) -> None:
    await write_to(database, omar, avery, arrives=False)
    assert await seen(database, avery, omar) == (REFUSED, REFUSED)
    (mail,) = await mails(database)
    async with as_staff(database, avery, StaffTask.SETTINGS) as (work, access):
        await service_letters.send_again(work, access, mail_id=mail.id)
    await deliver(Recorder())
    assert await seen(database, avery, omar) == ("", "")


async def test_another_practice_hears_nothing_of_it(
    database: Database, avery: Human, theo: Human, casey: Human
) -> None:
    await write_to(database, casey, avery, arrives=False)
    assert (await seen(database, avery, casey))[0] == REFUSED
    lakeside = next(client for client in casey.clients if client.id != casey.client_id)
    async with as_staff(database, theo, StaffTask.SEE_CLIENTS) as (work, access):
        rows = {row.id: row.mail_fails for row in (await list_clients(work, access)).rows}
    assert rows[str(lakeside.id)] == ""


async def test_a_new_address_begins_anew(database: Database, avery: Human, casey: Human) -> None:
    await write_to(database, casey, avery, arrives=False)
    async with database.unit_of_work() as work:
        await work.exec(update(Account).where(col(Account.id) == casey.account_id).values(email="casey@new.example"))
        await work.exec(update(Client).where(col(Client.id) == casey.client_id).values(email="casey@new.example"))
    assert await seen(database, avery, casey) == ("", "")


async def test_it_is_seen_of_a_contact(database: Database, tess: Human, milo: Human, pete: Human) -> None:
    await write_to(database, pete, tess, arrives=False)
    async with as_staff(database, tess, StaffTask.SEE_CLIENTS, client=milo) as (work, access):
        found = {one.name: one.mail_fails for one in (await list_network(work, access)).members}
    assert found == {"Gina Park": "", "Pete Park": REFUSED}
    assert await seen(database, tess, milo) == ("", "")
