"""Adding people to a contact network, changing their particulars, and taking them out of it."""

from collections.abc import Collection
from uuid import UUID

from portal.access.actor import PracticeAccess, StaffTask
from portal.access.gate import require_step_up
from portal.accounts.rules import email_key
from portal.audit.rules import Detail
from portal.audit.service import record_change
from portal.clients import queries, queries_network, words
from portal.clients.lookalikes import find_contacts_like, find_like
from portal.clients.merging import changes_of
from portal.clients.rules import Identity, check_identity, check_relationship
from portal.clients.service_network import contact_fields, name_of
from portal.clients.service_search import index_contact
from portal.clients.telling import write_about_access
from portal.clients.views import Added, ContactFields, EditConflict, Edited, KnownKind, LooksLike
from portal.database import Work
from portal.errors import Conflict, Invalid, NotFound, NotPermitted
from portal.models import Client, Contact, ContactLink


async def add_contact(
    work: Work, access: PracticeAccess, *, fields: ContactFields, relationship: str, despite: Collection[UUID] = ()
) -> Added | LooksLike:
    """Add somebody new to the client's network; they may do nothing yet.

    Who has the e-mail address of a known contact or client is returned for a decision, and nothing is written: add the
    known person instead, or call again with the ids of all lookalikes as `despite`. Raises InvalidFields.
    """
    client = await _open_client(work, access)
    practice = await queries.find_practice(work, access.organization_id)
    identity = check_identity(fields, today=access.today, region=practice.region)
    relationship = check_relationship(relationship)
    if like := await _find_like(work, access, identity, {*despite, client.id}):
        return like
    contact = Contact(
        organization_id=access.organization_id,
        given_name=identity.given_name,
        family_name=identity.family_name,
        email=identity.email,
        phone=identity.phone,
        created_at=work.now,
    )
    work.add(contact)
    await work.flush()
    await index_contact(work, contact)
    return await _link(work, access, client, contact, relationship)


async def add_known_contact(
    work: Work, access: PracticeAccess, *, kind: KnownKind, known_id: UUID, relationship: str, typed_email: str = ""
) -> Added:
    """Add somebody whom the practice knows, as a contact or as a client, to the client's network.

    Who sees assigned clients only may add those they reach, and whoever has the e-mail address that they typed. Raises
    NotFound otherwise, Conflict for who is in the network already, Invalid for the client in person.
    """
    client = await _open_client(work, access)
    relationship = check_relationship(relationship)
    if kind is KnownKind.CLIENT:
        contact = await _contact_of_client(work, access, known_id)
    else:
        contact = await _known_contact(work, access, known_id, typed_email)
    if contact.client_id == client.id or (client.account_id and contact.account_id == client.account_id):
        raise Invalid(words.NOT_THEIR_OWN_CONTACT)
    if await queries_network.find_member(work, access.organization_id, client.id, contact.id):
        raise Conflict(words.ALREADY_IN_NETWORK.format(name=name_of(contact)))
    return await _link(work, access, client, contact, relationship)


async def edit_contact(
    work: Work, access: PracticeAccess, *, contact_id: UUID, seen: ContactFields, fields: ContactFields
) -> Edited | EditConflict:
    """Change a contact's particulars, for every client they serve; merges and conflicts as for clients.

    Who sees assigned clients only may not change the e-mail address of somebody who serves another client too: an
    invitation goes there, and whoever reads it gets all that the contact may do. Raises NotPermitted, and StepUpNeeded
    for the address of who has no login yet.
    """
    client = await _open_client(work, access)
    contact, _ = await _member(work, access, client, contact_id)
    practice = await queries.find_practice(work, access.organization_id)
    identity = check_identity(fields, today=access.today, region=practice.region)
    before, after = seen.model_dump(), fields.model_dump()
    mine = {field: text if text == before[field] else getattr(identity, field) for field, text in after.items()}
    current = contact_fields(contact)
    write, conflicts = changes_of(before, mine, current.model_dump())
    if conflicts:
        return EditConflict(conflicts, current)
    if "email" in write and await queries_network.serves_out_of_reach(work, access, contact):
        raise NotPermitted(words.EMAIL_OF_SHARED_CONTACT)
    if write.get("email") and contact.account_id is None:
        require_step_up(access)
    if write:
        for field, text in write.items():
            setattr(contact, field, text)
        work.add(contact)
        await work.flush()
        await index_contact(work, contact)
        await _record(work, access, "contact.edited", client, contact.id, {"fields": sorted(write)})
        await _tell_everywhere(work, contact)
    return Edited(sorted(write))


