"""Conversations of the demo: Casey's with Tess, with a worksheet and something new, and Gina's about Milo."""

import calendar
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from portal.billing.papers import typeset
from portal.database import Work
from portal.demo.people import Cast
from portal.files.service import prepare_file
from portal.kit.crypto import seal
from portal.kit.ids import new_id
from portal.models import Client, FileOwner, Message, MessageThread, Side, StoredFile, ThreadParticipant

HOURS = "Monday to Friday, 9 am to 5 pm, within one working day"


@dataclass(frozen=True)
class Said:
    """Who wrote what, how many hours ago; `worksheet` is the title of one that went along."""

    who: str
    hours: int
    text: str
    worksheet: str = ""


_SLEEP = (
    Said("casey", 75, "Hello Tess, I slept badly all week. Can we talk about it on our next appointment?"),
    Said("tess", 73, "Of course, Casey. Until then it may help to note when you go to bed and when you wake up."),
    Said("casey", 50, "I have started. Is there a sheet for it?"),
    Said("tess", 3, "There is: I attach it. https://sleep.example/diary shows how. Bring it along.", "Sleep diary"),
)
_SCHOOL = (
    Said("gina", 30, "Milo's school asks for a note that he comes to you on Wednesdays. Could you write one?"),
    Said("tess", 28, "Yes, I will have it ready for you at the next appointment."),
    Said("gina", 2, "Thank you! That helps a lot."),
)


async def load_messages(work: Work, cast: Cast) -> None:
    """Store the conversations, and when the practice answers."""
    cast.harbor.answering_hours = HOURS
    work.add(cast.harbor)
    tess, gina = cast.staff["tess"], cast.contacts["gina"]
    await _thread(
        work, cast, cast.clients["casey"], "Sleep", _SLEEP, _Place(Side.CLIENT, "casey", 3), staff=(tess.id, 4)
    )
    writer = _Place(Side.CONTACT, "gina", 3, gina.id)
    await _thread(work, cast, cast.clients["milo"], "A note for school", _SCHOOL, writer, staff=(tess.id, 2))


@dataclass(frozen=True)
class _Place:
    side: Side
    who: str
    read: int
    contact_id: UUID | None = None


async def _thread(
    work: Work,
    cast: Cast,
    client: Client,
    subject: str,
    said: tuple[Said, ...],
    place: _Place,
    *,
    staff: tuple[UUID, int],
) -> None:
    """Store one conversation: of one person on the client's side with one therapist."""
    thread_id, here = new_id(), client.organization_id
    thread = MessageThread(
        organization_id=here,
        id=thread_id,
        client_id=client.id,
        subject=seal(work.ring, "message_thread", "subject", thread_id, subject),
        created_by=cast.accounts[said[0].who].id,
        operation_id=new_id(),
        created_at=work.now - timedelta(hours=said[0].hours),
        last_at=work.now - timedelta(hours=said[-1].hours),
        last_number=len(said),
    )
    work.add(thread)
    await work.flush()
    _seat(work, thread, place, staff)
    for number, one in enumerate(said, 1):
        message = _message(work, cast, thread, number, one)
        work.add(message)
        if one.worksheet:
            await _attach(work, cast, thread, message, one.worksheet)
    await work.flush()


def _seat(work: Work, thread: MessageThread, place: _Place, staff: tuple[UUID, int]) -> None:
    """Let the two of them be in it."""
    member_id, read = staff
    seen = work.now - timedelta(hours=2)
    work.add(
        ThreadParticipant(
            organization_id=thread.organization_id,
            thread_id=thread.id,
            side=Side.STAFF,
            membership_id=member_id,
            read_number=read,
            read_at=seen,
        )
    )
    work.add(
        ThreadParticipant(
            organization_id=thread.organization_id,
            thread_id=thread.id,
            side=place.side,
            contact_id=place.contact_id,
            read_number=place.read,
            read_at=seen,
        )
    )


def _message(work: Work, cast: Cast, thread: MessageThread, number: int, said: Said) -> Message:
    message_id, author = new_id(), cast.accounts[said.who]
    return Message(
        id=message_id,
        organization_id=thread.organization_id,
        thread_id=thread.id,
        number=number,
        author_id=author.id,
        author_name=seal(work.ring, "message", "author_name", message_id, author.name),
        operation_id=new_id(),
        body=seal(work.ring, "message", "body", message_id, said.text),
        sent_at=work.now - timedelta(hours=said.hours),
    )


async def _attach(work: Work, cast: Cast, thread: MessageThread, message: Message, title: str) -> None:
    """Note a worksheet as sent with a message; its bytes go to the storage when everything else is in."""
    file = await prepare_file(work.ring, await typeset(_sheet(cast, title), message.sent_at), f"{title}.pdf")
    cast.files.append(file)
    work.add(
        StoredFile(
            id=file.id,
            organization_id=thread.organization_id,
            client_id=thread.client_id,
            owner=FileOwner.MESSAGE,
            owner_id=message.id,
            name=seal(work.ring, "stored_file", "name", file.id, file.name),
            content_type=file.content_type,
            size=file.size,
            sha256=file.sha256,
            uploaded_by=message.author_id,
            created_at=message.sent_at,
            kept_at=message.sent_at,
        )
    )


def _sheet(cast: Cast, title: str) -> dict[str, Any]:
    """Lay out a table to fill in by hand."""
    blank = "_" * 18
    return {
        "title": title,
        "practice": cast.harbor.name,
        "lines": [["How to use it", "Each morning, write down the night before. A guess is good enough."]],
        "head": ["Day", "Went to bed, fell asleep", "Woke up"],
        "rows": [[day, f"{blank}    {blank}", blank] for day in calendar.day_name],
        "foot": "Bring it along to your next appointment.",
    }
