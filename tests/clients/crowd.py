"""Many invented clients at once: names as lists of people have them, some frequent, most not."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy import text
from sqlmodel import insert

from portal.clients.search_words import words_of
from portal.database import Database
from portal.demo.people import Cast
from portal.kit.ids import new_id
from portal.models import Client, ClientSearchWord, ClientTherapist
from portal.models.clients import sort_key

_STARTS = ("Al", "Be", "Ca", "Da", "El", "Fa", "Go", "Ha", "In", "Jo", "Ka", "Lo", "Ma", "No", "Ol", "Pe", "Ra", "Sa")
_MIDDLES = ("ber", "din", "fan", "gor", "lim", "mar", "nel", "ran", "ster", "tov", "vin", "wick")
_ENDS = ("a", "an", "elli", "er", "in", "o", "son", "ström", "ton", "y")
FAMILY = [start + middle + end for start in _STARTS for middle in _MIDDLES for end in _ENDS]
GIVEN = [start + end for start in _STARTS for end in ("lia", "mir", "na", "rik", "thea", "vid")]


async def add_crowd(database: Database, cast: Cast, count: int) -> None:
    """Add clients to Harbor: the last of them is Zacharias Zimmermann, every hundredth belongs to Tess."""
    people = [_person(number) for number in range(count - 1)] + [("Zacharias", "Zimmermann")]
    clients: list[dict[str, Any]] = []
    words: list[dict[str, Any]] = []
    assigned: list[dict[str, Any]] = []
    for number, (given, family) in enumerate(people):
        base = {"organization_id": cast.harbor.id, "created_at": database.clock()}
        client = {
            **base,
            "id": new_id(),
            "given_name": given,
            "family_name": family,
            "sort_key": sort_key(family, given),
            "birth_date": date(1950, 1, 1) + timedelta(days=number),
            "email": "" if number % 10 == 0 else f"{given}.{family}{number}@mail.example".lower(),
            "phone": f"+1 212-555-{number % 10_000:04}",
        }
        clients.append(client)
        found = words_of((given, family), client["email"], client["phone"])
        words += [{"organization_id": cast.harbor.id, "client_id": client["id"], "word": word} for word in found]
        staff = cast.staff["tess" if number % 100 == 0 else "noah"]
        assigned.append({**base, "id": new_id(), "client_id": client["id"], "membership_id": staff.id})
    async with database.unit_of_work() as work:
        for table, rows in ((Client, clients), (ClientSearchWord, words), (ClientTherapist, assigned)):
            await work.exec(insert(table), params=rows)
    if not database.is_sqlite:
        await _analyze(database)


async def _analyze(database: Database) -> None:
    """What autovacuum does within a minute."""
    async with database.unit_of_work() as work:
        await (await work.connection()).execute(text("ANALYZE"))


def _person(number: int) -> tuple[str, str]:
    return GIVEN[number * 7 % len(GIVEN)], FAMILY[number * 11 % len(FAMILY)]


def median(values: Sequence[float]) -> float:
    """The middle one."""
    return sorted(values)[len(values) // 2]
