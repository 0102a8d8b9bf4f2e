"""Taking in a list of clients from a CSV file: look first, then import the good rows, or none."""

import asyncio
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from portal.access.actor import Actor, PracticeAccess, StaffTask, System
from portal.access.permissions import CARE_ROLES
from portal.accounts.rules import email_key
from portal.audit.service import record_change
from portal.clients import queries, queries_import, words
from portal.clients.csv_import import ClientFile, GoodRow, identity_keys, read_file
from portal.clients.queries_search import write_client_words
from portal.clients.views import BadCell, BadRow, DuplicateRow, ImportReport
from portal.database import Work
from portal.errors import NotPermitted
from portal.kit.clock import today_in
from portal.kit.ids import new_id
from portal.kit.text import fold
from portal.models.clients import sort_key

NAMED = 500
"""So many bad rows and duplicates are named one by one; all of them are counted."""


@dataclass(frozen=True, slots=True)
class ImportDesk:
    """For which practice, and by whom, clients are imported. Made by desk_of and desk_for_system alone."""

    organization_id: UUID
    actor: Actor
    today: date
    region: str


@dataclass(frozen=True, slots=True)
class _Sorted:
    fresh: list[tuple[GoodRow, list[UUID]]]
    duplicates: list[tuple[GoodRow, list[UUID], str]]
    bad: list[BadRow]


async def desk_of(work: Work, access: PracticeAccess) -> ImportDesk:
    """Return the desk of somebody who may add clients for the whole practice; raises NotPermitted for others."""
    queries.require(access, StaffTask.EDIT_CLIENTS)
    if access.scope.only_assigned:
        raise NotPermitted(words.NOT_FOR_ASSIGNED)
    practice = await queries.find_practice(work, access.organization_id)
    return ImportDesk(access.organization_id, access.actor, access.today, practice.region)


async def desk_for_system(work: Work, *, organization_id: UUID, actor: System) -> ImportDesk:
    """Return the desk of the command line."""
    practice = await queries.find_practice(work, organization_id)
    return ImportDesk(organization_id, actor, today_in(practice.zone, work.now), practice.region)


async def open_file(desk: ImportDesk, raw: bytes) -> ClientFile:
    """Read a file in a thread; call it outside of a unit. Raises Invalid for one that is no list of clients."""
    return await asyncio.to_thread(read_file, raw, today=desk.today, region=desk.region)


async def check_import(work: Work, desk: ImportDesk, file: ClientFile) -> ImportReport:
    """Say what importing a file would do; nothing is written."""
    return _report(file, await _sort(work, desk, file), imported=0)


async def import_clients(
    work: Work, desk: ImportDesk, file: ClientFile, *, despite_bad: bool = False, with_duplicates: bool = False
) -> ImportReport:
    """Import a file: none of it while a row is bad, unless `despite_bad` leaves those out and takes the rest.

    Rows that look like a client who is there, or like an earlier row, are left out unless `with_duplicates`; nothing is
    ever merged.
    """
    await queries_import.lock_practice(work, desk.organization_id)
    found = await _sort(work, desk, file)
    if found.bad and not despite_bad:
        return _report(file, found, imported=0)
    rows = [*found.fresh, *((row, therapists) for row, therapists, _ in found.duplicates if with_duplicates)]
    if rows:
        await _store(work, desk, rows)
        await record_change(
            work,
            organization_id=desk.organization_id,
            actor=desk.actor,
            action="clients.imported",
            detail={"count": len(rows)},
        )
        work.tell(f"clients:{desk.organization_id}")
    return _report(file, found, imported=len(rows))


async def _sort(work: Work, desk: ImportDesk, file: ClientFile) -> _Sorted:
    """Sort the rows in a thread: ten thousand of them take a moment, and nobody else waits for it."""
    therapists = await _therapists(work, desk)
    identities = await queries_import.list_identities(work, desk.organization_id)
    return await asyncio.to_thread(_sorted, file, therapists, identities)


def _sorted(
    file: ClientFile, therapists: Mapping[str, UUID], identities: Iterable[tuple[str, date | None, str]]
) -> _Sorted:
    """Sort the rows: bad ones, those that look like somebody, and the rest."""
    known = {
        key: words.ROW_SAME_AS_CLIENT.format(name=name)
        for name, birth_date, email in identities
        for key in identity_keys(name, birth_date, email)
    }
    found = _Sorted([], [], list(file.bad))
    for row in file.good:
        unknown = next((text for text in row.therapists if fold(text) not in therapists), None)
        if unknown is not None:
            told = words.ROW_THERAPIST.format(text=unknown[:80])
            found.bad.append(BadRow(row.line, told, [BadCell(file.titles.get("therapist", ""), unknown[:80], told)]))
            continue
        ids = [therapists[fold(text)] for text in row.therapists]
        keys = list(identity_keys(row.identity.name, row.identity.birth_date, row.identity.email))
        reason = next((known[key] for key in keys if key in known), None)
        if reason is None:
            found.fresh.append((row, ids))
        else:
            found.duplicates.append((row, ids, reason))
        for key in keys:
            known.setdefault(key, words.ROW_SAME_AS_LINE.format(line=row.line))
    found.bad.sort(key=lambda bad: bad.line)
    return found


async def _therapists(work: Work, desk: ImportDesk) -> Mapping[str, UUID]:
    members = [one for one in await queries.find_members(work, desk.organization_id) if one.role in CARE_ROLES]
    by_name = {fold(one.name): one.id for one in members}
    return by_name | {fold(email_key(one.email)): one.id for one in members}


async def _store(work: Work, desk: ImportDesk, rows: Iterable[tuple[GoodRow, list[UUID]]]) -> None:
    clients, assigned, found = await asyncio.to_thread(_records, desk, work.now, rows)
    await queries_import.insert_clients(work, clients, assigned)
    await write_client_words(work, desk.organization_id, found)


def _records(
    desk: ImportDesk, now: datetime, rows: Iterable[tuple[GoodRow, list[UUID]]]
) -> tuple[list[dict[str, Any]], list[dict[str, Any]], dict[UUID, frozenset[str]]]:
    """Return what is written: the clients, their therapists, and the words that lead to each."""
    clients: list[dict[str, Any]] = []
    assigned: list[dict[str, Any]] = []
    found: dict[UUID, frozenset[str]] = {}
    for row, therapists in rows:
        person, client_id = row.identity, new_id()
        base = {"organization_id": desk.organization_id, "created_at": now}
        clients.append(
            {
                **base,
                "id": client_id,
                "given_name": person.given_name,
                "family_name": person.family_name,
                "sort_key": sort_key(person.family_name, person.given_name),
                "birth_date": person.birth_date,
                "email": person.email,
                "phone": person.phone,
            }
        )
        assigned += [
            {**base, "id": new_id(), "client_id": client_id, "membership_id": one} for one in dict.fromkeys(therapists)
        ]
        found[client_id] = row.words
    return clients, assigned, found


def _report(file: ClientFile, found: _Sorted, *, imported: int) -> ImportReport:
    return ImportReport(
        rows=len(file.good) + len(file.bad),
        good=len(found.fresh),
        imported=imported,
        bad_count=len(found.bad),
        duplicate_count=len(found.duplicates),
        bad=found.bad[:NAMED],
        duplicates=[DuplicateRow(row.line, row.identity.name, reason) for row, _, reason in found.duplicates[:NAMED]],
        ignored_columns=file.ignored,
    )
