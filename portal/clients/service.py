"""Adding, editing, archiving and restoring clients, and who their therapists are."""

from collections.abc import Collection
from uuid import UUID

from portal.access.actor import PracticeAccess, StaffTask
from portal.access.gate import require_step_up
from portal.access.permissions import CARE_ROLES
from portal.audit.service import record_change
from portal.clients import queries, words
from portal.clients.lookalikes import find_like
from portal.clients.merging import changes_of
from portal.clients.rules import Identity, check_identity, lets_in
from portal.clients.service_search import index_client
from portal.clients.views import Added, ClientFields, EditConflict, Edited, LooksLike
from portal.database import Work
from portal.errors import Invalid, NotPermitted
from portal.models import Client, ClientTherapist
from portal.models.clients import sort_key


async def add_client(
    work: Work, access: PracticeAccess, *, fields: ClientFields, despite: Collection[UUID] = ()
) -> Added | LooksLike:
    """Add a client. Who looks like one that is there is returned for a decision, and nothing is written.

    Call again with the ids of all lookalikes as `despite` to add the client all the same. A therapist is assigned to
    the clients they add. Raises InvalidFields.
    """
    queries.require(access, StaffTask.EDIT_CLIENTS)
    practice = await queries.find_practice(work, access.organization_id)
    identity = check_identity(fields, today=access.today, region=practice.region)
    if like := await find_like(work, access, identity, despite=despite):
        return like
    client = await store_client(work, access, identity)
    return Added(str(client.id))


async def store_client(
    work: Work, access: PracticeAccess, identity: Identity, *, account_id: UUID | None = None
) -> Client:
    """Write a new client, the words that lead to it, the therapist who added it, and the event."""
    client = Client(
        organization_id=access.organization_id,
        account_id=account_id,
        given_name=identity.given_name,
        family_name=identity.family_name,
        birth_date=identity.birth_date,
        email=identity.email,
        phone=identity.phone,
        created_at=work.now,
    )
    work.add(client)
    await work.flush()
    await index_client(work, client)
    if access.scope.only_assigned:
        _assign(work, client, access.membership_id)
        await work.flush()
    await _record(work, access, "client.added", client)
    await tell_list(work, client)
    return client


async def edit_client(
    work: Work, access: PracticeAccess, *, seen: ClientFields, fields: ClientFields
) -> Edited | EditConflict:
    """Change a client's particulars. `seen` is what the form started with.

    Where somebody else changed another field meanwhile, both changes are kept; where it was the same field, nothing is
    written and both texts are returned. Raises InvalidFields, and StepUpNeeded for a change that `lets_in` somebody.
    """
    queries.require(access, StaffTask.EDIT_CLIENTS)
    client = await queries.find_client(work, access, lock=True)
    practice = await queries.find_practice(work, access.organization_id)
    identity = check_identity(fields, today=access.today, region=practice.region)
    current = fields_of(client)
    mine = {**fields_of_identity(identity).model_dump(), **_untouched(seen, fields)}
    write, conflicts = changes_of(seen.model_dump(), mine, current.model_dump())
    if conflicts:
        return EditConflict(conflicts, current)
    if not write:
        return Edited([])
    if lets_in(client, identity, write, majority_age=practice.majority_age, today=access.today):
        require_step_up(access)
    for field in write:
        setattr(client, field, getattr(identity, field))
    client.sort_key = sort_key(client.family_name, client.given_name)
    work.add(client)
    await work.flush()
    await index_client(work, client)
    await _record(work, access, "client.edited", client, {"fields": sorted(write)})
    await tell_list(work, client)
    return Edited(sorted(write))


async def archive_client(work: Work, access: PracticeAccess) -> None:
    """Close a client's record: nobody can act for them any more. Archiving again changes nothing."""
    await _set_archived(work, access, archived=True)


async def restore_client(work: Work, access: PracticeAccess) -> None:
    """Open an archived record again, with everything as it was. Restoring again changes nothing."""
    await _set_archived(work, access, archived=False)


async def assign_therapists(work: Work, access: PracticeAccess, *, membership_ids: Collection[UUID]) -> None:
    """Let these be the client's therapists, and nobody else.

    Raises Invalid for somebody who is not an active therapist (or administrator) of the practice, and NotPermitted for
    who sees assigned clients only: they could give themselves, or lose, any client.
    """
    queries.require(access, StaffTask.EDIT_CLIENTS)
    if access.scope.only_assigned:
        raise NotPermitted(words.NOT_FOR_ASSIGNED)
    client = await queries.find_client(work, access, lock=True)
    wanted = set(membership_ids)
    members = await queries.find_members(work, access.organization_id)
    able = {member.id for member in members if member.role in CARE_ROLES}
    before = {member.id for member in await queries.find_therapists(work, access.organization_id, client.id)}
    if not wanted <= able | before:
        raise Invalid(words.NO_SUCH_THERAPIST)
    if wanted == before:
        return
    await queries.remove_therapists(work, access.organization_id, client.id, before - wanted)
    for membership_id in sorted(wanted - before):
        _assign(work, client, membership_id)
    await work.flush()
    detail = {"from": sorted(map(str, before)), "to": sorted(map(str, wanted))}
    await _record(work, access, "client.therapists_changed", client, detail)
    await tell_list(work, client)


def fields_of(client: Client) -> ClientFields:
    """Return what a form about a client starts with."""
    return ClientFields(
        given_name=client.given_name,
        family_name=client.family_name,
        birth_date=client.birth_date.isoformat() if client.birth_date else "",
        email=client.email,
        phone=client.phone,
    )


def fields_of_identity(identity: Identity) -> ClientFields:
    """Return checked particulars as they stand in a form."""
    return ClientFields(
        given_name=identity.given_name,
        family_name=identity.family_name,
        birth_date=identity.birth_date.isoformat() if identity.birth_date else "",
        email=identity.email,
        phone=identity.phone,
    )


async def tell_list(work: Work, client: Client) -> None:
    """Ask for the pages that show a client, and the practice's list of clients, to load again."""
    work.tell(f"clients:{client.organization_id}")
    await queries.tell_people(work, client.organization_id, [client.id])


def _untouched(seen: ClientFields, fields: ClientFields) -> dict[str, str]:
    """The fields that nobody typed into: an old spelling there (of a phone number, say) is no change."""
    before, after = seen.model_dump(), fields.model_dump()
    return {field: text for field, text in after.items() if text == before[field]}


async def _set_archived(work: Work, access: PracticeAccess, *, archived: bool) -> None:
    queries.require(access, StaffTask.EDIT_CLIENTS)
    client = await queries.find_client(work, access, lock=True)
    if (client.archived_at is not None) is archived:
        return
    client.archived_at = work.now if archived else None
    work.add(client)
    await work.flush()
    await _record(work, access, "client.archived" if archived else "client.restored", client)
    await tell_list(work, client)


def _assign(work: Work, client: Client, membership_id: UUID) -> None:
    work.add(
        ClientTherapist(
            organization_id=client.organization_id,
            client_id=client.id,
            membership_id=membership_id,
            created_at=work.now,
        )
    )


async def _record(
    work: Work, access: PracticeAccess, action: str, client: Client, detail: dict[str, list[str]] | None = None
) -> None:
    await record_change(
        work,
        organization_id=client.organization_id,
        actor=access.actor,
        action=action,
        client_id=client.id,
        detail=detail or {},
    )
