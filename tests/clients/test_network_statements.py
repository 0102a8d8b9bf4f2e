"""The contact network section is one set of statements, however many people and grants are in it."""

from uuid import UUID

from portal.access.actor import StaffTask
from portal.clients.service_contacts import add_contact
from portal.clients.service_grants import give_grants
from portal.clients.service_network import list_network
from portal.clients.views import Added
from portal.clients.views_network import GrantFields, Preset
from portal.database import Database
from portal.demo.people import Cast
from portal.invitations.service import contact_invitation_status
from tests.clients.office import contact, counted, staff


async def test_the_section_takes_five_statements_with_the_access(database: Database, cast: Cast) -> None:
    async with database.unit_of_work() as work:
        access = await staff(work, cast, "avery", client="milo")
        for number in range(4):
            added = await add_contact(work, access, fields=contact(f"Ada{number}", "Quill"), relationship="aunt")
            assert isinstance(added, Added)
            await give_grants(work, access, contact_id=UUID(added.id), preset=Preset.PARENT, fields=GrantFields())
        with counted(database) as statements:
            reading = await staff(work, cast, "avery", StaffTask.SEE_CLIENTS, client="milo")
        opening = len(statements)
        with counted(database) as statements:
            network = await list_network(work, reading)
            ids = [UUID(one.contact_id) for one in network.members]
            await contact_invitation_status(work, reading.organization_id, ids)
        assert len(statements) <= 4, "and one for the access"
        assert opening >= 1
    assert [one.name for one in network.members][-1] == "Ada3 Quill"
    assert {one.name: len(one.grants) for one in network.members}["Gina Park"] == 5
    assert {one.name: len(one.grants) for one in network.members}["Pete Park"] == 1
