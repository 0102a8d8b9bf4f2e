"""The cast, signed in, before the gate."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import event
from sqlmodel import SQLModel, select

from portal.access.actor import Capability, ClientAccess, PracticeAccess, Sight, StaffTask
from portal.access.gate import list_subjects, open_client, open_practice
from portal.access.subjects import Subjects
from portal.database import Database
from portal.demo.people import Cast
from portal.errors import NotFound, NotPermitted
from portal.kit.tokens import token_hash
from portal.models import ClientRestriction, OrganizationSetting, Permission, Session
from portal.settings.catalog import SettingName

ALLOWED, NOT_FOUND = "yes", "-"
CAPABILITIES: tuple[Capability, ...] = (*Permission, *Sight)


@dataclass
class House:
    """Both practices with everybody signed in; people and clients go by the names of the cast."""

    database: Database
    cast: Cast
    clock: Any
    statements: list[str] = field(default_factory=list)

    async def sign_everybody_in(self) -> None:
        """Give each account a session that starts now; its token is the person's name."""
        moment = self.clock.now
        await self.store(
            *(
                Session(
                    account_id=account.id,
                    token_hash=token_hash(f"{name} {moment}"),
                    created_at=moment,
                    touched_at=moment,
                    stepped_up_at=moment,
                )
                for name, account in self.cast.accounts.items()
            )
        )
        self.signed_in_at = moment

    async def go_to(self, moment: datetime) -> None:
        """Set the clock; everybody signs in again then, because sessions do not last."""
        self.clock.now = moment
        await self.sign_everybody_in()

    def session(self, person: str) -> str:
        """The hash of the person's session cookie."""
        return token_hash(f"{person} {self.signed_in_at}")

    def client_id(self, name: str) -> UUID:
        return self.cast.clients[name].id

    async def open(self, person: str, client: str, capability: Capability) -> ClientAccess:
        """Ask the gate to let a person do something for a client of the cast."""
        async with self.database.unit_of_work(writes=False) as work:
            return await open_client(work, self.session(person), self.client_id(client), capability)

    async def practice(
        self, person: str, task: StaffTask, *, practice: str | None = None, client: str | None = None
    ) -> PracticeAccess:
        """Ask the gate to let a staff member do a task."""
        async with self.database.unit_of_work(writes=False) as work:
            client_id = self.client_id(client) if client else None
            return await open_practice(work, self.session(person), task, practice=practice, client_id=client_id)

    async def subjects(self, person: str) -> Subjects:
        """List whom a person can act for."""
        async with self.database.unit_of_work(writes=False) as work:
            return await list_subjects(work, self.session(person))

    async def answer(self, person: str, client: str, capability: Capability, subjects: Subjects | None = None) -> str:
        """Return "yes", "-" for not found, or the code of what stands in the way; the gate and the list must agree."""
        subjects = subjects or await self.subjects(person)
        listed = {subject.client_id: subject for subject in (*subjects.clients, *subjects.closed)}
        found = listed.get(self.client_id(client))
        refusal = found.decisions[capability].first_refusal if found else None
        said = ""
        try:
            await self.open(person, client, capability)
        except NotFound:
            assert not found
            return NOT_FOUND
        except NotPermitted as refused:
            said = refused.sentence
        assert found
        assert said == (refusal.sentence if refusal else "")
        return str(refusal.code) if refusal else ALLOWED

    async def store(self, *rows: SQLModel) -> None:
        """Store rows, each after what it points at."""
        async with self.database.unit_of_work() as work:
            for row in rows:
                work.add(row)
                await work.flush()

    async def change(self, row: SQLModel, **values: Any) -> None:
        """Change columns of a stored row."""
        async with self.database.unit_of_work() as work:
            stored = await work.get_one(type(row), row.id)  # type: ignore[attr-defined]  # every table has an id
            for name, value in values.items():
                setattr(stored, name, value)
            work.add(stored)

    async def switch_off(self, name: SettingName) -> None:
        """Switch a setting off for the whole of Harbor."""
        async with self.database.unit_of_work() as work:
            query = select(OrganizationSetting).where(
                OrganizationSetting.name == name, OrganizationSetting.organization_id == self.cast.harbor.id
            )
            (await work.exec(query)).one().value = "false"

    async def restrict(self, client: str, name: SettingName) -> None:
        """Switch a setting off for one client."""
        row = self.cast.clients[client]
        restriction = ClientRestriction(
            organization_id=row.organization_id, client_id=row.id, setting=name, created_at=self.clock.now
        )
        await self.store(restriction)

    @contextmanager
    def counting(self) -> Iterator[list[str]]:
        """Collect the statements that are sent meanwhile, BEGIN aside."""
        sent: list[str] = []

        def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
            if not statement.startswith("BEGIN"):
                sent.append(statement)

        engines = {self.database.read_engine.sync_engine, self.database.write_engine.sync_engine}
        for engine in engines:
            event.listen(engine, "before_cursor_execute", note)
        yield sent
        for engine in engines:
            event.remove(engine, "before_cursor_execute", note)
