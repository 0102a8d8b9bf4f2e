"""Everybody who writes and reads: people go by the names of the cast."""

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlmodel import select

from portal.access.actor import ClientAccess, PracticeAccess, StaffTask
from portal.messaging import service, service_listing, service_opening, service_starting
from portal.messaging.service_listing import EVERYTHING, Wanted
from portal.messaging.service_starting import Start
from portal.messaging.views import Choices, OtherThread, ThreadRow, ThreadView
from portal.models import Message, Permission, ThreadParticipant
from tests.access.house import House

Access = ClientAccess | PracticeAccess


class Post(House):
    """Messages on top of the house."""

    async def writing(self, person: str, client: str = "") -> Access:
        """What a person writes with: for a client, or as staff when none is named."""
        if client:
            return await self.open(person, client, Permission.MESSAGING)
        return await self.practice(person, StaffTask.MESSAGES)

    async def writing_at(self, moment: datetime, person: str, client: str = "") -> Access:
        """The same, at a moment at which everybody signs in again."""
        await self.go_to(moment)
        return await self.writing(person, client)

    async def start(
        self,
        access: Access,
        client: str,
        *,
        to: tuple[str, ...] = (),
        others: tuple[str, ...] = (),
        subject: str = "About next week",
        body: str = "Hello",
        operation: UUID | None = None,
        files: tuple[UUID, ...] = (),
    ) -> UUID:
        """Start a conversation; `to` are staff, `others` "client" or contacts, by name."""
        start = Start(
            operation or uuid4(),
            subject,
            body,
            tuple(self.cast.staff[name].id for name in to),
            tuple(name if name == "client" else str(self.cast.contacts[name].id) for name in others),
            files,
        )
        async with self.database.unit_of_work() as work:
            return await service_starting.start_thread(work, access, client_id=self.client_id(client), start=start)

    async def with_casey(self) -> UUID:
        """A conversation that Tess began with Casey."""
        return await self.start(await self.writing("tess"), "casey", others=("client",))

    async def with_gina(self) -> UUID:
        """A conversation that Gina began with Tess, about Milo."""
        return await self.start(await self.writing("gina", "milo"), "milo", to=("tess",))

    async def choices(self, access: Access, client: str) -> Choices:
        async with self.database.unit_of_work(writes=False) as work:
            return await service_starting.list_choices(work, access, client_id=self.client_id(client))

    async def send(
        self,
        access: Access,
        thread_id: UUID,
        body: str = "Hello",
        operation: UUID | None = None,
        files: tuple[UUID, ...] = (),
    ) -> bool:
        async with self.database.unit_of_work() as work:
            return await service.send_message(
                work, access, thread_id=thread_id, operation_id=operation or uuid4(), body=body, file_ids=files
            )

    async def read(self, access: Access, thread_id: UUID, before: int | None = None) -> ThreadView:
        async with self.database.unit_of_work() as work:
            return await service.open_thread(work, access, thread_id=thread_id, before=before)

    async def seen(self, access: Access, thread_id: UUID, number: int) -> bool:
        async with self.database.unit_of_work() as work:
            return await service.mark_read(work, access, thread_id=thread_id, number=number)

    async def draft(self, access: Access, thread_id: UUID, body: str) -> None:
        async with self.database.unit_of_work() as work:
            await service.save_draft(work, access, thread_id=thread_id, body=body)

    async def set_aside(self, access: Access, thread_id: UUID, *, aside: bool = True) -> None:
        async with self.database.unit_of_work() as work:
            await service.set_aside(work, access, thread_id=thread_id, aside=aside)

    async def listed(self, access: Access, wanted: Wanted = EVERYTHING, *, archived: bool = False) -> list[ThreadRow]:
        async with self.database.unit_of_work(writes=False) as work:
            return (await service_listing.list_threads(work, access, wanted=wanted, archived=archived)).rows

    async def unread(self, person: str) -> int:
        """What the envelope of a member of staff shows."""
        (place,) = (await self.subjects(person)).memberships
        async with self.database.unit_of_work(writes=False) as work:
            return await service_listing.count_unread(work, place)

    async def new(self, access: Access) -> int:
        """How many conversations of the list have something new."""
        return sum(1 for row in await self.listed(access) if row.unread)

    async def others(self, person: str, client: str) -> list[OtherThread]:
        access = await self.practice(person, StaffTask.AUDIT, client=client)
        async with self.database.unit_of_work(writes=False) as work:
            return await service_opening.list_other_threads(work, access, client_id=self.client_id(client))

    async def break_glass(self, person: str, client: str, thread_id: UUID, reason: str) -> None:
        access = await self.practice(person, StaffTask.AUDIT, client=client)
        async with self.database.unit_of_work() as work:
            await service_opening.open_other_thread(
                work, access, client_id=self.client_id(client), thread_id=thread_id, reason=reason
            )

    async def rows(self, table: Any = Message) -> list[Any]:
        async with self.database.unit_of_work(writes=False) as work:
            return list((await work.exec(select(table))).all())

    async def places(self, thread_id: UUID) -> list[ThreadParticipant]:
        return [row for row in await self.rows(ThreadParticipant) if row.thread_id == thread_id]


def text_of(view: ThreadView) -> list[str]:
    """The words of a conversation, message by message."""
    return ["".join(part.text for part in message.parts) for message in view.messages]
