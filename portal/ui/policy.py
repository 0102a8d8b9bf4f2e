"""What a handler declares about who may call it. The middleware lets nothing through that has declared nothing."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from portal.access.actor import Capability, StaffTask

_MARK = "_portico_policy"


class Login(StrEnum):
    """What belongs to the login itself needs no more than a live session; so does seeing whom one acts for.

    REACH is for the frame: all that a login reaches, whatever the page is about.
    """

    SIGNED_IN = "signed_in"
    ACTING = "acting"
    REACH = "reach"


SIGNED_IN, ACTING, REACH = Login.SIGNED_IN, Login.ACTING, Login.REACH
Need = Capability | StaffTask | Login


@dataclass(frozen=True, slots=True)
class Policy:
    """Who may call a handler: whoever passes `need`, or anyone with a socket when `need` is None.

    `reads` opens a unit that commits nothing; `live` marks updates that come without a user's action. `step_up` lets
    only those on who have shown within ten minutes who they are. `look` is the kind of look that is written down when
    somebody else than the client sees what the handler shows: of audit.words.ACCESS_KINDS. `otherwise` is what also
    opens a page that only shows, to whom `need` is refused: the proof then says so, and the services show less.
    """

    need: Need | None
    reads: bool = False
    live: bool = False
    step_up: bool = False
    look: str = ""
    otherwise: Capability | None = None


def declare(handler: Callable[..., Any], policy: Policy) -> None:
    """Write a policy on a handler's function."""
    setattr(handler, _MARK, policy)


def policy_of(handler: Callable[..., Any]) -> Policy | None:
    """Read a handler's policy; None when it declared nothing."""
    found = getattr(handler, _MARK, None)
    return found if isinstance(found, Policy) else None
