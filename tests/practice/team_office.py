"""Harbor's team as tests change it."""

from typing import Any
from uuid import UUID

from sqlmodel import select

from portal.access.actor import StaffTask
from portal.database import Database
from portal.demo.people import Cast
from portal.invitations import service as invitations
from portal.invitations.service import Answer, Joined
from portal.models import Membership, Role
from portal.notifications.outbox import context_of
from portal.practice import service_team
from portal.practice.views_team import StaffFields, TeamMember
from portal.runtime import runtime
from tests.clients.office import staff
from tests.logins import mails

PASSWORD = "tractor lampion velvet"
NEW = StaffFields(name="Ines Vale", email="ines@harbor.example", role=Role.THERAPIST)


class Office:
    """Harbor's team, changed by whoever is named."""

    def __init__(self, database: Database, cast: Cast) -> None:
        self.database, self.cast = database, cast

    async def do(self, act: Any, who: str = "avery", task: StaffTask = StaffTask.TEAM, **more: Any) -> Any:
        async with self.database.unit_of_work() as work:
            return await act(work, await staff(work, self.cast, who, task), **more)

    def id(self, name: str) -> UUID:
        return self.cast.staff[name].id

    async def team(self, who: str = "avery") -> dict[str, TeamMember]:
        return {one.name: one for one in await self.do(service_team.list_team, who)}

    async def invite(self, fields: StaffFields = NEW) -> tuple[UUID, str]:
        """Invite somebody; returns the membership and the token that was mailed."""
        membership_id = await self.do(service_team.invite_staff, fields=fields)
        mail = (await mails(self.database, "invitation"))[-1]
        return membership_id, context_of(self.database.ring, mail)["link"].rsplit("/", 1)[1]

    async def join(self, token: str, session_hash: str | None = None) -> Joined:
        answer = Answer(token=token, password=PASSWORD, session_hash=session_hash)
        return await invitations.join_by_invitation(runtime(), answer)

    async def member(self, membership_id: UUID) -> Membership:
        async with self.database.unit_of_work(writes=False) as work:
            return (await work.exec(select(Membership).where(Membership.id == membership_id))).one()
