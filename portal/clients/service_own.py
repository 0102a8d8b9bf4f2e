"""The client's own side: who has access to what, and ending or keeping it. Only the client in person, when of age."""

from collections import defaultdict
from uuid import UUID

from portal.access.actor import ClientAccess, Standing
from portal.access.facts import Facts
from portal.clients import queries, queries_own, words
from portal.clients.facts import network_facts
from portal.clients.granting import close_grant, describe, open_grant, record_grant, tell_both
from portal.clients.queries_network import list_grants
from portal.clients.rules_grants import ends_with_age, view_grant
from portal.clients.service_network import name_of
from portal.clients.telling import write_about_access
from portal.clients.views_network import AccessHolder, GrantState, GrantView
from portal.database import Work
from portal.errors import Conflict, Invalid, NotPermitted
from portal.kit.clock import age_on
from portal.models import Client


async def list_who_has_access(work: Work, access: ClientAccess) -> list[AccessHolder]:
    """List who may do what for the client today or later, and parents whose access ended with age, to be kept or not.

    The practice's notes are not shown. Raises NotPermitted for contacts, and for a client who has not the age that the
    practice sets.
    """
    client, facts = await _open_own(work, access, lock=False)
    grants: dict[UUID, list[GrantView]] = defaultdict(list)
    for grant, is_open in await list_grants(work, client.organization_id, client.id):
        view = view_grant(grant, facts, is_form_open=is_open)
        if view.state is not GrantState.OVER or _is_renewable(view, grant.ended_at is not None, facts):
            grants[grant.contact_id].append(view)
    members = await queries_own.list_holders(work, client.organization_id, client.id)
    return [
        AccessHolder(str(contact.id), name_of(contact), relationship, grants[contact.id])
        for contact, relationship in members
        if contact.id in grants
    ]


async def end_grant_as_client(work: Work, access: ClientAccess, *, grant_id: UUID, last_day: str = "") -> None:
    """End what somebody may do for the client, now or after a day. Raises as list_who_has_access does, and NotFound."""
    client, facts = await _open_own(work, access, lock=True)
    grant, contact = await open_grant(work, client, grant_id)
    if await close_grant(work, access.actor, grant, facts, last_day):
        tell_both(work, client, contact)
        await write_about_access(work, access.actor, client, contact, access.today)


async def renew_grant_as_client(work: Work, access: ClientAccess, *, grant_id: UUID) -> None:
    """Let a parent or guardian keep what they may do although the client is of age. Doing it twice changes nothing."""
    client, facts = await _open_own(work, access, lock=True)
    grant, contact = await open_grant(work, client, grant_id)
    if grant.renewed_at is not None:
        return
    if ends_with_age(grant, facts) is None:
        raise Invalid(words.NOT_RENEWABLE)
    if grant.ended_at is not None or (grant.last_day is not None and grant.last_day < facts.today):
        raise Conflict(words.GRANT_OVER)
    grant.renewed_at = work.now
    work.add(grant)
    await work.flush()
    await record_grant(work, access.actor, grant, "grant.renewed", describe(grant))
    await write_about_access(work, access.actor, client, contact, access.today)
    tell_both(work, client, contact)


async def _open_own(work: Work, access: ClientAccess, *, lock: bool) -> tuple[Client, Facts]:
    """Find the client's own record; raises NotPermitted, with the reason, for who may not decide about it."""
    if access.standing is not Standing.CLIENT:
        raise NotPermitted(words.ONLY_IN_PERSON.format(client=access.client_name))
    client = await queries_own.find_own(work, access, lock=lock)
    practice = await queries.find_practice(work, access.organization_id)
    if client.birth_date is None:
        raise NotPermitted(words.NO_BIRTH_DATE.format(practice=practice.name))
    if age_on(client.birth_date, access.today) < practice.majority_age:
        raise NotPermitted(words.TOO_YOUNG.format(age=practice.majority_age, practice=practice.name))
    return client, network_facts(client, practice, work.now)


def _is_renewable(view: GrantView, is_ended: bool, facts: Facts) -> bool:
    """Whether age alone ended a grant."""
    is_past = bool(view.last_day) and view.last_day < facts.today.isoformat()
    return bool(view.ends_with_age) and not is_ended and not is_past
