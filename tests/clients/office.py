"""How tests of the clients domain get in: through the gate, as anybody of the cast, at the moment of the unit."""

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any
from uuid import UUID

from sqlalchemy import event
from sqlmodel import col, select

from portal.access.actor import Capability, ClientAccess, PracticeAccess, StaffTask
from portal.access.gate import open_client, open_practice
from portal.audit.words import ACTIONS
from portal.clients.views import ClientFields, ContactFields
from portal.database import Database, Work
from portal.demo.people import Cast
from portal.kit.tokens import token_hash
from portal.models import AuditEvent, Session


async def sign_in(work: Work, cast: Cast, person: str) -> str:
    """Let somebody be signed in now; returns the session's hash."""
    hashed = token_hash(person)
    session = (await work.exec(select(Session).where(Session.token_hash == hashed))).one_or_none()
    if session is None:
        session = Session(
            account_id=cast.accounts[person].id, token_hash=hashed, created_at=work.now, touched_at=work.now
        )
    session.created_at = session.touched_at = session.stepped_up_at = work.now
    work.add(session)
    await work.flush()
    return hashed


async def staff(
    work: Work, cast: Cast, person: str, task: StaffTask = StaffTask.EDIT_CLIENTS, client: str | UUID | None = None
) -> PracticeAccess:
    """What the gate gives a staff member for a task, on the page of a client where one is named."""
    client_id = cast.clients[client].id if isinstance(client, str) else client
    return await open_practice(work, await sign_in(work, cast, person), task, client_id=client_id)


async def acting(work: Work, cast: Cast, person: str, client: str, capability: Capability) -> ClientAccess:
    """What the gate gives somebody who acts for a client."""
    return await open_client(work, await sign_in(work, cast, person), cast.clients[client].id, capability)


async def events(work: Work, organization_id: UUID) -> list[tuple[str, dict[str, Any]]]:
    """The practice's chain: what was done, with its details. Every action has words."""
    query = select(AuditEvent).where(AuditEvent.organization_id == organization_id)
    rows: Sequence[AuditEvent] = (await work.exec(query.order_by(col(AuditEvent.sequence)))).all()
    assert {row.action for row in rows} <= set(ACTIONS)
    return [(row.action, json.loads(row.detail)) for row in rows]


@contextmanager
def counted(database: Database) -> Iterator[list[str]]:
    """Collect every statement that reaches the database."""
    statements: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        statements.append(statement)

    engines = {database.read_engine, database.write_engine}
    for engine in engines:
        event.listen(engine.sync_engine, "before_cursor_execute", note)
    try:
        yield statements
    finally:
        for engine in engines:
            event.remove(engine.sync_engine, "before_cursor_execute", note)


def person(given: str = "Robin", family: str = "Quill", **more: str) -> ClientFields:
    """What is typed about a client."""
    return ClientFields(given_name=given, family_name=family, **more)


def contact(given: str = "Ada", family: str = "Park", **more: str) -> ContactFields:
    """What is typed about a contact."""
    return ContactFields(given_name=given, family_name=family, **more)
