"""The door that every handler stands behind: session, access, one unit of work, and errors as sentences.

A complete page state:

    class ArrivalsState(PageState):
        arrivals: list[ArrivalView] = []

        @rx.event
        @guarded(StaffTask.TODAY, reads=True)
        async def load(self, work: Work, access: PracticeAccess) -> None:      # the page's on_load
            await watch(self, f"forms:{access.organization_id}")
            self.arrivals = await service.list_arrivals(work, access)

        @rx.event
        @guarded(StaffTask.TODAY, reads=True, live=True)
        async def reload(self, work: Work, access: PracticeAccess) -> None:    # after a commit that told the topic
            self.arrivals = await service.list_arrivals(work, access)

        @rx.event
        @guarded(StaffTask.SEND_FORMS)
        async def send(self, work: Work, access: PracticeAccess, form: Any) -> None:
            sent = await service.send_form(work, access, **parse(SendForm, form).model_dump())
            self._say(f"Sent to {sent.name}.")                                  # shown after the commit

    rx.el.button("Send", on_click=ArrivalsState.send(form))                     # `work`, `access` are not its to give

Whatever a handler raises leaves the page as it was before (assign new lists, do not change them in place) and shows a
sentence; NotFound and NotPermitted empty the page and fill `refusal`, SignedOut sets `ended`. Arguments arrive as the
JSON that was sent: parse each one. A handler is `async def`. One that yields, or runs in the background, gets
`unit: Unit` in place of `work` and `access`, and is checked again for every `async with unit() as (work, access)`; it
may neither yield inside one nor, in the background, touch the page but in `async with unit.screen() as page`.
"""

import inspect
from collections.abc import Callable
from typing import Any

from portal.access.actor import Capability
from portal.ui.parsing import UNUSABLE, Id, parse
from portal.ui.policy import ACTING, REACH, SIGNED_IN, Need, Policy, declare
from portal.ui.unit import Door, Unit, run_handler, run_steps

__all__ = ["ACTING", "REACH", "SIGNED_IN", "UNUSABLE", "Id", "Unit", "guarded", "parse", "public"]

Handler = Callable[..., Any]


def guarded(
    need: Need,
    *,
    otherwise: Capability | None = None,
    reads: bool = False,
    live: bool = False,
    step_up: bool = False,
    look: str = "",
) -> Callable[[Handler], Handler]:
    """Let a handler run only with proof that whoever called it may; stands below `@rx.event`.

    `need` is a Permission (proof: ClientAccess, for `?for=` or oneself), a StaffTask (PracticeAccess), SIGNED_IN
    (AccountAccess), ACTING (ActingAccess) or REACH (Subjects). `reads`: the unit commits nothing. `live`: a live update
    or poll, which keeps no session awake. `look`: what kind of look at health data it is, written down where it is not
    the client's. Of staff the services that read say at whom it was (`record_access`); undeclared, nothing is shown.
    `otherwise`: a capability that also opens a page that only shows, and then shows less (signed forms when archived).
    `step_up`: who has not given their password within ten minutes is asked for it over the page, and the handler then
    runs with what was sent; for grants, roles, exports, refunds and the like.
    """
    if otherwise is not None and not reads:
        raise TypeError("Only what is shown may be opened in two ways.")
    policy = Policy(need, reads=reads, live=live, step_up=step_up, look=look, otherwise=otherwise)

    def wrap(handler: Handler) -> Handler:
        takes_unit = list(inspect.signature(handler).parameters)[1:2] == ["unit"]
        if inspect.isasyncgenfunction(handler):
            if not takes_unit:
                raise TypeError(f"{handler.__qualname__} yields, so it takes a unit opener: (self, unit, …).")
            return _generator(Door(handler, policy, _open_to_browser(handler, 1), takes_unit=True))
        return _plain(Door(handler, policy, _open_to_browser(handler, 1 if takes_unit else 2), takes_unit))

    return wrap


def public(handler: Handler) -> Handler:
    """Let a handler run for anyone who has a socket: it may touch nothing but its own tab. A test lists every one."""
    return _plain(Door(handler, Policy(None), _open_to_browser(handler, 0)))


def _plain(door: Door) -> Handler:
    if not inspect.iscoroutinefunction(door.handler):
        raise TypeError(f"{door.handler.__qualname__} has to be async.")

    async def handler(self: Any, /, *args: Any, **named: Any) -> Any:
        return await run_handler(self, door, args, named)

    return _dress(handler, door)


def _generator(door: Door) -> Handler:
    async def handler(self: Any, /, *args: Any, **named: Any) -> Any:
        async for step in run_steps(self, door, args, named):
            yield step

    return _dress(handler, door)


def _open_to_browser(handler: Handler, injected: int) -> inspect.Signature:
    """Return what the browser may fill: the handler's parameters without what the door gives it.

    The annotations are left out, so that Reflex neither converts arguments nor logs those it cannot convert.
    """
    itself, *rest = inspect.signature(handler).parameters.values()
    if len(rest) < injected:
        raise TypeError(f"{handler.__qualname__} has no room for what the door gives it.")
    return inspect.Signature([itself, *(item.replace(annotation=inspect.Parameter.empty) for item in rest[injected:])])


def _dress(shown: Handler, door: Door) -> Handler:
    """Give the function that Reflex registers its handler's name, the browser's signature and its policy."""
    shown.__signature__ = door.signature  # type: ignore[attr-defined]  # inspect reads it
    shown.__annotations__ = {}
    for name in ("__name__", "__qualname__", "__module__", "__doc__"):
        setattr(shown, name, getattr(door.handler, name))
    declare(shown, door.policy)
    return shown
