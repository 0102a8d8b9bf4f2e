"""The colour of a practice's mails: chosen by its administrator, readable in light and dark, nobody else's."""

import pytest
from sqlmodel import select

from portal.access.actor import StaffTask
from portal.database import Database
from portal.demo.people import Cast
from portal.errors import NotPermitted
from portal.models import AuditEvent, Colour, Organization
from portal.notifications.colours import SHADES, shade_of
from portal.notifications.service_colour import change_colour, read_colour
from portal.practice.settings.words import COLOURS
from tests.factories import as_staff
from tests.notifications.conftest import Enqueue
from tests.notifications.delivering import Recorder, deliver
from tests.people import Human

SHEET, DARK_SHEET = "#ffffff", "#221f1c"


def _light(colour: str) -> float:
    """The relative luminance of a colour, as WCAG 2 defines it."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    brighter, darker = sorted((_light(one), _light(other)), reverse=True)
    return (brighter + 0.05) / (darker + 0.05)


def test_the_measure_itself() -> None:
    assert round(contrast("#000000", "#ffffff")) == 21
    assert contrast("#777777", "#ffffff") < 4.5 < contrast("#767676", "#ffffff")


@pytest.mark.parametrize("colour", Colour)
def test_every_colour_is_readable_in_light_and_dark(colour: Colour) -> None:
    shade = SHADES[colour]
    assert contrast(shade.on_button, shade.button) >= 4.5
    assert contrast(shade.button, SHEET) >= 3
    assert contrast(shade.link, SHEET) >= 4.5
    assert contrast(shade.dark_on_button, shade.dark_button) >= 4.5
    assert contrast(shade.dark_button, DARK_SHEET) >= 3
    assert contrast(shade.dark_link, DARK_SHEET) >= 4.5
    assert COLOURS[colour]


async def test_mails_of_one_practice_have_its_colour_from_the_next_one_on(
    database: Database, cast: Cast, enqueue: Enqueue, avery: Human
) -> None:
    for _ in range(2):
        async with as_staff(database, avery, StaffTask.SETTINGS) as (work, access):
            await change_colour(work, access, colour=Colour.ROSE)
            assert await read_colour(work, access) is Colour.ROSE
    await enqueue("harbor")
    await enqueue("lakeside", organization_id=cast.lakeside.id, account_id=cast.accounts["theo"].id)
    recorder = Recorder()
    await deliver(recorder)
    harbor, lakeside = (mail.html for mail in recorder.sent)
    rose, teal = shade_of(Colour.ROSE), shade_of(None)
    assert rose.button in harbor
    assert rose.dark_button in harbor
    assert teal.button not in harbor
    assert teal.button in lakeside
    assert rose.button not in lakeside
    async with database.unit_of_work(writes=False) as work:
        actions = (await work.exec(select(AuditEvent.action))).all()
    assert actions.count("practice.colour_changed") == 1


async def test_only_an_administrator_decides(database: Database, cast: Cast, tess: Human, avery: Human) -> None:
    async with as_staff(database, tess, StaffTask.SEE_CLIENTS) as (work, access):
        with pytest.raises(NotPermitted):
            await change_colour(work, access, colour=Colour.SAND)
    async with as_staff(database, avery, StaffTask.SETTINGS) as (work, access):
        assert await read_colour(work, access) is Colour.TEAL
        await change_colour(work, access, colour=Colour.SAND)
    async with database.unit_of_work(writes=False) as work:
        query = select(Organization.colour).where(Organization.id == cast.lakeside.id)
        assert (await work.exec(query)).one() is None
