"""Manage Clients: finding clients, a page at a time. At most four statements, however many clients there are."""

import base64
import binascii
import json
from typing import Any
from uuid import UUID

from portal.access.actor import PracticeAccess, Scope, StaffTask
from portal.access.permissions import CARE_ROLES
from portal.access.reading import client_from
from portal.clients import queries, queries_list, queries_search, words
from portal.clients.facts import practice_facts
from portal.clients.queries_list import Place, Wanted
from portal.clients.rules import status_of
from portal.clients.search_words import typed_words
from portal.clients.switches import shown_to, switches_of
from portal.clients.views import ClientPage, ClientRow, ClientStatus, TherapistChoice
from portal.database import Work
from portal.errors import Invalid, NotPermitted
from portal.kit.ids import parse_id
from portal.settings.catalog import SettingName

PAGE = 50
_TASKS = (StaffTask.SEE_CLIENTS, StaffTask.EDIT_CLIENTS, StaffTask.SETTINGS)


async def list_clients(
    work: Work,
    access: PracticeAccess,
    *,
    query: str = "",
    status: ClientStatus | None = None,
    therapist_id: UUID | None = None,
    feature: SettingName | None = None,
    after: str = "",
    limit: int = PAGE,
) -> ClientPage:
    """List clients by family name, first name: those in reach who match every typed word and every filter.

    Without a `status`, archived clients are left out. `feature` narrows to those for whom it is switched off. `after`
    is what the page before returned; raises Invalid for anything else.
    """
    queries.require(access, *_TASKS)
    if therapist_id is not None and access.scope is Scope.CONTACT_DATA_AND_MONEY:
        raise NotPermitted(words.NOT_THERAPISTS)
    if feature is not None and feature not in shown_to(access.scope):
        raise NotPermitted(words.NOT_FEATURES)
    place = _read_place(after)
    typed = typed_words(query)
    counts = await queries_search.count_matches(work, access.organization_id, typed) if typed else []
    if 0 in counts:
        return ClientPage([], "")
    found = queries_search.found_by(access.organization_id, typed, counts)
    rare = bool(typed) and queries_search.is_rare(counts)
    wanted = Wanted(status, therapist_id, feature, place, found, rare)
    rows = await queries_list.list_page(work, access, wanted, min(limit, PAGE) + 1)
    shown = rows[: min(limit, PAGE)]
    more = len(rows) > len(shown)
    return ClientPage(await _rows(work, access, shown), _write_place(shown[-1]) if more else "")


async def list_therapist_choices(work: Work, access: PracticeAccess) -> list[TherapistChoice]:
    """List who can be assigned to clients: the practice's active therapists and administrators."""
    queries.require(access, *_TASKS)
    members = await queries.find_members(work, access.organization_id)
    return [TherapistChoice(str(member.id), member.name) for member in members if member.role in CARE_ROLES]


async def _rows(work: Work, access: PracticeAccess, found: Any) -> list[ClientRow]:
    if not found:
        return []
    practice = await queries.find_practice(work, access.organization_id)
    therapists: dict[UUID, list[str]] = {}
    if access.scope is not Scope.CONTACT_DATA_AND_MONEY:
        ids = [row.client_id for row in found]
        therapists = await queries_list.list_therapists(work, access.organization_id, ids)
    facts, names = practice_facts(access.organization_id, practice), shown_to(access.scope)
    rows = []
    for row in found:
        status = status_from(row)
        client = client_from(row)
        rows.append(
            ClientRow(
                id=str(row.client_id),
                name=client.name,
                email=row.email,
                phone=row.phone,
                status=status,
                status_label=words.STATUS[status],
                therapists=therapists.get(row.client_id, []),
                switches=switches_of(
                    client, practice=facts, settings=practice.settings, today=access.today, names=names
                ),
                contacts=row.contacts,
                mail_fails=row.mail_fails or "",
            )
        )
    return rows


def status_from(row: Any) -> ClientStatus:
    """Return how far the client of a row has come towards the portal."""
    return status_of(
        is_archived=row.client_archived_at is not None,
        has_login=row.has_login,
        has_email=bool(row.email),
        is_invited=bool(row.is_invited),
    )


def _write_place(row: Any) -> str:
    text = json.dumps([row.sort_key, str(row.client_id)])
    return base64.urlsafe_b64encode(text.encode()).decode()


def _read_place(text: str) -> Place | None:
    """Read where the last page ended. It is the browser's word, but it only says where to go on in one's own list."""
    if not text:
        return None
    try:
        key, client_id = json.loads(base64.urlsafe_b64decode(text[:2000].encode()))
        str(key).encode()
    except (binascii.Error, ValueError, TypeError):
        raise Invalid(words.BAD_PAGE) from None
    found = parse_id(client_id)
    if not isinstance(key, str) or "\x00" in key or found is None:
        raise Invalid(words.BAD_PAGE)
    return key, found
