"""Who a stranger is: staff decide, the portal never does. Nothing is merged, and the stranger learns nothing."""

from collections.abc import Collection, Sequence
from uuid import UUID

from portal.access.actor import PracticeAccess
from portal.access.gate import require_step_up
from portal.accounts.rules import email_key
from portal.audit.service import record_change
from portal.clients.lookalikes import find_like
from portal.clients.queries import find_client_by_id
from portal.clients.service import store_client, tell_list
from portal.clients.service_search import index_client
from portal.clients.views import LooksLike
from portal.database import Work
from portal.errors import Conflict, NotFound
from portal.invitations import queries_joining as queries
from portal.invitations import words
from portal.invitations.service_inviting import invite_people
from portal.invitations.service_queue import identity_of, require_decider
from portal.invitations.views import Invitee, JoinDecided
from portal.kit.ids import new_id
from portal.models import Client, JoinRequest, JoinStatus


async def decide_same_person(
    work: Work,
    access: PracticeAccess,
    *,
    request_id: UUID,
    client_id: UUID,
    take_email: bool = False,
    form_version_ids: Sequence[UUID] = (),
    message: str = words.DEFAULT_MESSAGE,
) -> JoinDecided:
    """Decide that a stranger is a client already, and invite the client.

    The invitation goes to the address on the client's record: what a stranger typed proves nothing. Only with
    `take_email` does theirs take its place, or fill an empty one. Who has a login already gets no invitation, and
    their address stays as it is. Raises StepUpNeeded before it takes an address: a link goes there.
    """
    request = await _open(work, access, request_id)
    client = await find_client_by_id(work, access, client_id, lock=True)
    if take_email and client.account_id is None and email_key(client.email) != email_key(request.email):
        require_step_up(access)
        await _take_email(work, access, client, request.email)
    await _decide(work, access, request, JoinStatus.SAME_PERSON, "join.same_person", client.id)
    name = f"{client.given_name} {client.family_name}"
    if client.account_id is not None:
        return JoinDecided(str(client.id), False, words.SAME_HAS_LOGIN.format(name=name))
    reason = await _invite(work, access, client, form_version_ids, message)
    told = words.SAME_NOT_INVITED if reason else words.SAME_PERSON
    return JoinDecided(str(client.id), not reason, told.format(name=name, email=client.email, reason=reason))


async def decide_new_client(
    work: Work,
    access: PracticeAccess,
    *,
    request_id: UUID,
    despite: Collection[UUID] = (),
    form_version_ids: Sequence[UUID] = (),
    message: str = words.DEFAULT_MESSAGE,
) -> JoinDecided | LooksLike:
    """Make a stranger a client, and invite them.

    `despite` are the clients whom they look like and are not; where there is another one, nothing is written and all
    are returned for a decision.
    """
    request = await _open(work, access, request_id)
    if like := await find_like(work, access, identity_of(request), despite=despite):
        return like
    client = await store_client(work, access, identity_of(request))
    await _decide(work, access, request, JoinStatus.NEW_CLIENT, "join.new_client", client.id)
    name = f"{client.given_name} {client.family_name}"
    reason = await _invite(work, access, client, form_version_ids, message)
    told = words.NEW_NOT_INVITED if reason else words.NEW_CLIENT
    return JoinDecided(str(client.id), not reason, told.format(name=name, email=client.email, reason=reason))


async def reject_join_request(work: Work, access: PracticeAccess, *, request_id: UUID) -> None:
    """Put a request aside. Nobody is told."""
    request = await _open(work, access, request_id)
    await _decide(work, access, request, JoinStatus.REJECTED, "join.rejected", None)


async def _open(work: Work, access: PracticeAccess, request_id: UUID) -> JoinRequest:
    require_decider(access)
    request = await queries.find_request(work, access.organization_id, request_id)
    if request is None:
        raise NotFound
    if request.status is not JoinStatus.WAITING:
        raise Conflict(words.DECIDED_ALREADY)
    return request


async def _decide(
    work: Work,
    access: PracticeAccess,
    request: JoinRequest,
    status: JoinStatus,
    action: str,
    client_id: UUID | None,
) -> None:
    request.status, request.client_id = status, client_id
    request.decided_at, request.decided_by = work.now, access.actor.account_id
    work.add(request)
    await work.flush()
    await record_change(
        work,
        organization_id=access.organization_id,
        actor=access.actor,
        action=action,
        client_id=client_id,
        object_id=request.id,
    )
    work.tell(f"clients:{access.organization_id}")


async def _take_email(work: Work, access: PracticeAccess, client: Client, email: str) -> None:
    client.email = email
    work.add(client)
    await work.flush()
    await index_client(work, client)
    await record_change(
        work,
        organization_id=access.organization_id,
        actor=access.actor,
        action="client.edited",
        client_id=client.id,
        detail={"fields": ["email"]},
    )
    await tell_list(work, client)


async def _invite(
    work: Work, access: PracticeAccess, client: Client, form_version_ids: Sequence[UUID], message: str
) -> str:
    """Invite a client; returns why that was not possible, or nothing."""
    outcome = await invite_people(
        work,
        access,
        people=[Invitee(client_id=str(client.id))],
        form_version_ids=form_version_ids,
        message=message,
        operation_id=new_id(),
    )
    return outcome.passed_over[0].reason if outcome.passed_over else ""
