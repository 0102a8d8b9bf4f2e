"""Many people, played by hypothesis: whatever they do, nothing overlaps, no request is lost, every mail is explained.

Every step is compared with a model of what ought to be (`model.py`): what may be done is done, and nothing else.
"""

import os
from collections.abc import Collection, Coroutine, Iterator
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any
from uuid import UUID, uuid4

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from portal.errors import PortalError
from portal.models import AppointmentStatus, RequestStatus
from portal.models.scheduling import TAKES_TIME
from portal.scheduling import changes, service_jobs
from tests.scheduling.desk import NEW_YORK, at
from tests.scheduling.model import LENGTH, Booked, Wished, World
from tests.scheduling.stage import DEEDS, EVERY_STEP, PAIRS, Stage, stored
from tests.scheduling.unguarded import drop_what_the_database_holds

TIMES = st.sampled_from([at(9), at(9, 30), at(10), at(10, 30), at(13), at(14), at(15)])
PEOPLE = st.sampled_from(PAIRS)
STAFF = st.sampled_from(["tess", "frank"])
WHICH = st.integers(0, 30)


class Play(RuleBasedStateMachine):
    """One play. A step that the model allows has to succeed, one that it forbids has to be refused."""

    stage: Stage

    def __init__(self) -> None:
        super().__init__()
        self.desk, self.clock, self.world = self.stage.desk, self.stage.clock, World()
        self.operations: dict[UUID, tuple[tuple[str, str], UUID]] = {}
        self.stage.run(self.stage.empty())

    def does(self, allowed: bool, deed: Coroutine[Any, Any, Any]) -> Any:
        """Do it; True or what it returned when it was done. It has to be done exactly when it is allowed."""
        try:
            done, said = self.stage.run(deed) or True, ""
        except PortalError as refused:
            done, said = None, refused.sentence
        assert bool(done) == allowed, f"{deed.__name__}: {said or 'this had to be refused'}"
        self.stage.done[deed.__name__] += done is not None
        return done

    def request(self, place: int, *, waits: bool = True) -> tuple[UUID, Wished]:
        """One of the requests; mostly one that waits, or one that does not."""
        found = list(self.world.requests.items())
        fitting = [each for each in found if self.world.waits(each[1]) is waits]
        among = fitting if fitting and place % 4 else found
        return among[place % len(among)]

    def booked(self, place: int) -> UUID:
        """One of the appointments; mostly one that is not over."""
        found = list(self.world.appointments)
        fitting = [each for each in found if self.world.appointments[each].is_open()]
        among = fitting if fitting and place % 4 else found
        return among[place % len(among)]

    def side(self, clients: Collection[str], place: int) -> tuple[str, str]:
        """Somebody who may act for one of these clients; sometimes somebody who may not."""
        theirs = [pair for pair in PAIRS if pair[1] in clients]
        return (theirs if place % 5 else PAIRS)[place % len(theirs if place % 5 else PAIRS)]

    @initialize()
    def a_morning(self) -> None:
        self._ask(PAIRS[0], at(10), None)
        self._ask(PAIRS[1], at(10, 30), None)
        self._ask(PAIRS[3], at(14), None)

    @rule(who=PEOPLE, starts_at=TIMES)
    def ask(self, who: tuple[str, str], starts_at: datetime) -> None:
        self._ask(who, starts_at, None)

    @precondition(lambda self: self.world.appointments)
    @rule(starts_at=TIMES, place=WHICH)
    def ask_to_move(self, starts_at: datetime, place: int) -> None:
        id_ = self.booked(place)
        self._ask(self.side(self.world.appointments[id_].clients, place), starts_at, id_)

    def _ask(self, who: tuple[str, str], starts_at: datetime, moves: UUID | None) -> None:
        operation, access = uuid4(), self.stage.people[who]
        allowed = self.world.may_ask(who[1], starts_at, moves, self.clock.now)
        for _ in range(2):  # everybody presses twice
            made = self.does(allowed, self.desk.ask(access, starts_at, operation=operation, moves=moves))
        if made:
            self.world.requests[made] = Wished(who[1], starts_at, moves)
            self.world.mails["request_received", "tess"] += 1

    @precondition(lambda self: self.world.requests)
    @rule(staff=STAFF, place=WHICH)
    def confirm(self, staff: str, place: int) -> None:
        id_, one = self.request(place)
        allowed = self.world.waits(one) and self.world.may_book(one, one.starts_at, self.clock.now)
        if self.does(allowed, self.desk.confirm(self.stage.deciding[staff], id_)):
            self.world.book(one, self._made_of(id_), one.starts_at, self.clock.now)

    @precondition(lambda self: self.world.requests)
    @rule(staff=STAFF, place=WHICH, others=st.lists(TIMES, max_size=3, unique=True))
    def decline(self, staff: str, place: int, others: list[datetime]) -> None:
        id_, one = self.request(place)
        fit = all(start > self.clock.now and self.world.is_free(start) for start in others)
        if self.does(self.world.waits(one) and fit, self.desk.decline(self.stage.deciding[staff], id_, *others)):
            one.status, one.decided_at, one.suggestions = RequestStatus.DECLINED, self.clock.now, tuple(others)
            one.held = self.world.tell("request_declined", [one.client])

    @precondition(lambda self: any(one.suggestions for one in self.world.requests.values()))
    @rule(place=WHICH, which=WHICH)
    def accept(self, place: int, which: int) -> None:
        offered = [(id_, one) for id_, one in self.world.requests.items() if one.suggestions]
        id_, one = offered[place % len(offered)]
        who = self.side([one.client], which)
        starts_at = one.suggestions[which % len(one.suggestions)]
        theirs = one.status is RequestStatus.DECLINED and who[1] == one.client
        allowed = theirs and self.world.may_book(one, starts_at, self.clock.now)
        if self.does(allowed, self.desk.accept(self.stage.people[who], id_, starts_at)):
            self.world.book(one, self._made_of(id_), starts_at, self.clock.now, by=who[0])
            self.world.mails["appointment_taken", "tess"] += 1

    @precondition(lambda self: self.world.requests)
    @rule(place=WHICH)
    def withdraw(self, place: int) -> None:
        id_, one = self.request(place)
        who = self.side([one.client], place)
        allowed = self.world.waits(one) and who[1] == one.client
        if self.does(allowed, self.desk.withdraw(self.stage.people[who], id_)):
            one.status = RequestStatus.WITHDRAWN

    @precondition(lambda self: self.world.requests)
    @rule(staff=STAFF, place=WHICH)
    def undo(self, staff: str, place: int) -> None:
        id_, one = self.request(place, waits=False)
        allowed = self.world.may_undo(one, self.clock.now)
        if self.does(allowed, self.desk.undo(self.stage.deciding[staff], id_)):
            self.world.undo(one, self.clock.now)

    @rule(staff=STAFF, starts_at=TIMES, who=st.sampled_from([("casey",), ("milo",), ("milo", "tara")]))
    def create(self, staff: str, starts_at: datetime, who: tuple[str, ...]) -> None:
        made = self.does(
            self.world.is_free(starts_at), self.desk.create(self.stage.calendar[staff], _wall(starts_at), *who)
        )
        if made:
            self.world.appointments[made] = booked = Booked(starts_at, frozenset(who), self.clock.now)
            self._tell("appointment_created", booked)

    @precondition(lambda self: self.world.appointments)
    @rule(staff=STAFF, place=WHICH, starts_at=TIMES)
    def move(self, staff: str, place: int, starts_at: datetime) -> None:
        id_ = self.booked(place)
        one = self.world.appointments[id_]
        allowed = one.is_open() and self.world.is_free(starts_at, but=id_)
        if self.does(allowed, self.desk.alter("move", self.stage.calendar[staff], id_, wall=_wall(starts_at))):
            one.starts_at = starts_at
            self._tell("appointment_rescheduled", one)

    @precondition(lambda self: self.world.appointments)
    @rule(staff=STAFF, place=WHICH, deed=st.sampled_from(["cancel", "delete"]))
    def take_away(self, staff: str, place: int, deed: str) -> None:
        id_ = self.booked(place)
        one = self.world.appointments[id_]
        allowed = deed == "delete" or one.is_open()
        if self.does(allowed, self.desk.alter(deed, self.stage.calendar[staff], id_)):
            self._tell(f"appointment_{deed}led" if deed == "cancel" else "appointment_deleted", one)
            if deed == "delete":
                self.world.forget(id_)
            else:
                one.status = AppointmentStatus.CANCELLED

    @precondition(lambda self: self.world.appointments)
    @rule(place=WHICH)
    def give_back(self, place: int) -> None:
        id_ = self.booked(place)
        one = self.world.appointments[id_]
        who = self.side(one.clients, place)
        in_time = one.starts_at - self.clock.now >= timedelta(hours=24)
        allowed = who[1] in one.clients and one.is_open() and in_time
        if self.does(allowed, self.desk.cancel(self.stage.people[who], id_)):
            one.status = AppointmentStatus.CANCELLED
            self.world.tell("appointment_cancelled", one.clients, but=who[0])
            self.world.mails["appointment_given_back", "tess"] += 1

    @rule(passed=st.sampled_from([timedelta(seconds=20), timedelta(seconds=90), timedelta(hours=5), timedelta(days=2)]))
    def wait(self, passed: timedelta) -> None:
        self.clock.now += passed
        for _ in range(2):  # two workers
            self.stage.run(self._jobs())
        self.world.expire(self.clock.now)
        self.world.remind(self.clock.now)

    async def _jobs(self) -> None:
        for job in (service_jobs.expire_requests, service_jobs.remind):
            async with self.stage.database.unit_of_work() as work:
                await job(work)

    def _made_of(self, id_: UUID) -> UUID:
        made = self.stage.run(self.desk.request(id_)).appointment_id
        assert made is not None
        return made

    def _tell(self, kind: str, one: Any) -> None:
        if one.starts_at + LENGTH > self.clock.now:
            self.world.tell(kind, one.clients)

    @invariant()
    def all_is_as_it_ought_to_be(self) -> None:
        appointments, requests, mails = self.stage.run(stored(self.desk))
        taking = sorted((one.starts_at, one.ends_at) for one in appointments if one.status in TAKES_TIME)
        assert all(end <= start for (_, end), (start, _) in pairwise(taking)), "two in one chair"
        assert {one.id: (one.starts_at, one.status) for one in appointments} == {
            id_: (one.starts_at, one.status) for id_, one in self.world.appointments.items()
        }
        assert {one.id: (one.starts_at, one.status) for one in requests} == {
            id_: (one.starts_at, one.status) for id_, one in self.world.requests.items()
        }
        assert mails == +self.world.mails