async def change_relationship(work: Work, access: PracticeAccess, *, contact_id: UUID, relationship: str) -> None:
    """Say anew what a contact is to the client, such as "aunt"."""
    client = await _open_client(work, access)
    contact, link = await _member(work, access, client, contact_id)
    relationship = check_relationship(relationship)
    if relationship == link.relationship:
        return
    link.relationship = relationship
    work.add(link)
    await work.flush()
    await _record(work, access, "contact.relationship_changed", client, contact.id, {})
    await _tell_everywhere(work, contact)


async def remove_contact(work: Work, access: PracticeAccess, *, contact_id: UUID) -> None:
    """Take a contact out of the client's network, and end every grant; for other clients nothing changes."""
    client = await _open_client(work, access)
    contact, link = await _member(work, access, client, contact_id)
    ended = 0
    for grant, _ in await queries_network.list_grants(work, access.organization_id, client.id):
        if grant.contact_id == contact.id and grant.ended_at is None:
            grant.ended_at, grant.ended_by = work.now, access.actor.account_id
            work.add(grant)
            ended += 1
    await _tell_everywhere(work, contact)
    await work.delete(link)
    await work.flush()
    await _record(work, access, "contact.removed", client, contact.id, {"grants_ended": ended})
    if ended:
        await write_about_access(work, access.actor, client, contact, access.today)


async def _open_client(work: Work, access: PracticeAccess) -> Client:
    queries.require(access, StaffTask.EDIT_CLIENTS)
    client = await queries.find_client(work, access, lock=True)
    if client.archived_at is not None:
        raise Conflict(words.ARCHIVED)
    return client


async def _find_like(
    work: Work, access: PracticeAccess, identity: Identity, despite: Collection[UUID]
) -> LooksLike | None:
    contacts = await find_contacts_like(work, access, identity, despite=despite)
    clients = await find_like(work, access, identity, despite=despite)
    people = [person for found in (contacts, clients) if found for person in found.people]
    return LooksLike(people) if people else None


async def _contact_of_client(work: Work, access: PracticeAccess, client_id: UUID) -> Contact:
    """Return the contact who is a client, made now if they never were in a network."""
    person = await queries.find_client_by_id(work, access, client_id)
    contact = await queries_network.find_contact_of(
        work, access.organization_id, client_id=person.id, account_id=person.account_id
    )
    if contact is None:
        contact = Contact(
            organization_id=access.organization_id,
            account_id=person.account_id,
            given_name=person.given_name,
            family_name=person.family_name,
            email=person.email,
            phone=person.phone,
            created_at=work.now,
        )
    contact.client_id, contact.archived_at = person.id, None
    work.add(contact)
    await work.flush()
    await index_contact(work, contact)
    return contact


async def _known_contact(work: Work, access: PracticeAccess, contact_id: UUID, typed_email: str) -> Contact:
    contact = await queries_network.find_contact(work, access.organization_id, contact_id)
    if contact is None:
        raise NotFound
    named = bool(typed_email) and email_key(typed_email) == email_key(contact.email)
    if not named and not await queries_network.find_reachable_contacts(work, access, [contact.id]):
        raise NotFound
    return contact


async def _member(work: Work, access: PracticeAccess, client: Client, contact_id: UUID) -> tuple[Contact, ContactLink]:
    found = await queries_network.find_member(work, access.organization_id, client.id, contact_id)
    if found is None:
        raise NotFound
    return found


async def _link(work: Work, access: PracticeAccess, client: Client, contact: Contact, relationship: str) -> Added:
    work.add(
        ContactLink(
            organization_id=access.organization_id,
            client_id=client.id,
            contact_id=contact.id,
            relationship=relationship,
            created_at=work.now,
        )
    )
    await work.flush()
    await _record(work, access, "contact.added", client, contact.id, {})
    await _tell_everywhere(work, contact)
    return Added(str(contact.id))


async def _tell_everywhere(work: Work, contact: Contact) -> None:
    """Ask for the pages of the contact, and of every client they serve, to load again."""
    for client_id in await queries_network.find_linked_clients(work, contact.organization_id, contact.id):
        work.tell(f"client:{client_id}")
    if contact.account_id is not None:
        work.tell(f"account:{contact.account_id}")


async def _record(
    work: Work, access: PracticeAccess, action: str, client: Client, contact_id: UUID, detail: Detail
) -> None:
    await record_change(
        work,
        organization_id=access.organization_id,
        actor=access.actor,
        action=action,
        client_id=client.id,
        object_id=contact_id,
        detail=detail,
    )
