"""From a declared policy and the address of the page to proof of access: the one place where the door asks the gate."""

from dataclasses import dataclass
from uuid import UUID

from portal.access import gate
from portal.access.actor import AccountAccess, ClientAccess, PracticeAccess, StaffTask
from portal.access.subjects import ActingAccess, Subjects
from portal.database import Work
from portal.errors import NotFound
from portal.kit.ids import parse_id
from portal.ui.policy import Login, Need

Access = AccountAccess | ActingAccess | ClientAccess | PracticeAccess | Subjects
_OWN = frozenset({Login.SIGNED_IN, Login.REACH})


@dataclass(frozen=True, slots=True)
class Address:
    """What the address of a page says about whom it is for; all of it is the browser's word and is checked.

    `subject` is `?for=`, `practice` is `?practice=`, `client` is the client of /practice/clients/[client_id].
    `viewed_as` is `?as=`: staff look at the client of `?for=` through the eyes of that client or contact.
    """

    subject: str = ""
    practice: str = ""
    client: str = ""
    viewed_as: str = ""


async def open_access(work: Work, session_hash: str, need: Need, address: Address, *, step_up: bool = False) -> Access:
    """Ask the gate for what a handler needs. Raises SignedOut, NotFound or NotPermitted, and last StepUpNeeded."""
    access = await _open(work, session_hash, need, address)
    if step_up:
        gate.require_step_up(access)
    return access


async def _open(work: Work, session_hash: str, need: Need, address: Address) -> Access:
    if address.viewed_as:
        return await _open_view(work, session_hash, need, address)
    if need is Login.ACTING:
        return await gate.open_acting(work, session_hash)
    if need is Login.REACH:
        return await gate.list_subjects(work, session_hash)
    if isinstance(need, Login):
        return await gate.open_account(work, session_hash)
    if isinstance(need, StaffTask):
        client_id, practice = _id(address.client), address.practice or None
        return await gate.open_practice(work, session_hash, need, practice=practice, client_id=client_id)
    return await gate.open_client(work, session_hash, _id(address.subject), need)


async def _open_view(work: Work, session_hash: str, need: Need, address: Address) -> ActingAccess | ClientAccess:
    """Open what staff see as somebody else. What belongs to a login, or to staff, is no part of it."""
    client_id, whom = _id(address.subject), _id(address.viewed_as)
    if client_id is None or whom is None or need in _OWN or isinstance(need, StaffTask):
        raise NotFound
    if isinstance(need, Login):
        return await gate.open_acting_view(work, session_hash, client_id, whom)
    return await gate.open_view(work, session_hash, client_id, whom, need)


def _id(text: str) -> UUID | None:
    """Read an id; None when the address names nobody, NotFound when it names nonsense."""
    found = parse_id(text)
    if text and found is None:
        raise NotFound
    return found
