"""Who may be the same person. Nothing is ever merged: somebody decides."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, or_
from sqlmodel import col, select

from portal.access.actor import PracticeAccess
from portal.accounts.rules import email_key
from portal.clients import words
from portal.clients.queries import in_reach
from portal.clients.queries_network import contacts_in_reach
from portal.clients.rules import Identity
from portal.clients.search_words import LONGEST_WORD
from portal.clients.views import KnownKind, Lookalike, LooksLike
from portal.database import Work
from portal.kit.text import fold
from portal.models import Client, ClientSearchWord, Contact, ContactSearchWord
from portal.models.clients import sort_key


def why_alike(mine: Identity, name: str, birth_date: date | None, email: str) -> str:
    """Say why somebody with this name, date of birth and e-mail may be the same person; empty when they are not."""
    if mine.email and email_key(mine.email) == email_key(email):
        return words.SAME_EMAIL
    if fold(mine.name) != fold(name):
        return ""
    if mine.birth_date is not None and mine.birth_date == birth_date:
        return words.SAME_NAME_AND_BIRTH
    return words.SAME_NAME


def resembles(organization_id: UUID, people: Collection[Identity]) -> ColumnElement[bool]:
    """Return the condition for the clients about whom `why_alike` has to be asked, for any of these people.

    Three indexes answer it. The date of birth is among them, since a name can be divided in more than one way.
    """
    words_of_email = [_email_word(one.email) for one in people if one.email]
    with_email = select(ClientSearchWord.client_id).where(
        ClientSearchWord.organization_id == organization_id, col(ClientSearchWord.word).in_(words_of_email)
    )
    return or_(
        col(Client.id).in_(with_email),
        col(Client.sort_key).in_([sort_key(one.family_name, one.given_name) for one in people]),
        col(Client.birth_date).in_([one.birth_date for one in people if one.birth_date is not None]),
    )


async def find_like(
    work: Work,
    access: PracticeAccess,
    identity: Identity,
    *,
    despite: Collection[UUID] = (),
) -> LooksLike | None:
    """Find clients with the same e-mail or the same name; None when there is nobody to decide about.

    A date of birth is mistyped or missing often enough that another one does not make another person. `despite` are
    those that somebody has decided about already. Who is out of reach has no name, and a name alone does not tell that
    they are there.
    """
    query = select(Client, in_reach(access)).where(
        Client.organization_id == access.organization_id, resembles(access.organization_id, [identity])
    )
    people = []
    for client, reachable in (await work.exec(query.order_by(col(Client.sort_key), col(Client.id)))).all():
        name = f"{client.given_name} {client.family_name}"
        reason = why_alike(identity, name, client.birth_date, client.email)
        if not reason or client.id in despite or (reason == words.SAME_NAME and not reachable):
            continue
        people.append(
            Lookalike(KnownKind.CLIENT, str(client.id), name, reason)
            if reachable
            else Lookalike(KnownKind.CLIENT, str(client.id), "", words.SAME_PERSON_OUT_OF_REACH)
        )
    return LooksLike(people) if people else None


async def find_contacts_like(
    work: Work, access: PracticeAccess, identity: Identity, *, despite: Collection[UUID] = ()
) -> LooksLike | None:
    """Find people in contact networks with the same e-mail. Who serves no client in reach has no name."""
    if not identity.email:
        return None
    with_email = select(ContactSearchWord.contact_id).where(
        ContactSearchWord.organization_id == access.organization_id,
        ContactSearchWord.word == _email_word(identity.email),
    )
    query = select(Contact, contacts_in_reach(access)).where(
        Contact.organization_id == access.organization_id, col(Contact.id).in_(with_email)
    )
    people = []
    for contact, reachable in (await work.exec(query.order_by(col(Contact.id)))).all():
        if contact.id in despite or email_key(contact.email) != email_key(identity.email):
            continue
        name = f"{contact.given_name} {contact.family_name}" if reachable else ""
        reason = words.SAME_EMAIL if reachable else words.SAME_CONTACT_OUT_OF_REACH
        people.append(Lookalike(KnownKind.CONTACT, str(contact.id), name, reason))
    return LooksLike(people) if people else None


def _email_word(email: str) -> str:
    return "".join(fold(email).split())[:LONGEST_WORD]