def _wall(moment: datetime) -> datetime:
    return moment.astimezone(NEW_YORK).replace(tzinfo=None)


@pytest.fixture
def stage(database_url: str, cast: Any, tmp_path: Any) -> Iterator[Stage]:
    made = Stage(database_url, cast, tmp_path / "data")
    yield made
    made.close()


def play(stage: Stage) -> None:
    """Play the same plays every time, so that a failure in CI is a failure here; PLAYS=500 plays that many new ones."""
    asked = int(os.environ.get("PLAYS", "0"))
    machine = type("Play", (Play,), {"stage": stage})
    run_state_machine_as_test(  # type: ignore[no-untyped-call]
        machine,
        settings=settings(
            max_examples=asked or (12 if stage.database.is_sqlite else 8),
            stateful_step_count=30,
            deadline=None,
            derandomize=not asked,
            database=None,
            phases=[Phase.generate, Phase.shrink] if asked else [Phase.generate],
            suppress_health_check=list(HealthCheck),
        ),
    )


def test_whatever_people_do_nothing_overlaps_and_nothing_is_lost(stage: Stage) -> None:
    play(stage)
    assert stage.done["ask"]


def test_every_kind_of_step_is_done_once_in_a_play(stage: Stage) -> None:
    """Which steps random plays draw depends on what else the process has loaded; here each of them happens."""
    made = type("Play", (Play,), {"stage": stage})()
    for step, given in EVERY_STEP:
        before = stage.done.total()
        getattr(made, step)(**given)
        assert step == "wait" or stage.done.total() > before, f"{step} was refused"
        made.all_is_as_it_ought_to_be()
    assert {name for name in DEEDS if stage.done[name]} == DEEDS


def test_control_without_the_look_at_what_is_taken_the_play_finds_it(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def look_away(*_args: Any, **_more: Any) -> None:
        return

    monkeypatch.setattr(changes, "assert_free", look_away)
    stage.run(drop_what_the_database_holds(stage.desk))
    with pytest.raises(AssertionError):
        play(stage)
