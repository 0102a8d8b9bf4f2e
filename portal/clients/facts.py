"""The facts about one client that the grants in a contact network are judged by."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from portal.access.actor import Standing
from portal.access.facts import ClientFacts, Facts, Login, PersonFacts, PracticeFacts
from portal.clients.queries import Practice
from portal.kit.clock import today_in
from portal.models import Client
from portal.settings.effective import restrictions_from


def network_facts(
    client: Client, practice: Practice, now: datetime, *, person: str = "", off: Iterable[str] = ()
) -> Facts:
    """Return what decides whether a grant covers today, for a contact of that name."""
    return Facts(
        today=today_in(practice.zone, now),
        practice=practice_facts(client.organization_id, practice),
        settings=practice.settings,
        client=ClientFacts(
            client_id=client.id,
            given_name=client.given_name,
            name=f"{client.given_name} {client.family_name}",
            birth_date=client.birth_date,
            is_archived=client.archived_at is not None,
            off=restrictions_from(off),
            add_ons=frozenset(),
        ),
        person=PersonFacts(Standing.CONTACT, person, Login.ACTIVE),
    )


def practice_facts(organization_id: UUID, practice: Practice) -> PracticeFacts:
    """Return the practice as the rules look at it."""
    return PracticeFacts(
        organization_id=organization_id,
        slug=practice.slug,
        name=practice.name,
        zone=practice.zone,
        majority_age=practice.majority_age,
        has_card_processing=practice.has_card_processing,
    )
