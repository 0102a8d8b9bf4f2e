"""A contact becomes a client: a record of their own, or the one that they have already."""

from collections.abc import Collection
from uuid import UUID

from portal.access.actor import PracticeAccess
from portal.audit.service import record_change
from portal.clients import queries, queries_network, words
from portal.clients.granting import open_member, open_network
from portal.clients.lookalikes import find_like
from portal.clients.rules import check_identity
from portal.clients.service import store_client
from portal.clients.service_network import contact_fields, name_of
from portal.clients.views import Added, ClientFields, KnownKind, Lookalike, LooksLike
from portal.database import Work
from portal.errors import Conflict, Invalid
from portal.models import Client, Contact


async def convert_contact_to_client(
    work: Work,
    access: PracticeAccess,
    *,
    contact_id: UUID,
    birth_date: str = "",
    despite: Collection[UUID] = (),
    same_as: UUID | None = None,
) -> Added | LooksLike:
    """Give a contact a client's record, with their names, e-mail, phone and login; what they may do for others stays.

    Who looks like a client is returned for a decision, and nothing is written: call again with `same_as` for one of
    them, or with all of them as `despite` for a new record. `same_as` joins the records of one person and changes no
    login. Raises Conflict for who is a client already, InvalidFields for a bad date.
    """
    client, _ = await open_network(work, access)
    contact = await open_member(work, client, contact_id)
    if contact.client_id is not None:
        raise Conflict(words.ALREADY_A_CLIENT.format(name=name_of(contact)))
    if same_as is not None:
        return await _join(work, access, client, contact, same_as)
    fields = ClientFields(**contact_fields(contact).model_dump(), birth_date=birth_date)
    practice = await queries.find_practice(work, access.organization_id)
    identity = check_identity(fields, today=access.today, region=practice.region)
    if same := await _with_the_same_login(work, access, contact):
        return same
    # A child's record often has the e-mail address of a parent: the client of this network is no lookalike.
    if like := await find_like(work, access, identity, despite={*despite, client.id}):
        return like
    new = await store_client(work, access, identity, account_id=contact.account_id)
    await _mark(work, access, contact, new.id)
    return Added(str(new.id))


async def _join(work: Work, access: PracticeAccess, client: Client, contact: Contact, same_as: UUID) -> Added:
    person = await queries.find_client_by_id(work, access, same_as, lock=True)
    if person.id == client.id:
        raise Invalid(words.NOT_THEIR_OWN_CONTACT)
    other = await queries_network.find_contact_of(
        work, access.organization_id, client_id=person.id, account_id=person.account_id
    )
    if other is not None and other.id != contact.id:
        raise Conflict(words.OTHER_CONTACT_IS_CLIENT)
    if person.account_id and contact.account_id and person.account_id != contact.account_id:
        raise Conflict(words.OTHER_LOGIN)
    await _mark(work, access, contact, person.id)
    return Added(str(person.id))


async def _with_the_same_login(work: Work, access: PracticeAccess, contact: Contact) -> LooksLike | None:
    """A login is one human, so that a client with the contact's login is the contact."""
    person = await queries_network.find_client_of(work, access.organization_id, contact.account_id)
    if person is None:
        return None
    return LooksLike([Lookalike(KnownKind.CLIENT, str(person.id), name_of(contact), words.SAME_LOGIN)])


async def _mark(work: Work, access: PracticeAccess, contact: Contact, client_id: UUID) -> None:
    contact.client_id = client_id
    work.add(contact)
    await work.flush()
    await record_change(
        work,
        organization_id=access.organization_id,
        actor=access.actor,
        action="contact.became_client",
        client_id=client_id,
        object_id=contact.id,
    )
    work.tell(f"clients:{access.organization_id}")
    await queries.tell_people(work, access.organization_id, [client_id])
