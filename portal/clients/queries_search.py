"""The search index: ranges of folded words, read by the same index on SQLite and PostgreSQL."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, delete, exists, func, insert, literal, union_all
from sqlmodel import col, select

from portal.clients.search_words import LAST
from portal.database import Work
from portal.models import Client, ClientSearchWord, Contact, ContactSearchWord

FEW = 1000
"""Up to so many words that begin with what was typed, the clients are gathered by word and then sorted; beyond, they
are walked in order until a page is full. Either way a page costs about as much for 100 clients as for 10,000."""
_BATCH = 200


async def count_matches(work: Work, organization_id: UUID, typed: Sequence[str]) -> list[int]:
    """Count the words of the index that begin with each typed word, up to FEW + 1, in one statement."""
    counts = []
    for place, prefix in enumerate(typed):
        some = select(col(ClientSearchWord.client_id)).where(
            ClientSearchWord.organization_id == organization_id, _begins(ClientSearchWord, prefix)
        )
        counts.append(select(literal(place), func.count()).select_from(some.limit(FEW + 1).subquery()))
    rows = (await (await work.plain()).execute(union_all(*counts))).all()
    return [count for _, count in sorted((place, count) for place, count in rows)]


def is_rare(counts: Sequence[int]) -> bool:
    """Whether a typed word leads to so few clients that they are best gathered by it."""
    return min(counts, default=FEW + 1) <= FEW


def found_by(organization_id: UUID, typed: Sequence[str], counts: Sequence[int]) -> list[ColumnElement[bool]]:
    """The clients who have a word beginning with each typed word. The rarest, when it is rare, leads the way."""
    rarest = min(range(len(typed)), key=lambda place: counts[place], default=0)
    conditions = []
    for place, prefix in enumerate(typed):
        if place == rarest and counts[place] <= FEW:
            conditions.append(_gathered(organization_id, prefix))
        else:
            conditions.append(_looked_up(prefix))
    return conditions


def contacts_found_by(organization_id: UUID, typed: Sequence[str]) -> list[ColumnElement[bool]]:
    """The people in contact networks who have a word beginning with each typed word."""
    return [
        col(Contact.id).in_(
            select(col(ContactSearchWord.contact_id)).where(
                ContactSearchWord.organization_id == organization_id, _begins(ContactSearchWord, prefix)
            )
        )
        for prefix in typed
    ]


async def write_client_words(work: Work, organization_id: UUID, found: Mapping[UUID, Iterable[str]]) -> None:
    """Let these words, and no others, lead to these clients."""
    await _write(work, ClientSearchWord, "client_id", organization_id, found)


async def write_contact_words(work: Work, organization_id: UUID, found: Mapping[UUID, Iterable[str]]) -> None:
    """Let these words, and no others, lead to these people."""
    await _write(work, ContactSearchWord, "contact_id", organization_id, found)


async def list_people(work: Work, kind: type[Client] | type[Contact], after: UUID | None) -> list[Any]:
    """List all clients or contacts of all practices, a batch at a time, for building the index again."""
    query = select(kind).order_by(col(kind.id)).limit(_BATCH)
    return list((await work.exec(query if after is None else query.where(col(kind.id) > after))).all())


async def _write(work: Work, table: Any, key: str, organization_id: UUID, found: Mapping[UUID, Iterable[str]]) -> None:
    ids = list(found)
    for start in range(0, len(ids), _BATCH):
        some = ids[start : start + _BATCH]
        await work.exec(delete(table).where(table.organization_id == organization_id, getattr(table, key).in_(some)))
        rows = [
            {"organization_id": organization_id, key: one, "word": word} for one in some for word in sorted(found[one])
        ]
        if rows:
            await work.exec(insert(table), params=rows)


def _begins(table: Any, prefix: str) -> ColumnElement[bool]:
    return and_(table.word >= prefix, table.word < prefix + LAST)


def _gathered(organization_id: UUID, prefix: str) -> ColumnElement[bool]:
    some = select(col(ClientSearchWord.client_id)).where(
        ClientSearchWord.organization_id == organization_id, _begins(ClientSearchWord, prefix)
    )
    return col(Client.id).in_(some)


def _looked_up(prefix: str) -> ColumnElement[bool]:
    own = exists().where(col(ClientSearchWord.client_id) == col(Client.id), _begins(ClientSearchWord, prefix))
    return own.correlate(Client)
