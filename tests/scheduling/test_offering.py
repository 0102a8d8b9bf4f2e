"""What a practice offers and where: administrators alone decide, and what was agreed stays."""

from dataclasses import replace

import pytest

from portal.access.actor import StaffTask
from portal.errors import Conflict, Invalid, NotFound, NotPermitted
from portal.scheduling import service_offering
from portal.scheduling.service_offering import ServiceFields
from tests.scheduling.desk import Desk, at

GROUP = ServiceFields("Group session", 90, 6000, in_person=True, by_video=False, is_bookable=True)


async def test_a_new_service_can_be_asked_for_until_it_is_put_away(desk: Desk) -> None:
    avery, casey = await desk.practice("avery", StaffTask.SETTINGS), await desk.scheduling("casey", "casey")
    async with desk.database.unit_of_work() as work:
        service_id = await service_offering.add_service(work, avery, fields=GROUP)
    request = await desk.ask(casey, at(9), service_id=service_id)
    async with desk.database.unit_of_work() as work:
        await service_offering.archive_service(work, avery, service_id=service_id)
    with pytest.raises(Invalid):
        await desk.ask(casey, at(13), service_id=service_id)
    await desk.confirm(await desk.deciding(), request)
    (one,) = await desk.appointments()
    assert (one.ends_at, one.price_cents) == (at(10, 30), 6000)


@pytest.mark.parametrize(
    "wrong",
    [{"minutes": 4}, {"minutes": -50}, {"minutes": 481}, {"price_cents": -1}, {"price_cents": 10**9}, {"name": " "}],
)
async def test_nonsense_is_no_service(desk: Desk, wrong: dict[str, int]) -> None:
    avery = await desk.practice("avery", StaffTask.SETTINGS)
    for fields in (replace(GROUP, **wrong), replace(GROUP, in_person=False)):
        with pytest.raises(Invalid):
            async with desk.database.unit_of_work() as work:
                await service_offering.add_service(work, avery, fields=fields)
    async with desk.database.unit_of_work() as work:
        await service_offering.add_service(work, avery, fields=GROUP)
    with pytest.raises(Conflict):
        async with desk.database.unit_of_work() as work:
            await service_offering.add_service(work, avery, fields=GROUP)


async def test_another_practice_s_therapist_service_and_place_are_not_found(desk: Desk) -> None:
    avery, lena = [await desk.practice(name, StaffTask.SETTINGS) for name in ("avery", "lena")]
    with pytest.raises(NotFound):
        async with desk.database.unit_of_work() as work:
            fields = replace(GROUP, therapist_id=desk.cast.staff["theo"].id)
            await service_offering.add_service(work, avery, fields=fields)
    for archive, known in (
        (service_offering.archive_service, {"service_id": desk.service.id}),
        (service_offering.archive_location, {"location_id": desk.office.id}),
    ):
        with pytest.raises(NotFound):
            async with desk.database.unit_of_work() as work:
                await archive(work, lena, **known)  # type: ignore[operator]
        async with desk.database.unit_of_work() as work:
            await archive(work, avery, **known)  # type: ignore[operator]
    with pytest.raises(NotPermitted):
        await desk.practice("tess", StaffTask.SETTINGS)


async def test_a_place_has_a_zone_of_its_own_or_the_practice_s(desk: Desk) -> None:
    avery = await desk.practice("avery", StaffTask.SETTINGS)
    with pytest.raises(Invalid):
        async with desk.database.unit_of_work() as work:
            await service_offering.add_location(work, avery, name="West", address="", zone="../etc/passwd")
    async with desk.database.unit_of_work() as work:
        await service_offering.add_location(work, avery, name="West", address="1 Hill Road", zone="America/Denver")
    async with desk.database.unit_of_work(writes=False) as work:
        found = await service_offering.list_offering(work, avery)
    assert [(one.label, one.detail) for one in found.locations] == [
        ("Harbor office", "14 Pier Street, New York, NY 10004"),
        ("West", "1 Hill Road · Denver time"),
    ]
