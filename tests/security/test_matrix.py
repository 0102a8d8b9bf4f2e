"""Handler by person by client or practice: who gets through the door, against a table written by hand from product.md.

The rows of the matrix are the handlers that are registered, so a new one is in it without anybody's doing.
"""

from typing import Any

import pytest

from portal.access.actor import Sight
from portal.database import Database
from portal.demo.people import Cast
from portal.errors import NotFound, NotPermitted, SignedOut
from portal.kit.tokens import new_token, token_hash
from portal.models import Session
from portal.ui.opening import Address, open_access
from portal.ui.policy import policy_of
from tests.security.test_registry import OWN, REGISTERED

CLIENTS = ("casey", "morgan", "milo", "gina", "tara", "omar", "quinn", "casey_lakeside")
PEOPLE = (
    "avery", "tess", "noah", "bea", "frank", "lena", "theo",
    "casey", "morgan", "gina", "tara", "omar", "quinn", "pete",
)  # fmt: skip
ONESELF = {
    "casey": {"casey", "casey_lakeside"},
    "morgan": {"morgan"},
    "gina": {"gina"},
    "tara": {"tara"},
    "omar": {"omar"},
    "quinn": {"quinn"},
}

# Whom each person may do it for. Everybody who is not named may do it for nobody.
FOR_CLIENTS: dict[str, dict[str, set[str]]] = {
    "forms": {**ONESELF, "gina": {"gina", "milo"}},
    "payments": {
        "casey": {"casey"},
        "morgan": {"morgan"},
        "gina": {"gina", "milo", "tara"},
        "tara": {"tara"},
        "pete": {"milo"},
    },
    "scheduling": {"casey": {"casey"}, "gina": {"milo", "tara"}, "tara": {"tara"}},
    "messaging": {"casey": {"casey"}, "gina": {"milo"}, "tara": {"tara"}},
    "insurance": {
        "casey": {"casey", "casey_lakeside"},
        "morgan": {"morgan"},
        "gina": {"gina", "milo"},
        "tara": {"tara"},
        "quinn": {"quinn"},
    },
    "own_record": ONESELF,
    "own_appointments": {**ONESELF, "gina": {"gina", "milo", "tara"}},
}
HARBOR, LAKESIDE = "harbor", "lakeside"
WORKS_AT = {
    "avery": HARBOR, "tess": HARBOR, "noah": HARBOR, "bea": HARBOR, "frank": HARBOR, "lena": LAKESIDE, "theo": LAKESIDE,
}  # fmt: skip
ADMINS, THERAPISTS = {"avery", "lena"}, {"tess", "noah", "theo"}
# Who may do it at all, in their own practice; how far it reaches is tests/access' business.
FOR_STAFF: dict[str, set[str]] = {
    "today": set(WORKS_AT),
    "settings": ADMINS,
    "team": ADMINS,
    "audit": ADMINS,
    "see_clients": set(WORKS_AT),
    "edit_clients": ADMINS | THERAPISTS | {"frank"},
    "send_forms": ADMINS | THERAPISTS | {"frank"},
    "read_answers": ADMINS | THERAPISTS | {"frank"},
    "appointments": set(WORKS_AT),
    "decide_requests": ADMINS | THERAPISTS | {"frank"},
    "money": ADMINS | THERAPISTS | {"bea"},
    "insurance_review": ADMINS | {"bea"},
    "messages": ADMINS | THERAPISTS,
    "view_as": ADMINS | THERAPISTS,
}


def _word(need: Any) -> str:
    """The name of a need in the tables; one's own appointments and staff's are called alike."""
    return "own_appointments" if need is Sight.APPOINTMENTS else str(need)


GUARDED = sorted(name for name in OWN if (policy := policy_of(OWN[name].handler.fn)) and policy.need is not None)
BY_NEED: dict[str, tuple[Any, list[str]]] = {}
"""Everything that a handler can need, and the handlers that need it: they share one answer of the gate."""
for _name in GUARDED:
    _need = policy_of(REGISTERED[_name].handler.fn).need  # type: ignore[union-attr]
    BY_NEED.setdefault(_word(_need), (_need, []))[1].append(_name)


@pytest.fixture
async def sessions(database: Database, cast: Cast) -> dict[str, str]:
    """The hash of a live session for everybody."""
    made = {person: token_hash(new_token()) for person in PEOPLE}
    async with database.unit_of_work() as work:
        for person, session_hash in made.items():
            account_id = cast.accounts[person].id
            row = Session(account_id=account_id, token_hash=session_hash, created_at=work.now, touched_at=work.now)
            work.add(row)
    return made


async def _gets_in(database: Database, session_hash: str, need: Any, address: Address) -> bool:
    async with database.unit_of_work(writes=False) as work:
        try:
            await open_access(work, session_hash, need, address)
        except (NotFound, NotPermitted):
            return False
    return True


def test_the_table_knows_every_need() -> None:
    assert {*FOR_CLIENTS, *FOR_STAFF, "signed_in", "acting", "reach"} >= set(BY_NEED)


@pytest.mark.parametrize("word", sorted(BY_NEED))
async def test_matrix(database: Database, cast: Cast, sessions: dict[str, str], word: str) -> None:
    need, handlers = BY_NEED[word]
    found = {
        (person, target): await _gets_in(database, sessions[person], need, address)
        for person in PEOPLE
        for target, address in _addresses(word, cast)
    }
    wrong = [case for case, got_in in found.items() if got_in != _expected(word, *case)]
    assert wrong == [], f"not as the table says, for {handlers}"


def _addresses(need: str, cast: Cast) -> list[tuple[str, Address]]:
    if need in FOR_CLIENTS:
        return [(client, Address(subject=str(cast.clients[client].id))) for client in CLIENTS]
    if need in FOR_STAFF:
        return [(practice, Address(practice=practice)) for practice in (HARBOR, LAKESIDE, "nowhere")]
    return [("", Address())]


def _expected(need: str, person: str, target: str) -> bool:
    if need in FOR_CLIENTS:
        return target in FOR_CLIENTS[need].get(person, set())
    if need in FOR_STAFF:
        return WORKS_AT.get(person) == target and person in FOR_STAFF[need]
    return True


@pytest.mark.parametrize("word", sorted(BY_NEED))
async def test_nobody_gets_in_without_a_session(database: Database, cast: Cast, word: str) -> None:
    need, _ = BY_NEED[word]
    for session_hash in ("", token_hash(new_token())):
        for _, address in (*_addresses(word, cast), ("", Address())):
            with pytest.raises(SignedOut):
                async with database.unit_of_work(writes=False) as work:
                    await open_access(work, session_hash, need, address)
