"""What the two demo practices decided: everything on at Harbor, insurance alone at Lakeside, nothing for Omar.

Nobody of the demo needs a code at sign-in: one password is enough to look around.
"""

import json
from typing import TYPE_CHECKING

from portal.database import Work
from portal.models import ClientRestriction, Organization, OrganizationSetting
from portal.settings.catalog import CATALOG, Kind, SettingName, client_features

if TYPE_CHECKING:
    from portal.demo.people import Cast


async def load_settings(work: Work, cast: "Cast") -> None:
    """Switch the settings of both practices, and every feature off for Omar."""
    for name, setting in CATALOG.items():
        if setting.kind not in {Kind.HOURS, Kind.TEAM}:
            _switch_on(work, cast.harbor, name)
    _switch_on(work, cast.lakeside, SettingName.INSURANCE_INFO)
    omar = cast.clients["omar"]
    for name in client_features():
        work.add(
            ClientRestriction(
                organization_id=omar.organization_id, client_id=omar.id, setting=name, created_at=work.now
            )
        )
    await work.flush()


def _switch_on(work: Work, practice: Organization, name: SettingName) -> None:
    work.add(OrganizationSetting(organization_id=practice.id, name=name, value=json.dumps(True), changed_at=work.now))
