"""Where the practice is, as far as somebody who fills in a form may know."""

from sqlalchemy import exists, select

from portal.access.actor import ClientAccess
from portal.database import Work
from portal.intake.queries import rows_of
from portal.models import metadata
from portal.settings.catalog import SettingName
from portal.settings.effective import is_address_hidden
from portal.settings.store import read_settings

location, restriction = metadata.tables["location"], metadata.tables["client_restriction"]


async def find_place(work: Work, access: ClientAccess) -> str:
    """Return the practice's first place with its address; "" while addresses are hidden from this client.

    Two statements. Switched off for one client, the setting hides nothing from that client.
    """
    shows_anyway = exists().where(
        restriction.c.client_id == access.client_id, restriction.c.setting == SettingName.HIDE_LOCATION.value
    )
    statement = (
        select(location.c.name, location.c.address, shows_anyway.label("shows_anyway"))
        .where(
            location.c.organization_id == access.organization_id,
            location.c.archived_at.is_(None),
            location.c.address != "",
        )
        .order_by(location.c.name, location.c.id)
        .limit(1)
    )
    rows = await rows_of(work, statement)
    off = frozenset({SettingName.HIDE_LOCATION} if rows and rows[0].shows_anyway else ())
    if not rows or is_address_hidden(await read_settings(work, access), off):
        return ""
    return f"{rows[0].name}, {rows[0].address}"
