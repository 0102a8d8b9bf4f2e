"""What stands in the database of the portal that is attacked, and nobody may read whom it is not for."""

from portal.database import Database
from portal.demo.people import Cast
from portal.kit.crypto import seal
from portal.kit.ids import new_id
from portal.models import Message, MessageThread, Side, ThreadParticipant

WRITTEN = "marker-of-gina"


async def write_thread(database: Database, cast: Cast) -> str:
    """Write what Gina wrote to Tess about Milo; returns the id of the conversation."""
    thread_id, message_id, gina = new_id(), new_id(), cast.accounts["gina"]
    async with database.unit_of_work() as work:
        here, ring = cast.harbor.id, work.ring
        work.add(
            MessageThread(
                id=thread_id,
                organization_id=here,
                client_id=cast.clients["milo"].id,
                subject=seal(ring, "message_thread", "subject", thread_id, f"{WRITTEN}-subject"),
                created_by=gina.id,
                operation_id=new_id(),
                created_at=work.now,
                last_at=work.now,
                last_number=1,
            )
        )
        await work.flush()
        for side, ids in (
            (Side.CONTACT, {"contact_id": cast.contacts["gina"].id}),
            (Side.STAFF, {"membership_id": cast.staff["tess"].id}),
        ):
            work.add(ThreadParticipant(organization_id=here, thread_id=thread_id, side=side, **ids))
        work.add(
            Message(
                id=message_id,
                organization_id=here,
                thread_id=thread_id,
                number=1,
                author_id=gina.id,
                author_name=seal(ring, "message", "author_name", message_id, "Gina Park"),
                operation_id=new_id(),
                body=seal(ring, "message", "body", message_id, f"{WRITTEN}-body"),
                sent_at=work.now,
            )
        )
    return str(thread_id)
