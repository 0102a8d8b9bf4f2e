"""/practice/superbills: administrators enter what insurers ask for."""

from typing import Any

import reflex as rx

from portal.access.actor import PracticeAccess, StaffTask
from portal.billing.superbills import service_setup as service
from portal.billing.superbills import words_page as words
from portal.billing.superbills.fields import ClinicianFields, PracticeFields, ServiceFields
from portal.billing.superbills.views import ClinicianRow, PracticeRow, ServiceRow
from portal.database import Work
from portal.practice.beside import beside_fields
from portal.ui.events import then
from portal.ui.guard import Unit, guarded, parse
from portal.ui.live import watch
from portal.ui.session_state import PageState


class SetupState(PageState):
    """What superbills say. `done` counts what was saved."""

    loaded: bool = False
    practice: rx.Field[PracticeRow] = rx.field(default_factory=PracticeRow)
    clinicians: rx.Field[list[ClinicianRow]] = rx.field(default_factory=list)
    services: rx.Field[list[ServiceRow]] = rx.field(default_factory=list)
    problems: rx.Field[dict[str, str]] = rx.field(default_factory=dict)
    done: int = 0

    @rx.event
    @guarded(StaffTask.SETTINGS, reads=True)
    async def load(self, work: Work, access: PracticeAccess) -> None:
        """Fill the page."""
        await watch(self, f"settings:{access.organization_id}")
        self.problems = {}
        await self._fill(work, access)

    @rx.event
    @guarded(StaffTask.SETTINGS, reads=True, live=True)
    async def reload(self, work: Work, access: PracticeAccess) -> None:
        """Fill the page anew."""
        await self._fill(work, access)

    @rx.event
    @guarded(StaffTask.SETTINGS)
    async def save_practice(self, unit: Unit, sent: Any) -> Any:
        """Keep what is said of the practice."""
        self.problems = {}
        async with beside_fields(self, "practice"):
            given = parse(PracticeFields, sent)
            async with unit() as (work, access):
                await service.save_practice(
                    work, access, ein=given.ein, npi=given.npi, address=given.address, video_place=given.video_place
                )
            return self._did()

    @rx.event
    @guarded(StaffTask.SETTINGS)
    async def save_clinician(self, unit: Unit, sent: Any) -> Any:
        """Keep what is said of somebody who gives care."""
        self.problems = {}
        given = parse(ClinicianFields, sent)
        async with beside_fields(self, str(given.membership_id)):
            async with unit() as (work, access):
                await service.save_clinician(
                    work, access, membership_id=given.membership_id, licence=given.licence, npi=given.npi
                )
            return self._did()

    @rx.event
    @guarded(StaffTask.SETTINGS)
    async def save_service(self, unit: Unit, sent: Any) -> Any:
        """Keep the code of a service."""
        self.problems = {}
        given = parse(ServiceFields, sent)
        async with beside_fields(self, str(given.service_id)):
            async with unit() as (work, access):
                await service.save_service(work, access, service_id=given.service_id, code=given.code)
            return self._did()

    async def _fill(self, work: Work, access: PracticeAccess) -> None:
        found = await service.read_setup(work, access)
        here = found.practice
        self.practice = PracticeRow(here.ein or "", here.npi or "", here.billing_address or "", here.video_place.value)
        self.clinicians = [
            ClinicianRow(str(one.id), one.name, one.licence or "", one.npi or "") for one in found.clinicians
        ]
        self.services = [ServiceRow(str(one.id), one.name, one.procedure_code or "") for one in found.services]
        self.loaded = True

    def _did(self) -> Any:
        self.done += 1
        self._say(words.SAVED)
        return then(SetupState.reload)
