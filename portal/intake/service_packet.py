"""Sending several forms at once: each to its own signers, and where it is wanted seen by them alone."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from portal.access.actor import PracticeAccess
from portal.database import Work
from portal.errors import Invalid
from portal.intake import words
from portal.intake.service_sending import Signers, send_form
from portal.kit.ids import new_id

MOST_FORMS = 20


@dataclass(frozen=True, slots=True)
class PacketPart:
    """One form of a packet, and who signs it; None: whom the form asks for."""

    form_version_id: UUID
    signers: Signers | None = None


async def send_packet(
    work: Work, access: PracticeAccess, *, client_id: UUID, parts: Sequence[PacketPart], due_on: date | None = None
) -> list[UUID]:
    """Send several forms about one client in one go: all of them, or none. Returns the assignments in their order.

    Raises as `send_form`; Invalid for no form, too many, or one that is there twice for the same signers.
    """
    if not parts:
        raise Invalid(words.EMPTY_PACKET)
    if len(parts) > MOST_FORMS or len(set(parts)) < len(parts):
        raise Invalid(words.PACKET_TOO_LARGE)
    packet = new_id()
    return [
        await send_form(
            work,
            access,
            client_id=client_id,
            form_version_id=part.form_version_id,
            due_on=due_on,
            signers=part.signers,
            packet=packet,
        )
        for part in parts
    ]
