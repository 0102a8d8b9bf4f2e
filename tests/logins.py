"""Helpers for tests that sign in: a cheap hasher that counts, and sessions without a page."""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from uuid import UUID

import pytest
from sqlmodel import col, select, update

from portal.access.actor import AccountAccess, Person
from portal.access.gate import open_account
from portal.accounts import service
from portal.accounts.passwords import Hasher, use_hasher
from portal.accounts.service import Attempt
from portal.accounts.service_passwords import OpenUnit
from portal.database import Database, Work
from portal.demo.people import PASSWORD, Cast
from portal.kit.tokens import token_hash
from portal.models import Account, OutboxMail, Session
from portal.notifications.outbox import context_of
from portal.runtime import runtime


class CountingHasher(Hasher):
    """A real argon2id that costs next to nothing and counts its work."""

    def __init__(self) -> None:
        super().__init__(memory_kib=8, passes=1)
        self.verified = 0

    def verify(self, password: str, stored: str) -> bool:
        self.verified += 1
        return super().verify(password, stored)


@pytest.fixture
def hasher() -> Iterator[CountingHasher]:
    """The hasher of the test, counting from zero."""
    counting = CountingHasher()
    use_hasher(counting)
    yield counting
    use_hasher(None)


@pytest.fixture
async def logins(database: Database, cast: Cast, hasher: CountingHasher) -> Cast:
    """The cast, each of whom can sign in with the demo password."""
    async with database.unit_of_work() as work:
        await work.exec(update(Account).values(password_hash=hasher.hash(PASSWORD)))
    return cast


def attempt(email: str, password: str = PASSWORD, **more: object) -> Attempt:
    """A try to sign in from one and the same address."""
    return Attempt(**{"email": email, "password": password, "address": "203.0.113.9", **more})  # type: ignore[arg-type]


async def sign_in(email: str, **more: object) -> str:
    """Sign somebody in who has no second factor, and return the session's token."""
    signed_in = await service.sign_in(runtime(), attempt(email, **more))
    assert isinstance(signed_in, service.SignedIn)
    return signed_in.session.token


async def access_of(database: Database, token: str) -> AccountAccess:
    """The proof of access that the gate would make for a token."""
    async with database.unit_of_work(writes=False) as work:
        session = (await work.exec(select(Session).where(Session.token_hash == token_hash(token)))).one()
        account = (await work.exec(select(Account).where(Account.id == session.account_id))).one()
    return AccountAccess(Person(account.id, session.id, account.name, account.email), database.clock())


def opener(database: Database, token: str) -> OpenUnit:
    """What opens units of work for a token's owner, as the guard does for a handler."""

    @asynccontextmanager
    async def open_unit() -> AsyncIterator[tuple[Work, AccountAccess]]:
        async with database.unit_of_work() as work:
            yield work, await open_account(work, token_hash(token))

    return open_unit


async def mails(database: Database, kind: str | None = None) -> list[OutboxMail]:
    """What stands in the outbox, the oldest first."""
    async with database.unit_of_work(writes=False) as work:
        query = select(OutboxMail).order_by(col(OutboxMail.id))
        return list((await work.exec(query if kind is None else query.where(OutboxMail.kind == kind))).all())


async def last_link(database: Database, kind: str) -> str:
    """The address in the last mail of a kind."""
    return context_of(database.ring, (await mails(database, kind))[-1])["link"]


def token_in(link: str) -> str:
    """The token at the end of a mailed address."""
    return link.rsplit("/", 1)[1]


async def is_signed_in(database: Database, token: str) -> bool:
    """Say whether a token's session is live."""
    async with database.unit_of_work(writes=False) as work:
        session = (await work.exec(select(Session).where(Session.token_hash == token_hash(token)))).one()
    return session.ended_at is None


async def account_row(database: Database, account_id: UUID) -> Account:
    """A login as it is stored now."""
    async with database.unit_of_work(writes=False) as work:
        return (await work.exec(select(Account).where(Account.id == account_id))).one()


async def session_row(database: Database, token: str) -> Session:
    """A session as it is stored now."""
    async with database.unit_of_work(writes=False) as work:
        return (await work.exec(select(Session).where(Session.token_hash == token_hash(token)))).one()
