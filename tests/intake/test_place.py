"""Hide location address: on a form nobody reads it while it is hidden, and everybody else does."""

from sqlmodel import select

from portal.intake.service_place import find_place
from portal.models import ClientRestriction, Location, OrganizationSetting
from portal.settings.catalog import SettingName
from tests.intake.desk import Desk


async def places(desk: Desk) -> tuple[str, str]:
    """What Gina for Milo, and Casey for herself, read on a form."""
    found = []
    for person, client in (("gina", "milo"), ("casey", "casey")):
        access = await desk.forms(person, client)
        async with desk.database.unit_of_work(writes=False) as work:
            found.append(await find_place(work, access))
    return found[0], found[1]


async def set_hidden(desk: Desk, value: str) -> None:
    named = {"organization_id": desk.cast.harbor.id, "name": SettingName.HIDE_LOCATION.value}
    async with desk.writing() as work:
        for row in (await work.exec(select(OrganizationSetting).filter_by(**named))).all():
            await work.delete(row)
        await work.flush()
        work.add(OrganizationSetting(value=value, changed_at=work.now, **named))


async def test_an_address_is_on_a_form_unless_it_is_hidden(desk: Desk) -> None:
    async with desk.writing() as work:
        query = select(Location).where(Location.organization_id == desk.cast.harbor.id)
        for place in (await work.exec(query)).all():
            place.address = ""
        work.add(Location(organization_id=desk.cast.harbor.id, name="A house", address="12 Quay Street"))
        work.add(Location(organization_id=desk.cast.lakeside.id, name="A hut", address="7 Far Road"))
    await set_hidden(desk, "false")
    assert await places(desk) == ("A house, 12 Quay Street",) * 2
    await set_hidden(desk, "true")
    assert await places(desk) == ("", "")
    async with desk.writing() as work:
        work.add(
            ClientRestriction(
                organization_id=desk.cast.harbor.id,
                client_id=desk.client_id("milo"),
                setting=SettingName.HIDE_LOCATION.value,
                created_at=work.now,
            )
        )
    assert await places(desk) == ("A house, 12 Quay Street", "")
