"""Who hears that an access changed: whoever has it and the client, not whoever did it, and no mail names anybody."""

from datetime import timedelta
from uuid import UUID

from portal.access.actor import Sight
from portal.clients.service_contacts import remove_contact
from portal.clients.service_grants import change_grant, end_grant, give_grants
from portal.clients.service_network import list_network
from portal.clients.service_own import end_grant_as_client, list_who_has_access
from portal.clients.views_network import GrantFields
from portal.database import Database
from portal.demo.people import Cast
from portal.models import Basis, Permission
from tests.clients.office import acting, counted, staff
from tests.clients.test_own import partner
from tests.conftest import Clock
from tests.logins import mails
from tests.notifications.delivering import Recorder, deliver

OTHER = GrantFields(basis=Basis.OTHER)
QUARTER = timedelta(minutes=15)


async def let_gina(database: Database, cast: Cast, *permissions: Permission) -> None:
    """Let Gina do more for Tara, who has a login of her own."""
    async with database.unit_of_work() as work:
        access = await staff(work, cast, "avery", client="tara")
        gina = cast.contacts["gina"].id
        await give_grants(work, access, contact_id=gina, fields=OTHER, permissions=permissions)


async def told(database: Database, clock: Clock) -> dict[str, str]:
    """Who got which mail by the end of the quarter of an hour."""
    clock.now += QUARTER
    recorder = Recorder()
    await deliver(recorder)
    for mail in recorder.sent:
        after_greeting = mail.text.split("\n", 1)[1]
        assert not [name for name in ("Tara", "Gina", "Milo", "Pete", "Morgan", "Casey") if name in after_greeting]
    return {mail.to_address: mail.subject.split(" · ")[0] for mail in recorder.sent}


async def test_contact_and_client_hear_of_what_staff_change_once_in_a_quarter_of_an_hour(
    database: Database, cast: Cast, clock: Clock
) -> None:
    both = {"gina@mail.example": "Your access changed", "tara@mail.example": "Somebody's access changed"}
    await let_gina(database, cast, Permission.FORMS)
    await let_gina(database, cast, Permission.MESSAGING)
    await deliver(recorder := Recorder())
    assert recorder.sent == []
    assert await told(database, clock) == both
    assert len(await mails(database)) == 2
    async with database.unit_of_work() as work:
        access = await staff(work, cast, "avery", client="tara")
        (gina,) = (await list_network(work, access)).members
        forms = next(UUID(grant.id) for grant in gina.grants if grant.permission == Permission.FORMS)
        await change_grant(work, access, grant_id=forms, fields=GrantFields(basis=Basis.AGENCY))
    assert await told(database, clock) == both
    async with database.unit_of_work() as work:
        await end_grant(work, await staff(work, cast, "avery", client="tara"), grant_id=forms)
    assert await told(database, clock) == both
    async with database.unit_of_work() as work:
        await remove_contact(work, await staff(work, cast, "avery", client="tara"), contact_id=cast.contacts["gina"].id)
    assert await told(database, clock) == both


async def test_nothing_changed_tells_nobody(database: Database, cast: Cast, clock: Clock) -> None:
    await let_gina(database, cast, Permission.PAYMENTS)
    assert await told(database, clock) == {}


async def test_a_child_without_a_login_is_not_written_to(database: Database, cast: Cast, clock: Clock) -> None:
    async with database.unit_of_work() as work:
        access = await staff(work, cast, "avery", client="milo")
        pete = cast.contacts["pete"].id
        await give_grants(work, access, contact_id=pete, fields=OTHER, permissions=[Permission.SCHEDULING])
    assert await told(database, clock) == {"pete@mail.example": "Your access changed"}


async def test_a_client_who_does_it_is_not_told(database: Database, cast: Cast, clock: Clock) -> None:
    async with database.unit_of_work() as work:
        await partner(work, cast)
    assert set(await told(database, clock)) == {"morgan@mail.example", "casey@mail.example"}
    async with database.unit_of_work() as work:
        access = await acting(work, cast, "casey", "casey", Sight.OWN_RECORD)
        (morgan,) = await list_who_has_access(work, access)
        await end_grant_as_client(work, access, grant_id=UUID(morgan.grants[0].id))
    assert await told(database, clock) == {"morgan@mail.example": "Your access changed"}


async def test_a_change_stays_within_its_budget(database: Database, cast: Cast) -> None:
    async with database.unit_of_work() as work:
        access = await staff(work, cast, "avery", client="tara")
        gina = cast.contacts["gina"].id
        with counted(database) as statements:
            await give_grants(work, access, contact_id=gina, fields=OTHER, permissions=[Permission.FORMS])
    writes = [one for one in statements if not one.startswith("SELECT")]
    assert len(writes) <= 8
