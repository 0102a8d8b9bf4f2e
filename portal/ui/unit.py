"""How a guarded handler runs: proof of access, one unit of work, one commit, and a sentence for whatever goes wrong."""

import inspect
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager, suppress
from dataclasses import dataclass
from typing import Any

from reflex.istate.proxy import StateProxy

from portal.accounts.rules import is_touch_due
from portal.accounts.service_sessions import touch_session
from portal.database import Work, assert_no_open_unit
from portal.errors import Conflict, Invalid, NotFound, NotPermitted, SignedOut, StepUpNeeded
from portal.runtime import runtime
from portal.ui import words
from portal.ui.failure import keep_back, show_failure, snapshot, unsent_of
from portal.ui.looking import write_looks
from portal.ui.opening import Access, Address, open_access
from portal.ui.parsing import UNUSABLE
from portal.ui.policy import Login, Policy
from portal.ui.session_state import PageState
from portal.ui.step_up import hold_event
from portal.ui.tabs import own_tab, tabs
from portal.ui.touches import is_by_user, is_told


@dataclass(frozen=True, slots=True)
class Door:
    """One handler behind the door: what it needs, what the browser may send, and what it is given."""

    handler: Callable[..., Any]
    policy: Policy
    signature: inspect.Signature
    takes_unit: bool = False

    def arguments(self, args: Sequence[Any], named: Mapping[str, Any]) -> tuple[tuple[Any, ...], dict[str, Any]]:
        """Fit what was sent to the handler's parameters; raises Invalid when it does not fit."""
        try:
            bound = self.signature.bind(None, *args, **named)
        except TypeError:
            raise Invalid(UNUSABLE) from None
        return bound.args[1:], bound.kwargs


class Unit:
    """What a handler that yields or runs in the background gets: every opening checks session and access again."""

    def __init__(self, page: PageState, policy: Policy) -> None:
        self._page, self._policy = page, policy
        self._session_hash = page._session_hash()

    def __call__(self) -> AbstractAsyncContextManager[tuple[Work, Any]]:
        """Open a unit of work: `async with unit() as (work, access)`. It commits at the end of the block."""
        return open_unit(self._page, self._policy)

    def own(self) -> AbstractAsyncContextManager[tuple[Work, Any]]:
        """Open a unit that reads, with proof of the login alone: for what somebody did, but may no longer do."""
        return open_unit(self._page, Policy(Login.SIGNED_IN, reads=True))

    @asynccontextmanager
    async def screen(self) -> AsyncIterator[PageState]:
        """Touch the page from the background; raises SignedOut when the tab is no longer the same session's."""
        async with _held(self._page):
            if self._page.ended or self._page._session_hash() != self._session_hash:
                raise SignedOut
            yield self._page


async def run_handler(page: PageState, door: Door, args: Sequence[Any], named: Mapping[str, Any]) -> Any:
    """Run a handler that returns once. Its changes to the page are shown only when its unit was committed."""
    before, unsent, watched = snapshot(page), unsent_of(page), tabs.watched_by(own_tab())
    try:
        return await _run(page, door, args, named)
    except Exception as wrong:
        if isinstance(wrong, NotFound | NotPermitted):
            tabs.watch_only(own_tab(), watched)
        async with _held(page):
            await _refuse(page, door, wrong, before, (args, named))
        return None
    finally:
        if door.policy.live and is_told():
            keep_back(page, before, unsent)


async def _run(page: PageState, door: Door, args: Sequence[Any], named: Mapping[str, Any]) -> Any:
    values, more = door.arguments(args, named)
    if door.policy.need is None:
        return await door.handler(page, *values, **more)
    if door.takes_unit:
        return await door.handler(page, Unit(page, door.policy), *values, **more)
    _refuse_background(page, door)
    async with open_unit(page, door.policy) as (work, access):
        return await door.handler(page, work, access, *values, **more)


