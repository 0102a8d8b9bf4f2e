"""What a declaration promises, and what cannot be declared."""

import inspect
from typing import Any

import pytest

from portal.models import Permission
from portal.ui.guard import SIGNED_IN, guarded, public
from portal.ui.policy import Policy, policy_of


async def save(self: Any, work: Any, access: Any, name: str, count: int = 0) -> None:
    """Save it."""


def test_the_browser_sees_only_its_own_arguments() -> None:
    door = guarded(Permission.FORMS)(save)
    assert list(inspect.signature(door).parameters) == ["self", "name", "count"]
    assert (door.__name__, door.__qualname__, door.__doc__) == ("save", "save", "Save it.")
    assert door.__annotations__ == {}
    assert policy_of(door) == Policy(Permission.FORMS)
    assert policy_of(save) is None


def test_options_are_part_of_the_policy() -> None:
    assert policy_of(guarded(SIGNED_IN, reads=True, live=True)(save)) == Policy(SIGNED_IN, reads=True, live=True)


def test_a_generator_takes_a_unit_opener() -> None:
    async def walk(self: Any, work: Any, access: Any) -> Any:
        yield

    with pytest.raises(TypeError, match="unit opener"):
        guarded(SIGNED_IN)(walk)


def test_a_handler_is_async() -> None:
    def plain(self: Any, work: Any, access: Any) -> None:
        """Do nothing."""

    with pytest.raises(TypeError, match="async"):
        guarded(SIGNED_IN)(plain)
    with pytest.raises(TypeError, match="async"):
        public(lambda self: None)


def test_a_handler_takes_what_the_door_gives() -> None:
    async def bare(self: Any) -> None:
        """Do nothing."""

    with pytest.raises(TypeError, match="no room"):
        guarded(SIGNED_IN)(bare)
