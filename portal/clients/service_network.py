"""A client's contact network, and whom the practice knows already."""

from portal.access.actor import PracticeAccess, StaffTask
from portal.access.facts import Facts
from portal.clients import queries, queries_network, queries_search, words
from portal.clients.facts import network_facts
from portal.clients.notes import open_note
from portal.clients.rules_grants import view_grant
from portal.clients.search_words import typed_words
from portal.clients.views import ContactFields, KnownKind
from portal.clients.views_network import KnownPerson, Network, NetworkMember
from portal.database import Work
from portal.models import Contact
from portal.settings.catalog import SettingName

_SEE = (StaffTask.SEE_CLIENTS, StaffTask.EDIT_CLIENTS)


async def list_network(work: Work, access: PracticeAccess) -> Network:
    """List everybody in the network of the client of this access, each with every grant, ended ones too."""
    queries.require(access, *_SEE)
    client, off = await queries.find_client_with_switches(work, access)
    practice = await queries.find_practice(work, access.organization_id)
    found = await queries_network.list_members_with_grants(work, access, client.id)
    members = []
    for contact, relationship, own_client_id, clients, mail_fails, grants in found:
        facts = network_facts(client, practice, work.now, person=name_of(contact), off=off)
        members.append(
            NetworkMember(
                contact_id=str(contact.id),
                name=name_of(contact),
                relationship=relationship,
                fields=contact_fields(contact),
                has_login=contact.account_id is not None,
                is_client=contact.client_id is not None,
                client_id=str(own_client_id) if own_client_id else "",
                other_clients=clients - 1,
                mail_fails=mail_fails or "",
                grants=[
                    view_grant(grant, facts, is_form_open=is_open, note=open_note(work.ring, grant))
                    for grant, is_open in grants
                ],
            )
        )
    facts = network_facts(client, practice, work.now, off=off)
    return Network(str(client.id), facts.client.name, _why_closed(facts), members)


async def search_known(work: Work, access: PracticeAccess, *, query: str) -> list[KnownPerson]:
    """Search the practice's contacts, then its clients who are no contacts; the first ten of each, in reach.

    The client of this access and who is in the network already are left out.
    """
    queries.require(access, StaffTask.EDIT_CLIENTS)
    typed = typed_words(query)
    if not typed:
        return []
    client = await queries.find_client(work, access)
    here = {row[0].id for row in await queries_network.list_members(work, access, client.id)}
    contacts = await queries_network.search_contacts(work, access, typed)
    counts = await queries_search.count_matches(work, access.organization_id, typed)
    clients = await queries_network.search_clients(work, access, typed, counts)
    found = [
        KnownPerson(KnownKind.CONTACT, str(one.id), name_of(one), one.email)
        for one in contacts
        if one.id not in here and one.client_id != client.id
    ]
    for other in clients:
        if other.id != client.id:
            name = f"{other.given_name} {other.family_name}"
            found.append(KnownPerson(KnownKind.CLIENT, str(other.id), name, other.email))
    return found


def name_of(contact: Contact) -> str:
    """Return a contact's name as people write it."""
    return f"{contact.given_name} {contact.family_name}"


def contact_fields(contact: Contact) -> ContactFields:
    """Return what a form about a contact starts with."""
    return ContactFields(
        given_name=contact.given_name, family_name=contact.family_name, email=contact.email, phone=contact.phone
    )


def _why_closed(facts: Facts) -> str:
    if not facts.is_on(SettingName.CONTACT_ACCESS):
        return words.CONTACTS_OFF
    if not facts.is_left_on(SettingName.CONTACT_ACCESS):
        return words.CONTACTS_OFF_FOR_CLIENT.format(client=facts.client.name)
    return ""
