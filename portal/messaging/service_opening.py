"""Breaking the glass: an administrator reads a conversation they are not in; everybody in it sees the reason."""

from uuid import UUID

from portal.access.actor import PracticeAccess, StaffTask
from portal.audit.service import record_access, record_change
from portal.database import Work
from portal.errors import NotFound, NotPermitted
from portal.kit.crypto import seal
from portal.kit.ids import new_id
from portal.messaging import queries, words
from portal.messaging.presenting import full_moment, names_of, short_moment
from portal.messaging.rules import A_LIST, OPEN_FOR, clean_reason
from portal.messaging.service import add_message, advance
from portal.messaging.views import OtherThread
from portal.models import MessageKind, ThreadOpening


async def list_other_threads(work: Work, access: PracticeAccess, *, client_id: UUID) -> list[OtherThread]:
    """List a client's conversations that an administrator is not in: who and when, never what. Two statements."""
    _require_audit(access, client_id)
    threads = await queries.list_other_threads(work, access, client_id, A_LIST)
    people = await queries.list_people(work, [thread.id for thread in threads])
    return [
        OtherThread(
            id=str(thread.id),
            people=names_of(access, people[thread.id]),
            when=short_moment(thread.last_at, work.now, access.zone),
            count=thread.last_number,
        )
        for thread in threads
    ]


async def open_other_thread(
    work: Work, access: PracticeAccess, *, client_id: UUID, thread_id: UUID, reason: str
) -> None:
    """Let an administrator read one conversation for an hour. It says so in the conversation itself, and in the chain.

    Raises Invalid without a reason, NotFound for a conversation that is not there or that they are in anyway.
    """
    _require_audit(access, client_id)
    why = clean_reason(reason)
    thread = await queries.lock_other_thread(work, access, client_id, thread_id)
    if thread is None:
        raise NotFound
    opening_id, until = new_id(), work.now + OPEN_FOR
    work.add(
        ThreadOpening(
            id=opening_id,
            organization_id=access.organization_id,
            thread_id=thread_id,
            membership_id=access.membership_id,
            reason=seal(work.ring, "thread_opening", "reason", opening_id, why),
            opened_at=work.now,
            until=until,
        )
    )
    await work.flush()
    told = words.OPENED.format(who=access.actor.name, until=full_moment(until, work.now, access.zone), why=why)
    number = thread.last_number + 1
    await add_message(work, access, thread, number, opening_id, told, MessageKind.OPENED)
    await advance(work, thread, number)
    await _tell(work, thread_id)
    await record_access(work, access, client_id=client_id, kind="messages", object_id=thread_id)
    await record_change(
        work,
        organization_id=access.organization_id,
        actor=access.actor,
        action="message.opened_by_administrator",
        client_id=client_id,
        object_id=thread_id,
    )


async def _tell(work: Work, thread_id: UUID) -> None:
    work.tell(f"thread:{thread_id}")
    for one in (await queries.list_people(work, [thread_id]))[thread_id]:
        if one.account_id is not None:
            work.tell(f"messages:{one.account_id}")


def _require_audit(access: PracticeAccess, client_id: UUID) -> None:
    """Only whoever may look into the record of everything, and was let through to this client."""
    if access.task is not StaffTask.AUDIT:
        raise NotPermitted(words.NOT_FOR_MESSAGES)
    if access.client_id != client_id:
        raise NotFound
