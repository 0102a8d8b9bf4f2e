"""Conversations of any length between Casey and Tess, put straight into a portal's database, and sessions for both."""

from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from sqlalchemy import insert
from sqlmodel import select

from bench.people import open_session
from portal.config import Config, Mode
from portal.database import Database, Work
from portal.kit.crypto import seal
from portal.kit.ids import new_id
from portal.models import (
    Account,
    Client,
    Membership,
    Message,
    MessageKind,
    MessageThread,
    Organization,
    Side,
    ThreadParticipant,
)


@dataclass(frozen=True)
class Two:
    """Both people's cookies, whom they write about, and their conversations by the number of messages."""

    casey: str
    tess: str
    client_id: str
    threads: dict[int, str]


async def between_casey_and_tess(folder: Path, lengths: tuple[int, ...]) -> Two:
    """Add conversations of these lengths to the demo practice in a data folder, and sign both in."""
    config = Config(mode=Mode.TEST, data_dir=folder)
    database = Database(config.database, config.ring())
    async with database.unit_of_work() as work:
        harbor = (await work.exec(select(Organization).where(Organization.slug == "harbor"))).one()
        casey, tess = [await _account(work, "casey@mail.example"), await _account(work, "tess@harbor.example")]
        mine = (Client.account_id == casey.id, Client.organization_id == harbor.id)
        client = (await work.exec(select(Client).where(*mine))).one()
        member = (await work.exec(select(Membership).where(Membership.account_id == tess.id))).one()
        threads = {length: await _thread(work, client, member, casey, length) for length in lengths}
        made = Two(open_session(work, casey), open_session(work, tess), str(client.id), threads)
    await database.close()
    return made


async def _account(work: Work, email: str) -> Account:
    return (await work.exec(select(Account).where(Account.email_key == email))).one()


async def _thread(work: Work, client: Client, member: Membership, author: Account, length: int) -> str:
    thread_id, here = new_id(), client.organization_id
    work.add(
        MessageThread(
            id=thread_id,
            organization_id=here,
            client_id=client.id,
            subject=seal(work.ring, "message_thread", "subject", thread_id, f"{length} messages"),
            created_by=author.id,
            operation_id=new_id(),
            created_at=work.now,
            last_at=work.now,
            last_number=length,
        )
    )
    await work.flush()
    for place in ({"side": Side.CLIENT}, {"side": Side.STAFF, "membership_id": member.id}):
        work.add(ThreadParticipant(organization_id=here, thread_id=thread_id, read_number=length, **place))
    await work.flush()
    rows = [_row(work, here, thread_id, author, number) for number in range(1, length + 1)]
    await work.exec(insert(Message), params=rows)
    return str(thread_id)


def _row(work: Work, here: object, thread_id: object, author: Account, number: int) -> dict[str, object]:
    message_id = new_id()
    return {
        "id": message_id,
        "organization_id": here,
        "thread_id": thread_id,
        "number": number,
        "kind": MessageKind.WORDS,
        "author_id": author.id,
        "author_name": seal(work.ring, "message", "author_name", message_id, author.name),
        "operation_id": new_id(),
        "body": seal(work.ring, "message", "body", message_id, f"Message number {number}, about as long as most are."),
        "sent_at": work.now - timedelta(days=1),
    }
