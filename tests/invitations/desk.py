"""The front desk of Harbor as tests use it: invite, read the mail that went out, and stand in front of the page."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlmodel import col, select

from portal.access.actor import PracticeAccess, StaffTask, System
from portal.database import Database, Work
from portal.demo.people import Cast
from portal.intake.service import install_builtin_forms
from portal.invitations import service, words
from portal.invitations.service import Answer, Joined
from portal.invitations.views import InvitationsSent, InvitationStatus, Invitee
from portal.kit.ids import new_id
from portal.kit.tokens import token_hash
from portal.models import Client, Contact, FormAssignment, Invitation, Membership, OutboxMail
from portal.notifications.outbox import context_of
from portal.runtime import runtime
from tests.clients.office import staff

PASSWORD = "tractor lampion velvet"


class FrontDesk:
    """Harbor, with two strangers to the portal: Robin (born 1990-05-31) and Sam (no date of birth), both of Tess."""

    def __init__(self, database: Database, cast: Cast) -> None:
        self.database, self.cast = database, cast
        self.forms: dict[str, UUID] = {}

    async def set_up(self) -> None:
        async with self.database.unit_of_work() as work:
            self.forms = await install_builtin_forms(work, self.cast.harbor.id, System("test"))
            for name, born in (("robin", date(1990, 5, 31)), ("sam", None)):
                client = Client(
                    organization_id=self.cast.harbor.id,
                    given_name=name.capitalize(),
                    family_name="Quill",
                    email=f"{name}@new.example",
                    birth_date=born,
                    created_at=work.now,
                )
                work.add(client)
                self.cast.clients[name] = client

    async def staff(self, work: Work, who: str = "frank", task: StaffTask = StaffTask.EDIT_CLIENTS) -> PracticeAccess:
        return await staff(work, self.cast, who, task)

    def invitee(self, client: str, contact: str = "") -> Invitee:
        contact_id = str(self.cast.contacts[contact].id) if contact else ""
        return Invitee(client_id=str(self.cast.clients[client].id), contact_id=contact_id)

    async def invite(
        self,
        *people: str | Invitee,
        who: str = "frank",
        message: str = words.DEFAULT_MESSAGE,
        forms: Sequence[str] = (),
        operation_id: UUID | None = None,
    ) -> InvitationsSent:
        async with self.database.unit_of_work() as work:
            return await service.invite_people(
                work,
                await self.staff(work, who),
                people=[self.invitee(one) if isinstance(one, str) else one for one in people],
                form_version_ids=[self.forms[key] for key in forms],
                message=message,
                operation_id=operation_id or new_id(),
            )

    async def links(self) -> list[str]:
        """The links of the invitations in the outbox, the oldest first."""
        return [context_of(self.database.ring, mail)["link"] for mail in await self.mails()]

    async def token(self) -> str:
        """The token of the newest invitation."""
        return (await self.links())[-1].rsplit("/", 1)[1]

    async def mails(self, kind: str = "invitation") -> list[OutboxMail]:
        async with self.database.unit_of_work(writes=False) as work:
            query = select(OutboxMail).where(OutboxMail.kind == kind).order_by(col(OutboxMail.id))
            return list((await work.exec(query)).all())

    async def invitations(self) -> list[Invitation]:
        async with self.database.unit_of_work(writes=False) as work:
            return list((await work.exec(select(Invitation).order_by(col(Invitation.id)))).all())

    async def status(self, client: str) -> InvitationStatus | None:
        client_id = self.cast.clients[client].id
        async with self.database.unit_of_work(writes=False) as work:
            return (await service.invitation_status(work, self.cast.harbor.id, [client_id])).get(client_id)

    async def assignments(self, client: str) -> list[FormAssignment]:
        query = select(FormAssignment).where(FormAssignment.client_id == self.cast.clients[client].id)
        async with self.database.unit_of_work(writes=False) as work:
            return list((await work.exec(query)).all())

    async def row(self, table: type[Any], row_id: UUID) -> Any:
        async with self.database.unit_of_work(writes=False) as work:
            return (await work.exec(select(table).where(table.id == row_id))).one()

    async def client(self, name: str) -> Client:
        return await self.row(Client, self.cast.clients[name].id)

    async def contact(self, name: str) -> Contact:
        return await self.row(Contact, self.cast.contacts[name].id)

    async def member(self, membership_id: UUID) -> Membership:
        return await self.row(Membership, membership_id)

    async def open(self, token: str) -> None:
        async with self.database.unit_of_work() as work:
            await service.open_invitation(work, token=token)

    async def join(self, token: str, born: str = "1990-05-31", *, session: str = "", **more: str) -> Joined:
        answer = Answer(
            token=token,
            birth_date=born,
            password=more.get("password", PASSWORD),
            session_hash=token_hash(session) if session else None,
        )
        return await service.join_by_invitation(runtime(), answer)
