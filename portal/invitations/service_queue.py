"""The queue of strangers who ask to join: who waits, and whom each of them looks like. Nothing is decided here."""

from collections.abc import Iterable, Sequence
from typing import Any

from portal.access.actor import PracticeAccess, StaffTask
from portal.access.permissions import scope_of
from portal.accounts.rules import email_key
from portal.clients.lookalikes import why_alike
from portal.clients.queries import require
from portal.clients.rules import Identity
from portal.clients.service import fields_of, fields_of_identity
from portal.clients.views import ClientFields, KnownKind
from portal.clients.words import SAME_EMAIL
from portal.database import Work
from portal.errors import NotPermitted
from portal.invitations import queries_joining as queries
from portal.invitations import words
from portal.invitations.views import JoinRequestView, Match, ServedClient
from portal.kit.crypto import open_sealed
from portal.models import Client, JoinRequest
from portal.settings.queries_overview import count_waiting_to_join


async def list_join_requests(work: Work, access: PracticeAccess) -> list[JoinRequestView]:
    """List the requests that wait, the oldest first, each with everybody whom the stranger looks like.

    Three statements. Raises NotPermitted for who sees assigned clients only: a stranger is assigned to nobody.
    """
    require_decider(access)
    waiting = await queries.list_waiting(work, access.organization_id)
    if not waiting:
        return []
    clients = await queries.list_clients_like(work, access.organization_id, [identity_of(one) for one in waiting])
    contacts = _contacts(await queries.list_contacts_like(work, access.organization_id, waiting))
    return [_view(work, request, clients, contacts) for request in waiting]


async def count_join_requests(work: Work, access: PracticeAccess) -> int:
    """Count the requests that wait for whoever may decide them; 0 for everybody else. At most one statement."""
    scope = scope_of(access.role, StaffTask.EDIT_CLIENTS)
    if scope is None or scope.only_assigned:
        return 0
    return await count_waiting_to_join(work, access.organization_id)


def require_decider(access: PracticeAccess) -> None:
    """Refuse an access that reaches assigned clients only, or none."""
    require(access, StaffTask.EDIT_CLIENTS)
    if access.scope.only_assigned:
        raise NotPermitted(words.NOT_FOR_ASSIGNED)


def identity_of(request: JoinRequest) -> Identity:
    """Return what a stranger wrote about themselves."""
    return Identity(request.given_name, request.family_name, request.birth_date, request.email, request.phone)


def _view(work: Work, request: JoinRequest, clients: Sequence[Client], contacts: Iterable[Match]) -> JoinRequestView:
    mine = identity_of(request)
    like = [match for client in clients if (match := _client(mine, client))]
    known = {match.id for match in like}
    like += [
        one for one in contacts if email_key(one.fields.email) == email_key(mine.email) and one.client_id not in known
    ]
    note = open_sealed(work.ring, "join_request", "note", request.id, request.note) if request.note else ""
    return JoinRequestView(
        id=str(request.id),
        name=mine.name,
        fields=fields_of_identity(mine),
        note=note,
        asked_at=request.created_at.isoformat(),
        like=like,
    )


def _client(mine: Identity, client: Client) -> Match | None:
    name = f"{client.given_name} {client.family_name}"
    reason = why_alike(mine, name, client.birth_date, client.email)
    if not reason:
        return None
    return Match(
        kind=KnownKind.CLIENT,
        id=str(client.id),
        name=name,
        reason=reason,
        fields=fields_of(client),
        has_login=client.account_id is not None,
        is_archived=client.archived_at is not None,
        client_id=str(client.id),
        serves=[],
    )


def _contacts(rows: Iterable[Any]) -> list[Match]:
    """Put each person of the contact networks together with the clients they look after."""
    found: dict[str, Match] = {}
    for contact, client_id, given_name, family_name in rows:
        match = found.setdefault(
            str(contact.id),
            Match(
                kind=KnownKind.CONTACT,
                id=str(contact.id),
                name=f"{contact.given_name} {contact.family_name}",
                reason=SAME_EMAIL,
                fields=ClientFields(
                    given_name=contact.given_name,
                    family_name=contact.family_name,
                    email=contact.email,
                    phone=contact.phone,
                ),
                has_login=contact.account_id is not None,
                is_archived=False,
                client_id=str(contact.client_id or ""),
                serves=[],
            ),
        )
        if client_id is not None:
            match.serves.append(ServedClient(str(client_id), f"{given_name} {family_name}"))
    return list(found.values())
