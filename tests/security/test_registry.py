"""Every handler that can be called over the socket has declared who may call it. Reflex's own are listed by name."""

import inspect
import re
from typing import Any

import pytest
import reflex as rx
from reflex.istate.storage import ClientStorageBase
from reflex_base.registry import RegisteredEventHandler
from sqlmodel import SQLModel

from portal.pages import PAGES
from portal.portal import app
from portal.ui.middleware import FRAMEWORK
from portal.ui.policy import Policy, policy_of
from portal.ui.session_state import PageState
from tests.security.door_state import MoreTrialState

REGISTERED: dict[str, RegisteredEventHandler] = dict(app._registration_context.event_handlers)
STATES: list[Any] = list(app._registration_context.base_states.values())
OWN = {name: found for name, found in REGISTERED.items() if found.states[0].__module__.startswith("portal.")}

PUBLIC = {
    "reflex___state____state.hydrate_and_load",
    "reflex___state____state.reflex___state____on_load_internal_state.on_load_internal",
    "reflex___state____state.reflex___state____on_load_internal_state.set_is_hydrated",
}
"""All that runs without a look at the session, ours and Reflex's. At most twelve."""


def _policy(name: str) -> Policy | None:
    return policy_of(REGISTERED[name].handler.fn)


def test_what_is_public_stands_in_this_list() -> None:
    declared = {name for name in OWN if (policy := _policy(name)) and policy.need is None}
    assert declared | FRAMEWORK == PUBLIC
    assert len(PUBLIC) <= 12


def test_every_handler_of_ours_is_guarded() -> None:
    assert len(OWN) > 20
    forgotten = [name for name in OWN if _policy(name) is None and not name.endswith(".setvar")]
    assert forgotten == [], "declare @guarded or @public, or begin the name with an underscore"


def test_nothing_of_reflex_has_a_policy() -> None:
    others = [name for name in REGISTERED if name not in OWN and not name.startswith(_trial())]
    assert [name for name in others if _policy(name)] == []


def test_a_forgotten_handler_would_be_found() -> None:
    trial = {name: found for name, found in REGISTERED.items() if found.states[0] is MoreTrialState}
    forgotten = {name.rsplit(".", 1)[1] for name in trial if _policy(name) is None}
    assert forgotten == {"forgotten", "helper", "write_down", "setvar"}


def _trial() -> str:
    return MoreTrialState.get_full_name().rsplit(".", 1)[0] + ".tests"


@pytest.mark.parametrize("name", sorted(OWN))
def test_a_handler_takes_from_the_browser_only_what_is_its_own(name: str) -> None:
    handler = REGISTERED[name].handler.fn
    if name.endswith(".setvar"):
        return
    taken = inspect.signature(handler).parameters
    assert not {"work", "access", "unit"} & set(taken)
    assert handler.__annotations__ == {}, "Reflex would convert, and log what it cannot convert"


@pytest.mark.parametrize("state", [state for state in STATES if state.__module__.startswith("portal.")])
def test_a_state_is_a_page_that_keeps_nothing_in_the_browser(state: Any) -> None:
    assert issubclass(state, PageState)
    for name, field in state.__fields__.items():
        assert not isinstance(field.default, ClientStorageBase), f"{name} would be written by a script"
        kind = field.outer_type_
        assert not (isinstance(kind, type) and issubclass(kind, SQLModel)), f"{name} would send every column"


@pytest.mark.parametrize("state", [state for state in STATES if state.__module__.startswith("portal.")])
def test_who_watches_can_be_reloaded(state: Any) -> None:
    if not re.search(r"\bwatch\(self,", inspect.getsource(state)):
        return
    policy = _policy(f"{state.get_full_name()}.reload")
    assert policy is not None
    assert policy.live


def test_no_state_makes_setters() -> None:
    assert not rx.config.get_config().state_auto_setters
    assert [name for name in OWN if ".set_" in name] == []


def test_the_app_has_no_upload_and_no_other_routes() -> None:
    paths = {getattr(route, "path", "") for route in app._api.routes} if app._api else set()
    assert not any("upload" in path for path in paths)


def test_background_handlers_touch_the_page_through_their_unit() -> None:
    states = {found.states[0] for found in OWN.values() if found.handler.is_background}
    for state in states:
        source = inspect.getsource(state)
        assert "async with self" not in source, "use `async with unit.screen()`, which looks at the session again"


KEEPING = [state for state in STATES if issubclass(state, PageState) and state.keeps]


@pytest.mark.parametrize("state", KEEPING)
def test_what_is_kept_over_a_new_connection_is_filled_by_a_page_and_is_its_own(state: Any) -> None:
    filled = [page.on_load if isinstance(page.on_load, tuple) else (page.on_load,) for page in PAGES]
    assert state in {handler.state for handlers in filled for handler in handlers}, "nothing would find it in reach"
    assert set(state.keeps) <= {name for name, field in state.__fields__.items() if field._owner is state}
    assert "self._is_again" in inspect.getsource(state), "its load closes what it keeps"


def test_pages_keep_something() -> None:
    assert len(KEEPING) > 5
