"""Written once, sealed, and in the transaction of its cause."""

import asyncio
from collections.abc import Mapping
from datetime import timedelta

import pytest
from sqlmodel import select

from portal.database import Database
from portal.demo.people import Cast
from portal.models import OutboxMail
from portal.notifications.outbox import context_of, enqueue_mail
from tests.logins import mails
from tests.notifications.conftest import Enqueue


async def test_enqueued_twice_is_once(database: Database, enqueue: Enqueue) -> None:
    assert await enqueue("form:1")
    assert not await enqueue("form:1", to_address="other@harbor.example")
    assert await enqueue("form:2")
    assert [(mail.dedupe_key, mail.to_address) for mail in await mails(database)] == [
        ("form:1", "tess@harbor.example"),
        ("form:2", "tess@harbor.example"),
    ]


async def test_enqueued_by_many_at_once_is_once(database: Database, enqueue: Enqueue) -> None:
    results = await asyncio.gather(*(enqueue("form:1") for _ in range(8)))
    assert sorted(results) == [False] * 7 + [True]
    assert len(await mails(database)) == 1


async def test_what_is_rolled_back_sends_nothing(database: Database, cast: Cast, enqueue: Enqueue) -> None:
    with pytest.raises(RuntimeError):
        async with database.unit_of_work() as work:
            await enqueue_mail(
                work,
                kind="form_submitted",
                to_address="tess@harbor.example",
                account_id=None,
                organization_id=None,
                context={},
                dedupe_key="form:1",
            )
            raise RuntimeError
    assert await mails(database) == []
    assert await enqueue("form:1")


async def test_context_is_sealed_to_its_row(database: Database, enqueue: Enqueue) -> None:
    context = {"link": "http://localhost:8000/reset-password/secret-token", "when": "today"}
    await enqueue("a", kind="reset_password", context=context)
    await enqueue("b", kind="reset_password", context={**context, "when": "tomorrow"})
    first, second = await mails(database)
    assert b"secret-token" not in first.context
    assert context_of(database.ring, first) == context
    first.context = second.context
    with pytest.raises(Exception, match="belongs elsewhere"):
        context_of(database.ring, first)


@pytest.mark.parametrize(
    ("kind", "context"),
    [
        ("no_such_kind", {}),
        ("reset_password", {}),
        ("reset_password", {"link": "x"}),
        ("form_submitted", {"client": "Milo Park"}),
        ("new_device", {"device": 3, "when": "today"}),
    ],
)
async def test_a_context_that_does_not_fit_is_a_mistake_of_ours(
    database: Database, enqueue: Enqueue, kind: str, context: Mapping[str, str]
) -> None:
    with pytest.raises(ValueError, match="mail"):
        await enqueue(kind=kind, context=context)
    assert await mails(database) == []


@pytest.mark.parametrize("key", ["", "x" * 121])
async def test_dedupe_key_has_a_length(enqueue: Enqueue, key: str) -> None:
    with pytest.raises(ValueError, match="dedupe key"):
        await enqueue(key)


async def test_due_later(database: Database, enqueue: Enqueue) -> None:
    later = database.clock() + timedelta(minutes=15)
    await enqueue(due_at=later)
    async with database.unit_of_work(writes=False) as work:
        assert (await work.exec(select(OutboxMail.due_at))).one() == later


async def test_one_statement_each(database: Database, enqueue: Enqueue) -> None:
    from sqlalchemy import event  # noqa: PLC0415

    statements: list[str] = []

    @event.listens_for(database.write_engine.sync_engine, "before_cursor_execute")
    def count(_c: object, _cursor: object, statement: str, *_more: object) -> None:
        if not statement.startswith("BEGIN"):
            statements.append(statement)

    await enqueue()
    assert len(statements) == 1
