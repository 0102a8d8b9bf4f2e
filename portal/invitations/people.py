"""Whom staff want to invite: each person once, with all that is needed to decide and to write to them."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from portal.access.actor import PracticeAccess, StaffTask
from portal.accounts.rules import email_key
from portal.clients.queries import require
from portal.clients.queries_list import list_therapists
from portal.clients.words import joined
from portal.database import Work
from portal.errors import Invalid, NotFound
from portal.invitations import queries, words
from portal.invitations.rules import MOST_PEOPLE
from portal.invitations.views import Invitee
from portal.kit.ids import parse_id
from portal.models import Client, Contact

Pair = tuple[UUID, UUID | None]
"""A client, and the contact of theirs who is meant; None for the client in person."""


@dataclass(frozen=True, slots=True)
class Somebody:
    """One person to be invited. `client_ids` are those for whom: themselves, or whom they look after.

    `problem` says why they cannot be invited, and is empty otherwise.
    """

    client_id: UUID | None
    contact_id: UUID | None
    client_ids: tuple[UUID, ...]
    given_name: str
    name: str
    email: str
    therapists: str
    problem: str = ""


@dataclass(frozen=True, slots=True)
class _Known:
    clients: Mapping[UUID, Client]
    contacts: Mapping[tuple[UUID, UUID], Contact]
    therapists: Mapping[UUID, list[str]]
    forms_access: set[tuple[UUID, UUID]]
    logins: Mapping[str, UUID]
    network: set[tuple[UUID, str]]
    with_forms: bool


async def gather(work: Work, access: PracticeAccess, people: Sequence[Invitee], *, with_forms: bool) -> list[Somebody]:
    """Find everybody who was chosen, in a fixed number of statements.

    Raises NotFound when one of them is not within reach, Invalid for nobody and for more than 200.
    """
    require(access, StaffTask.EDIT_CLIENTS)
    if len(people) > MOST_PEOPLE:
        raise Invalid(words.TOO_MANY)
    pairs = list(dict.fromkeys(_read(person) for person in people))
    if not pairs:
        raise Invalid(words.NOBODY)
    known = await _look_up(work, access, pairs, with_forms=with_forms)
    by_person: dict[Pair, list[UUID]] = {}
    for client_id, contact_id in pairs:
        if client_id not in known.clients or (contact_id and (client_id, contact_id) not in known.contacts):
            raise NotFound
        by_person.setdefault((UUID(int=0), contact_id) if contact_id else (client_id, None), []).append(client_id)
    return [_somebody(known, contact_id, tuple(client_ids)) for (_, contact_id), client_ids in by_person.items()]


def _read(person: Invitee) -> Pair:
    client_id, contact_id = parse_id(person.client_id), parse_id(person.contact_id)
    if client_id is None or (person.contact_id and contact_id is None):
        raise NotFound
    return client_id, contact_id


async def _look_up(work: Work, access: PracticeAccess, pairs: Collection[Pair], *, with_forms: bool) -> _Known:
    client_ids = {client_id for client_id, _ in pairs}
    contact_ids = {contact_id for _, contact_id in pairs if contact_id is not None}
    clients = await queries.find_clients(work, access, client_ids)
    contacts = await queries.find_contacts(work, access, client_ids, contact_ids)
    people: list[Client | Contact] = [*clients.values(), *contacts.values()]
    emails = {person.email for person in people if person.email}
    return _Known(
        clients,
        contacts,
        await list_therapists(work, access.organization_id, list(client_ids)),
        await queries.find_forms_access(work, access, contact_ids) if with_forms else set(),
        await queries.find_logins(work, access.organization_id, emails),
        await queries.find_network_emails(work, access.organization_id, client_ids),
        with_forms,
    )


def _somebody(known: _Known, contact_id: UUID | None, client_ids: tuple[UUID, ...]) -> Somebody:
    person = known.contacts[client_ids[0], contact_id] if contact_id else known.clients[client_ids[0]]
    names = dict.fromkeys(name for client_id in client_ids for name in known.therapists.get(client_id, []))
    return Somebody(
        client_id=None if contact_id else client_ids[0],
        contact_id=contact_id,
        client_ids=client_ids,
        given_name=person.given_name,
        name=f"{person.given_name} {person.family_name}",
        email=person.email,
        therapists=joined(list(names)) if names else words.NO_THERAPIST,
        problem=_problem(known, person, client_ids),
    )


def _problem(known: _Known, person: Client | Contact, client_ids: tuple[UUID, ...]) -> str:
    is_contact = isinstance(person, Contact)
    archived = person.archived_at is not None or any(known.clients[one].archived_at for one in client_ids)
    no_access = is_contact and any((one, person.id) not in known.forms_access for one in client_ids)
    key = email_key(person.email)
    for holds, sentence in (
        (archived, words.ARCHIVED),
        (person.account_id is not None, words.HAS_LOGIN),
        (not person.email, words.NO_EMAIL),
        (not is_contact and known.logins.get(key, person.id) != person.id, words.LOGIN_OF_ANOTHER),
        # Whoever looks after a client must never become the client: they would get more than they were granted.
        (not is_contact and (person.id, key) in known.network, words.EMAIL_OF_CONTACT),
        (known.with_forms and no_access, words.NO_FORMS_ACCESS),
    ):
        if holds:
            return sentence
    return ""
