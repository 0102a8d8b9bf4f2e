"""What ought to be after everything that people did: written down a second time, in memory and without a database."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from portal.models import AppointmentStatus, RequestStatus

LENGTH = timedelta(minutes=50)
BUFFER = timedelta(minutes=10)
NOTICE = timedelta(hours=24)
MINUTE = timedelta(seconds=60)
REMIND, CATCH_UP = timedelta(hours=48), timedelta(hours=6)
SIDES = {"casey": {"casey"}, "milo": {"gina"}, "tara": {"gina", "tara"}}
"""Who hears of a client's appointments: the client, and the mother who may schedule."""

Mail = tuple[str, str]


@dataclass
class Booked:
    """An appointment as it ought to be."""

    starts_at: datetime
    clients: frozenset[str]
    made_at: datetime
    status: AppointmentStatus = AppointmentStatus.CONFIRMED

    def is_open(self) -> bool:
        return self.status is AppointmentStatus.CONFIRMED


@dataclass
class Wished:
    """A request as it ought to be. `moves` and `appointment` name appointments; `was_at` is where a moved one was."""

    client: str
    starts_at: datetime
    moves: UUID | None = None
    status: RequestStatus = RequestStatus.REQUESTED
    appointment: UUID | None = None
    was_at: datetime | None = None
    decided_at: datetime | None = None
    suggestions: tuple[datetime, ...] = ()
    held: list[Mail] = field(default_factory=list)


@dataclass
class World:
    """Everything that ought to be there, and every mail that an event explains."""

    appointments: dict[UUID, Booked] = field(default_factory=dict)
    requests: dict[UUID, Wished] = field(default_factory=dict)
    mails: Counter[Mail] = field(default_factory=Counter)
    reminded: set[tuple[UUID, datetime]] = field(default_factory=set)

    def is_free(self, starts_at: datetime, *, but: UUID | None = None, space: timedelta = timedelta()) -> bool:
        return all(
            starts_at + LENGTH + space <= one.starts_at or one.starts_at + LENGTH + space <= starts_at
            for id_, one in self.appointments.items()
            if one.is_open() and id_ != but
        )

    def may_ask(self, client: str, starts_at: datetime, moves: UUID | None, now: datetime) -> bool:
        waiting = [one for one in self.requests.values() if one.client == client and self.waits(one)]
        if len(waiting) >= 10 or starts_at - now < NOTICE:
            return False
        if moves is not None:
            one = self.appointments[moves]
            if client not in one.clients or not one.is_open() or one.starts_at - now < NOTICE:
                return False
        return self.is_free(starts_at, but=moves, space=BUFFER)

    def waits(self, one: Wished) -> bool:
        return one.status is RequestStatus.REQUESTED

    def may_book(self, one: Wished, starts_at: datetime, now: datetime) -> bool:
        if starts_at <= now:
            return False
        if one.moves is not None:
            moved = self.appointments.get(one.moves)
            if moved is None or not moved.is_open() or moved.starts_at <= now:
                return False
        return self.is_free(starts_at, but=one.moves)

    def book(self, one: Wished, id_: UUID, starts_at: datetime, now: datetime, *, by: str = "") -> None:
        """A request becomes an appointment, or moves one; `id_` is the appointment's."""
        if one.moves is None:
            self.appointments[id_] = Booked(starts_at, frozenset({one.client}), now)
        else:
            one.was_at, self.appointments[id_].starts_at = self.appointments[id_].starts_at, starts_at
        one.status, one.appointment, one.starts_at, one.decided_at = RequestStatus.CONFIRMED, id_, starts_at, now
        one.held = self.tell("request_confirmed", [one.client], but=by)

    def may_undo(self, one: Wished, now: datetime) -> bool:
        if one.status not in {RequestStatus.CONFIRMED, RequestStatus.DECLINED} or one.starts_at <= now:
            return False
        if one.status is RequestStatus.DECLINED:
            return True
        booked = self.appointments.get(one.appointment) if one.appointment else None
        if booked is None or not booked.is_open() or booked.starts_at != one.starts_at:
            return False
        return one.was_at is None or (one.was_at > now and self.is_free(one.was_at, but=one.appointment))

    def undo(self, one: Wished, now: datetime) -> None:
        if one.status is RequestStatus.CONFIRMED and one.appointment is not None:
            if one.was_at is None:
                self.forget(one.appointment)
            else:
                self.appointments[one.appointment].starts_at = one.was_at
        assert one.decided_at is not None
        if now < one.decided_at + MINUTE:
            self.mails -= Counter(one.held)
        else:
            self.tell("request_undone", [one.client])
        one.status, one.decided_at, one.held = RequestStatus.REQUESTED, None, []

    def forget(self, id_: UUID) -> None:
        del self.appointments[id_]
        for one in self.requests.values():
            one.appointment = None if one.appointment == id_ else one.appointment
            one.moves = UUID(int=0) if one.moves == id_ else one.moves

    def expire(self, now: datetime) -> None:
        for one in self.requests.values():
            moved = self.appointments.get(one.moves) if one.moves else None
            if self.waits(one) and (one.starts_at <= now or (moved is not None and moved.starts_at <= now)):
                one.status = RequestStatus.EXPIRED

    def remind(self, now: datetime) -> None:
        for id_, one in self.appointments.items():
            is_near = now + REMIND - CATCH_UP < one.starts_at <= now + REMIND
            is_late = one.made_at + REMIND > one.starts_at
            if one.is_open() and is_near and not is_late and (id_, one.starts_at) not in self.reminded:
                self.reminded.add((id_, one.starts_at))
                self.tell("appointment_reminder", one.clients)

    def tell(self, kind: str, clients: Iterable[str], *, but: str = "") -> list[Mail]:
        """Expect a mail to everybody on the clients' side but whoever did it, once each."""
        told = [(kind, who) for who in sorted({who for client in clients for who in SIDES[client]} - {but})]
        self.mails.update(told)
        return told
