"""Keeping the words current by which people are found."""

from collections import defaultdict
from uuid import UUID

from portal.clients import queries_search
from portal.clients.search_words import words_of
from portal.database import Work
from portal.models import Client, Contact


async def index_client(work: Work, client: Client) -> None:
    """Let a client be found by the particulars that are in the record now; the record has to be flushed."""
    await queries_search.write_client_words(work, client.organization_id, {client.id: _words(client)})


async def index_contact(work: Work, contact: Contact) -> None:
    """Let a contact be found by the particulars that are in the record now; the record has to be flushed."""
    await queries_search.write_contact_words(work, contact.organization_id, {contact.id: _words(contact)})


async def reindex(work: Work) -> int:
    """Build the whole index again, for every practice; returns how many people it now leads to."""
    count = 0
    for kind, write in (
        (Client, queries_search.write_client_words),
        (Contact, queries_search.write_contact_words),
    ):
        after: UUID | None = None
        while people := await queries_search.list_people(work, kind, after):
            found: dict[UUID, dict[UUID, frozenset[str]]] = defaultdict(dict)
            for person in people:
                found[person.organization_id][person.id] = _words(person)
            for organization_id, some in found.items():
                await write(work, organization_id, some)
            after, count = people[-1].id, count + len(people)
    return count


def _words(person: Client | Contact) -> frozenset[str]:
    return words_of((person.given_name, person.family_name), person.email, person.phone)
