"""How the invitations of clients, contacts and staff stand, for the lists that show it."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from sqlmodel import col

from portal.database import Work
from portal.invitations import queries, words
from portal.invitations.rules import state_of
from portal.invitations.views import InvitationStatus
from portal.models import Invitation


async def invitation_status(
    work: Work, organization_id: UUID, client_ids: Collection[UUID]
) -> dict[UUID, InvitationStatus]:
    """Return how each client's newest invitation stands; who was never invited is not in it. One statement."""
    return await _status(work, organization_id, col(Invitation.client_id), client_ids)


async def contact_invitation_status(
    work: Work, organization_id: UUID, contact_ids: Collection[UUID]
) -> dict[UUID, InvitationStatus]:
    """Return the same for people in contact networks."""
    return await _status(work, organization_id, col(Invitation.contact_id), contact_ids)


async def staff_invitation_status(
    work: Work, organization_id: UUID, membership_ids: Collection[UUID]
) -> dict[UUID, InvitationStatus]:
    """Return the same for staff members."""
    return await _status(work, organization_id, col(Invitation.membership_id), membership_ids)


async def _status(work: Work, organization_id: UUID, whose: Any, ids: Collection[UUID]) -> dict[UUID, InvitationStatus]:
    if not ids:
        return {}
    newest = await queries.list_newest(work, organization_id, whose, ids)
    found = {}
    for person, (invitation, mail, forms) in newest.items():
        state = state_of(invitation, mail, work.now)
        found[person] = InvitationStatus(
            invitation_id=str(invitation.id),
            state=state,
            label=words.STATES[state],
            email=invitation.email,
            sent_at=invitation.sent_at.isoformat(),
            expires_at=invitation.expires_at.isoformat(),
            forms=forms,
        )
    return found
