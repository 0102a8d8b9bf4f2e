"""Clients of one therapist who all want an appointment, put straight into a database with a live session each."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from uuid import UUID

from sqlmodel import func, select

from bench.people import newcomer, open_session
from portal.access.gate import open_client
from portal.config import Config, Mode
from portal.database import Database, Work
from portal.kit.ids import new_id
from portal.kit.tokens import token_hash
from portal.models import Account, AppointmentRequest, ClientTherapist, Membership, Permission
from portal.scheduling.service_offers import BY_VIDEO, Wish, open_booking


@dataclass(frozen=True)
class Asker:
    """Somebody who asks: the cookie, and for whom."""

    cookie: str
    client_id: str


@dataclass(frozen=True)
class Practice:
    """The people who ask, the therapist's cookie, and what is offered: of whom, what, and when it is free."""

    askers: list[Asker]
    therapist: str
    membership_id: str
    service_id: str
    starts: list[datetime]

    def fields(self, start: datetime) -> dict[str, str]:
        """Return what the page sends with its button."""
        chosen = {"therapist_id": self.membership_id, "service_id": self.service_id, "place": BY_VIDEO}
        return {**chosen, "operation_id": str(new_id()), "starts_at": start.isoformat()}


async def askers_of_tess(folder: Path, number: int) -> Practice:
    """Add clients of Tess to the demo practice in a data folder, and find out what she offers them by video."""
    database = _database(folder)
    async with database.unit_of_work() as work:
        account = (await work.exec(select(Account).where(Account.email_key == "tess@harbor.example"))).one()
        tess = (await work.exec(select(Membership).where(Membership.account_id == account.id))).one()
        found = [await _asker(work, tess, place) for place in range(number)]
        therapist = open_session(work, account)
    async with database.unit_of_work(writes=False) as work:
        token = found[0].cookie.partition("=")[2]
        access = await open_client(work, token_hash(token), UUID(found[0].client_id), Permission.SCHEDULING)
        offers = (await open_booking(work, access, Wish(tess.id))).offers
        service = next(one.service for one in offers if one.service.by_video)
        booking = await open_booking(work, access, Wish(tess.id, service.id, BY_VIDEO))
    await database.close()
    return Practice(found, therapist, str(tess.id), str(service.id), booking.starts)


async def count_requests(folder: Path) -> tuple[int, int]:
    """Return how many requests there are, and from how many clients."""
    database = _database(folder)
    query = select(func.count(AppointmentRequest.id), func.count(func.distinct(AppointmentRequest.client_id)))
    async with database.unit_of_work(writes=False) as work:
        requests, clients = (await work.exec(query)).one()
    await database.close()
    return requests, clients


def _database(folder: Path) -> Database:
    config = Config(mode=Mode.TEST, data_dir=folder)
    return Database(config.database, config.ring())


async def _asker(work: Work, tess: Membership, place: int) -> Asker:
    client, cookie = await newcomer(work, tess.organization_id, "Asker", place)
    belongs = {"organization_id": tess.organization_id, "client_id": client.id, "membership_id": tess.id}
    work.add(ClientTherapist(**belongs, created_at=work.now))
    return Asker(cookie, str(client.id))
