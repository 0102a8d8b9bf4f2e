"""A page that exists in tests only: one handler of each kind, for the door to be tried on."""

from typing import Annotated, Any

import reflex as rx
from pydantic import BaseModel, ConfigDict, Field
from sqlmodel import col, select

from portal.access.actor import AccountAccess, ClientAccess, PracticeAccess, StaffTask
from portal.database import Work
from portal.models import Account, Permission
from portal.ui.guard import SIGNED_IN, Unit, guarded, parse, public
from portal.ui.live import watch
from portal.ui.session_state import PageState

Name = Annotated[str, Field(min_length=1, max_length=40)]
Count = Annotated[int, Field(ge=0, le=100)]


class Parcel(BaseModel):
    """A nested argument."""

    model_config = ConfigDict(extra="forbid")
    name: Name
    count: Count = 0


class TrialState(PageState):
    """Holds what it was given, so that a test sees what reached the browser."""

    seen: str = ""
    count: int = 0
    saved: bool = False

    @rx.event
    @guarded(Permission.FORMS, reads=True)
    async def load(self, work: Work, access: ClientAccess) -> None:
        await watch(self, f"client:{access.client_id}")
        self.seen = access.client_name

    @rx.event
    @guarded(Permission.FORMS, reads=True, live=True)
    async def reload(self, work: Work, access: ClientAccess) -> None:
        self.seen = access.client_name
        self.count += 1

    @rx.event
    @guarded(Permission.PAYMENTS, reads=True)
    async def pay(self, work: Work, access: ClientAccess) -> None:
        self.seen = access.client_name

    @rx.event
    @guarded(StaffTask.READ_ANSWERS, reads=True)
    async def read(self, work: Work, access: PracticeAccess) -> None:
        self.seen = access.practice_name

    @rx.event
    @guarded(SIGNED_IN)
    async def rename(self, work: Work, access: AccountAccess, name: Any, count: Any = 0) -> None:
        account = (await work.exec(select(Account).where(col(Account.id) == access.actor.account_id))).one()
        self.count = parse(Count, count)
        account.name = parse(Name, name)
        work.add(account)
        work.tell(f"client:{name}")
        self.seen, self.saved = account.name, True

    @rx.event
    @guarded(SIGNED_IN, reads=True)
    async def post(self, work: Work, access: AccountAccess, parcel: Any) -> None:
        self.seen = parse(Parcel, parcel).name

    @rx.event
    @guarded(SIGNED_IN)
    async def break_down(self, work: Work, access: AccountAccess) -> None:
        self.saved = True
        raise RuntimeError("marker-of-the-stack-trace")

    @rx.event
    @guarded(SIGNED_IN)
    async def break_at_commit(self, work: Work, access: AccountAccess) -> None:
        work.add(Account(email="x", email_key="tess@harbor.example", name="marker-of-the-row", created_at=work.now))
        self.saved = True


class MoreTrialState(PageState):
    """The same for handlers that take a unit opener, and for what was forgotten."""

    seen: str = ""
    echoed: str = ""
    steps: list[str] = []  # noqa: RUF012 - a var of the page, not of the class

    @rx.event
    @guarded(Permission.FORMS, reads=True)
    async def walk(self, unit: Unit) -> Any:
        for step in ("one", "two"):
            async with unit() as (_work, access):
                name = access.client_name
            self.steps = [*self.steps, f"{step} {name}"]
            yield

    @rx.event
    @guarded(Permission.FORMS, reads=True)
    async def walk_wrongly(self, unit: Unit) -> Any:
        async with unit() as (_work, access):
            self.steps = [access.client_name]
            yield

    @rx.event(background=True)
    @guarded(Permission.FORMS, reads=True)
    async def work_on(self, unit: Unit) -> None:
        async with unit() as (_work, access):
            name = access.client_name
        async with unit.screen():
            self.seen = name

    @rx.event
    @public
    async def echo(self, word: Any) -> None:
        self.echoed = parse(Name, word)

    @rx.event
    async def forgotten(self) -> None:
        self.seen = "nobody guards this"

    def helper(self) -> None:
        self.seen = "nor this"

    async def write_down(self, text: str) -> None:
        self.seen = text