async def run_steps(page: PageState, door: Door, args: Sequence[Any], named: Mapping[str, Any]) -> AsyncIterator[Any]:
    """Run a handler that yields. What it shows goes out at each yield, so it may not yield inside a unit."""
    before = snapshot(page)
    try:
        values, more = door.arguments(args, named)
        async for step in door.handler(page, Unit(page, door.policy), *values, **more):
            assert_no_open_unit(f"The screen of {door.handler.__qualname__}")
            yield step
            before = snapshot(page)
    except Exception as wrong:
        async with _held(page):
            await _refuse(page, door, wrong, before, (args, named))


async def _refuse(
    page: PageState, door: Door, wrong: Exception, before: dict[str, Any], sent: tuple[Sequence[Any], Mapping[str, Any]]
) -> None:
    """Show why nothing happened; what only waits for its owner to confirm who they are is held for them."""
    await show_failure(page, wrong, before, reads=door.policy.reads, told=door.policy.live and is_told())
    if isinstance(wrong, StepUpNeeded):
        _itself, *names = door.signature.parameters
        handler = f"{getattr(page, '__wrapped__', page).get_full_name()}.{door.handler.__name__}"
        hold_event(page, wrong, handler, sent, names)


@asynccontextmanager
async def open_unit(page: PageState, policy: Policy) -> AsyncIterator[tuple[Work, Access]]:
    """Open the unit of one event: check access in it, note the user's action when that is due, commit at the end."""
    assert policy.need is not None  # noqa: S101 - a public handler has no unit
    session_hash, database, address = page._session_hash(), runtime().database, _address(page)
    if address.viewed_as and not policy.reads:
        raise Conflict(words.ONLY_LOOKING)
    async with database.unit_of_work(writes=not policy.reads) as work:
        access = await _open(work, session_hash, policy, address)
        touched_at = access.actor.touched_at
        is_due = not policy.live and is_by_user() and touched_at is not None and is_touch_due(touched_at, work.now)
        if is_due and not policy.reads:
            await touch_session(work, session_hash)
        yield work, access
        noted = work.take_looks()
    if is_due and policy.reads:
        async with database.unit_of_work() as work:
            await touch_session(work, session_hash)
    await write_looks(access, policy, noted, page._object_id())
    if not isinstance(page, StateProxy):
        _note_person(page, str(access.actor.account_id))


async def _open(work: Work, session_hash: str, policy: Policy, address: Address) -> Access:
    """Ask for what a handler needs, and where that is refused for what also opens it; the first refusal is told."""
    assert policy.need is not None  # noqa: S101 - a public handler has no unit
    try:
        return await open_access(work, session_hash, policy.need, address, step_up=policy.step_up)
    except NotPermitted:
        if policy.otherwise is None:
            raise
        with suppress(NotPermitted):
            return await open_access(work, session_hash, policy.otherwise, address)
        raise


def _address(page: PageState) -> Address:
    """Return what the address says. The frame belongs to whoever is signed in, also where they view as somebody."""
    query = page._query()
    return Address(
        subject=str(query.get("for", "")),
        practice=str(query.get("practice", "")),
        client=page._route_value("client_id"),
        viewed_as="" if page.is_frame else str(query.get("as", "")),
    )


def _note_person(page: PageState, account_id: str) -> None:
    """Note whose page this is, and that it may be seen; only what changed, since every assignment is sent."""
    if page.account_id != account_id:
        page.account_id = account_id
    if page.refusal and not (page.is_frame or page.is_part):
        page.refusal = ""


def _refuse_background(page: PageState, door: Door) -> None:
    if isinstance(page, StateProxy):
        raise TypeError(f"{door.handler.__qualname__} runs in the background, so it takes a unit opener.")


@asynccontextmanager
async def _held(page: PageState) -> AsyncIterator[None]:
    """Hold the tab's lock: a handler in the background does not, any other already does."""
    if isinstance(page, StateProxy):
        async with page:
            yield
    else:
        yield
