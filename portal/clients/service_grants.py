"""What a contact may do for a client: given, changed and ended by staff. Every step is in the audit chain."""

from collections.abc import Collection, Iterable
from uuid import UUID

from portal.access.actor import PracticeAccess
from portal.access.facts import Facts
from portal.clients import queries_network, words
from portal.clients.granting import (
    close_grant,
    describe,
    from_to,
    is_over,
    open_grant,
    open_member,
    open_network,
    record_given,
    record_grant,
    tell_both,
)
from portal.clients.notes import open_note, seal_note
from portal.clients.rules_grants import PRESETS, Terms, check_terms, refuse_of_age
from portal.clients.service_network import name_of
from portal.clients.telling import write_about_access
from portal.clients.views_network import GrantFields, GrantsGiven, Preset
from portal.database import Work
from portal.errors import Conflict, Invalid
from portal.models import Basis, Client, Contact, Grant, Permission


async def give_grants(
    work: Work,
    access: PracticeAccess,
    *,
    contact_id: UUID,
    fields: GrantFields,
    permissions: Collection[Permission] = (),
    preset: Preset | None = None,
) -> GrantsGiven:
    """Let a contact do some things for the client. A preset fills in what is not chosen.

    What the contact holds already, from now or a later day on, stays as it was and is named in the result. Raises
    InvalidFields for days that do not fit, Invalid for nothing chosen and for a basis that ends with an age that the
    client has reached.
    """
    client, facts = await open_network(work, access)
    contact = await open_member(work, client, contact_id)
    wanted, basis = _wanted(permissions, preset, fields.basis)
    terms = check_terms(fields, basis=basis, today=access.today, first_day=access.today)
    refuse_of_age(terms, facts)
    holds = await _held_by(work, client, contact, facts)
    given = [permission for permission in wanted if permission not in holds]
    if given:
        grants = [_new(work, access, client, contact, permission, terms) for permission in given]
        await work.flush()
        await record_given(work, access.actor, contact, grants)
        await write_about_access(work, access.actor, client, contact, access.today)
        tell_both(work, client, contact)
    return _told(client, contact, given, [permission for permission in wanted if permission in holds])


async def change_grant(work: Work, access: PracticeAccess, *, grant_id: UUID, fields: GrantFields) -> None:
    """Change the basis, the days or the note of a grant that has not ended; the audit chain says from what to what.

    An empty first day keeps the one that there is. Raises as give_grants does, Conflict for a grant that has ended, and
    Invalid for one that is for one form only.
    """
    client, facts = await open_network(work, access)
    grant, contact = await open_grant(work, client, grant_id)
    if grant.assignment_id is not None:
        raise Invalid(words.ONE_FORM_ONLY)
    if is_over(grant, facts):
        raise Conflict(words.GRANT_OVER)
    new = check_terms(fields, basis=fields.basis or grant.basis, today=access.today, first_day=grant.first_day)
    if new.basis is not grant.basis:
        refuse_of_age(new, facts)
    if new == Terms(grant.basis, grant.first_day, grant.last_day, open_note(work.ring, grant)):
        return
    before = describe(grant)
    grant.basis, grant.first_day, grant.last_day = new.basis, new.first_day, new.last_day
    grant.note = seal_note(work.ring, grant.id, new.note)
    work.add(grant)
    await work.flush()
    await record_grant(work, access.actor, grant, "grant.changed", from_to(before, describe(grant)))
    await write_about_access(work, access.actor, client, contact, access.today)
    tell_both(work, client, contact)


async def end_grant(work: Work, access: PracticeAccess, *, grant_id: UUID, last_day: str = "") -> None:
    """End a grant now, or after a day that still counts. Ending what has ended changes nothing.

    Raises InvalidFields for a day that has passed, or is before the first one.
    """
    client, facts = await open_network(work, access, archived=True)
    grant, contact = await open_grant(work, client, grant_id)
    if await close_grant(work, access.actor, grant, facts, last_day):
        await write_about_access(work, access.actor, client, contact, access.today)
        tell_both(work, client, contact)


def _wanted(
    permissions: Collection[Permission], preset: Preset | None, basis: Basis | None
) -> tuple[list[Permission], Basis]:
    """Return what to give and on what basis; permissions in the order of the list, each once."""
    _, _, usual, usual_basis = PRESETS[preset] if preset else ("", "", (), None)
    chosen = set(permissions or usual)
    reason = basis or usual_basis
    if not chosen or reason is None:
        raise Invalid(words.CHOOSE_PERMISSION if not chosen else words.CHOOSE_BASIS)
    return [permission for permission in Permission if permission in chosen], reason


async def _held_by(work: Work, client: Client, contact: Contact, facts: Facts) -> set[Permission]:
    grants = await queries_network.list_grants(work, client.organization_id, client.id)
    return {
        grant.permission
        for grant, _ in grants
        if grant.contact_id == contact.id and grant.assignment_id is None and not is_over(grant, facts)
    }


def _new(
    work: Work, access: PracticeAccess, client: Client, contact: Contact, permission: Permission, terms: Terms
) -> Grant:
    grant = Grant(
        organization_id=client.organization_id,
        client_id=client.id,
        contact_id=contact.id,
        permission=permission,
        basis=terms.basis,
        first_day=terms.first_day,
        last_day=terms.last_day,
        given_at=work.now,
        given_by=access.actor.account_id,
    )
    grant.note = seal_note(work.ring, grant.id, terms.note)
    work.add(grant)
    return grant


def _told(client: Client, contact: Contact, given: Iterable[Permission], already: Iterable[Permission]) -> GrantsGiven:
    new, old = [[words.PERMISSIONS[one].lower() for one in some] for some in (given, already)]
    names = {"name": name_of(contact), "client": f"{client.given_name} {client.family_name}"}
    names |= {"given": words.joined(new), "already": words.joined(old)}
    said = (words.GIVEN, words.GIVEN_ALREADY) if new and old else (words.GIVEN if new else words.NOTHING_GIVEN,)
    return GrantsGiven([one.value for one in given], [one.value for one in already], " ".join(said).format_map(names))
