"""Who a stranger is: staff decide, the portal never does. Nothing is merged, and the stranger learns nothing."""

from collections.abc import Collection, Sequence
from uuid import UUID

from portal.access.actor import PracticeAccess, StaffTask
from portal.accounts.rules import email_key
from portal.audit.service import record_change
from portal.clients.lookalikes import find_like, why_alike
from portal.clients.queries import find_client_by_id, require
from portal.clients.rules import Identity
from portal.clients.service import fields_of_identity, store_client, tell_list
from portal.clients.service_search import index_client
from portal.clients.views import KnownKind, Lookalike, LooksLike
from portal.clients.words import SAME_EMAIL
from portal.database import Work
from portal.errors import Conflict, NotFound, NotPermitted
from portal.invitations import queries_joining as queries
from portal.invitations import words
from portal.invitations.service_inviting import invite_people
from portal.invitations.views import Invitee, JoinDecided, JoinRequestView
from portal.kit.crypto import open_sealed
from portal.kit.ids import new_id
from portal.models import Client, Contact, JoinRequest, JoinStatus


async def list_join_requests(work: Work, access: PracticeAccess) -> list[JoinRequestView]:
    """List the requests that wait, each with everybody whom the stranger looks like. Three statements.

    Raises NotPermitted for who sees assigned clients only: a stranger is assigned to nobody.
    """
    _may_decide(access)
    waiting = await queries.list_waiting(work, access.organization_id)
    if not waiting:
        return []
    clients = await queries.list_clients_like(work, access.organization_id, waiting)
    contacts = await queries.list_contacts_like(work, access.organization_id, waiting)
    return [_view(work, request, clients, contacts) for request in waiting]


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
    their address stays as it is.
    """
    request = await _open(work, access, request_id)
    client = await find_client_by_id(work, access, client_id, lock=True)
    if take_email and client.account_id is None and email_key(client.email) != email_key(request.email):
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
    if like := await find_like(work, access, _identity(request), despite=despite):
        return like
    client = await store_client(work, access, _identity(request))
    await _decide(work, access, request, JoinStatus.NEW_CLIENT, "join.new_client", client.id)
    name = f"{client.given_name} {client.family_name}"
    reason = await _invite(work, access, client, form_version_ids, message)
    told = words.NEW_NOT_INVITED if reason else words.NEW_CLIENT
    return JoinDecided(str(client.id), not reason, told.format(name=name, email=client.email, reason=reason))


async def reject_join_request(work: Work, access: PracticeAccess, *, request_id: UUID) -> None:
    """Put a request aside. Nobody is told."""
    request = await _open(work, access, request_id)
    await _decide(work, access, request, JoinStatus.REJECTED, "join.rejected", None)


def _may_decide(access: PracticeAccess) -> None:
    require(access, StaffTask.EDIT_CLIENTS)
    if access.scope.only_assigned:
        raise NotPermitted(words.NOT_FOR_ASSIGNED)


async def _open(work: Work, access: PracticeAccess, request_id: UUID) -> JoinRequest:
    _may_decide(access)
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


def _identity(request: JoinRequest) -> Identity:
    return Identity(request.given_name, request.family_name, request.birth_date, request.email, request.phone)


def _view(work: Work, request: JoinRequest, clients: Sequence[Client], contacts: Sequence[Contact]) -> JoinRequestView:
    mine = _identity(request)
    like = []
    for client in clients:
        name = f"{client.given_name} {client.family_name}"
        if reason := why_alike(mine, name, client.birth_date, client.email):
            like.append(Lookalike(KnownKind.CLIENT, str(client.id), name, reason))
    for contact in contacts:
        if email_key(contact.email) == email_key(mine.email):
            name = f"{contact.given_name} {contact.family_name}"
            like.append(Lookalike(KnownKind.CONTACT, str(contact.id), name, SAME_EMAIL))
    note = open_sealed(work.ring, "join_request", "note", request.id, request.note) if request.note else ""
    return JoinRequestView(
        id=str(request.id),
        name=mine.name,
        fields=fields_of_identity(mine),
        note=note,
        asked_at=request.created_at.isoformat(),
        like=like,
    )
