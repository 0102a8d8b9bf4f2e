"""Staff's Today: what arrived, as it arrives."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import reflex as rx

from portal.access.actor import PracticeAccess, StaffTask
from portal.access.permissions import scope_of
from portal.database import Work
from portal.intake import service as intake
from portal.intake.handling import alerting
from portal.intake.handling.alerting import AlertView
from portal.intake.views import ArrivalView
from portal.practice import words
from portal.ui.ago import ago
from portal.ui.guard import Id, guarded, parse
from portal.ui.live import watch
from portal.ui.session_state import PageState


@dataclass(frozen=True)
class Arrival:
    """One form that came in. `address` is empty for those who see the status only."""

    id: str
    client: str
    title: str
    sent: str
    address: str


@dataclass(frozen=True)
class Alert:
    """An answer that somebody has to know of. It stays until somebody says that they do."""

    id: str
    client: str
    when: str
    address: str
    name: str


class TodayState(PageState):
    """Today. `sees_forms` is false for roles that have nothing to do with forms."""

    loaded: bool = False
    sees_forms: bool = True
    arrivals: rx.Field[list[Arrival]] = rx.field(default_factory=list)
    alerts: rx.Field[list[Alert]] = rx.field(default_factory=list)

    @rx.event
    @guarded(StaffTask.TODAY, reads=True)
    async def load(self, work: Work, access: PracticeAccess) -> None:
        """Fill the page, and hear of every form that comes in from now on."""
        await watch(self, f"forms:{access.organization_id}")
        await self._fill(work, access)

    @rx.event
    @guarded(StaffTask.TODAY, reads=True, live=True)
    async def reload(self, work: Work, access: PracticeAccess) -> None:
        """Fill the page anew after a form came in."""
        await self._fill(work, access)

    @rx.event
    @guarded(StaffTask.READ_ANSWERS)
    async def acknowledge(self, work: Work, access: PracticeAccess, alert_id: Any) -> None:
        """Take note of an alert."""
        await alerting.acknowledge_alert(work, access, alert_id=parse(Id, alert_id))
        await self._fill(work, access)
        self._say(words.ACKNOWLEDGED)

    async def _fill(self, work: Work, access: PracticeAccess) -> None:
        self.sees_forms = scope_of(access.role, StaffTask.READ_ANSWERS) is not None
        found = await intake.list_arrivals(work, access) if self.sees_forms else []
        self.arrivals = [_arrival(view, work.now) for view in found]
        self.alerts = [_alert(view, work.now) for view in await alerting.list_alerts(work, access)]
        self.loaded = True


def _alert(view: AlertView, now: datetime) -> Alert:
    return Alert(
        id=view.id,
        client=view.client_name,
        when=words.raised(ago(datetime.fromisoformat(view.raised_at), now)),
        address=f"/practice/clients/{view.client_id}",
        name=words.acknowledge(view.client_name),
    )


def _arrival(view: ArrivalView, now: datetime) -> Arrival:
    return Arrival(
        id=view.assignment_id,
        client=view.client_name,
        title=view.title,
        sent=words.sent_in(view.submitted_by, ago(datetime.fromisoformat(view.submitted_at), now)),
        address=f"/practice/answers/{view.assignment_id}" if view.can_read else "",
    )
