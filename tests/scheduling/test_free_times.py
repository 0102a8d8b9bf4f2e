"""Free times on clocks that change: every transition of five zones, and the arithmetic around them."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from time import process_time
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.kit.ids import new_id
from portal.models import HoursKind
from portal.scheduling.rules_free import STEP, Wanted, Window, free_starts
from portal.scheduling.rules_time import first_moment, has_one_offset, moments_of, wall_of

SERVICE, OFFICE = new_id(), new_id()
ZONES = ("America/New_York", "Europe/London", "Australia/Lord_Howe", "Africa/Casablanca", "Pacific/Apia")
HOUR = timedelta(hours=1)


def transitions(zone: str) -> list[datetime]:
    """Every moment from 2010 to 2037 at which the clocks of a zone are changed, to the minute."""
    place, found = ZoneInfo(zone), []
    moment = datetime(2010, 1, 1, tzinfo=UTC)
    while moment.year < 2037:
        later = moment + timedelta(hours=6)
        if moment.astimezone(place).utcoffset() != later.astimezone(place).utcoffset():
            low, high = moment, later
            while high - low > timedelta(minutes=1):
                middle = low + (high - low) / 2
                same = middle.astimezone(place).utcoffset() == moment.astimezone(place).utcoffset()
                low, high = (middle, high) if same else (low, middle)
            found.append(high.replace(second=0, microsecond=0))
        moment = later
    return found


TRANSITIONS = [(zone, moment) for zone in ZONES for moment in transitions(zone)]


def window(zone: str, starts: time, ends: time, **more: object) -> Window:
    values = {
        "kind": HoursKind.EXTRA,
        "first_day": date(2009, 1, 1),
        "last_day": date(2040, 1, 1),
        "location_id": OFFICE,
    }
    return Window(zone=zone, starts=starts, ends=ends, **(values | more))  # type: ignore[arg-type]


def test_the_zones_change_their_clocks_often_enough() -> None:
    assert {zone for zone, _ in TRANSITIONS} == set(ZONES)
    assert len(TRANSITIONS) > 180


@pytest.mark.parametrize("zone", ZONES)
def test_every_transition(zone: str) -> None:
    """Hours all around the clock: each start exists on the wall, none is left out, none overlaps its window's end."""
    wanted = Wanted(SERVICE, 50, OFFICE)
    for _, moment in (pair for pair in TRANSITIONS if pair[0] == zone):
        earliest, latest = moment - 30 * HOUR, moment + 30 * HOUR
        starts = free_starts(
            [window(zone, time(0), time(23, 30))], [], wanted, buffer_minutes=0, earliest=earliest, latest=latest
        )
        walls = [datetime.fromisoformat(wall_of(start, zone)) for start in starts]
        assert all(start in moments_of(wall, zone) for start, wall in zip(starts, walls, strict=True))
        assert len(set(starts)) == len(starts)
        assert all(later - earlier >= timedelta(minutes=30) for earlier, later in pairwise(starts))
        night = timedelta(minutes=80)  # from the last start before 23:30 to the first after midnight
        jumps = [later - earlier for earlier, later in pairwise(starts) if later - earlier > night]
        assert all(jump <= night + 2 * HOUR for jump in jumps) or zone == "Pacific/Apia"


def test_the_spring_gap_is_not_offered_and_the_autumn_hour_is_told_apart() -> None:
    zone, wanted = "America/New_York", Wanted(SERVICE, 30, OFFICE)
    for day, expected in (
        (date(2026, 3, 8), ["01:00", "01:30", "03:00", "03:30"]),
        (date(2026, 11, 1), ["01:00", "01:30", "01:00", "01:30", "02:00", "02:30", "03:00", "03:30"]),
    ):
        midnight = first_moment(datetime.combine(day, time()), zone)
        starts = free_starts(
            [window(zone, time(1), time(4))],
            [],
            wanted,
            buffer_minutes=0,
            earliest=midnight,
            latest=midnight + 20 * HOUR,
        )
        assert [wall_of(start, zone)[11:] for start in starts] == expected
    assert moments_of(datetime(2026, 3, 8, 2, 30), zone) == []  # noqa: DTZ001 - a wall time
    assert [one.hour for one in moments_of(datetime(2026, 11, 1, 1, 30), zone)] == [5, 6]  # noqa: DTZ001


def test_a_day_that_a_country_left_out_has_no_times() -> None:
    left_out = date(2011, 12, 30)
    assert not has_one_offset(left_out, "Pacific/Apia")
    assert moments_of(datetime.combine(left_out, time(12)), "Pacific/Apia") == []


MINUTES = st.integers(0, 14 * 24 * 4).map(lambda quarter: timedelta(minutes=15 * quarter))
BASE = datetime(2026, 10, 26, tzinfo=UTC)


@settings(max_examples=150, deadline=None)
@given(
    taken=st.lists(st.tuples(MINUTES, st.integers(5, 300)), max_size=12),
    minutes=st.integers(5, 240),
    buffer=st.integers(0, 60),
    away=st.booleans(),
    zone=st.sampled_from(ZONES),
)
def test_no_free_time_touches_what_is_taken_and_none_is_kept_back(
    taken: list[tuple[timedelta, int]], minutes: int, buffer: int, away: bool, zone: str
) -> None:
    spans = [(BASE + start, BASE + start + timedelta(minutes=length)) for start, length in taken]
    windows = [
        Window(HoursKind.WEEKLY, zone, weekday=day, starts=time(9), ends=time(17), location_id=OFFICE)
        for day in range(5)
    ]
    if away:
        windows.append(Window(HoursKind.AWAY, zone, first_day=date(2026, 10, 29), last_day=date(2026, 10, 30)))
    wanted = Wanted(SERVICE, minutes, OFFICE)
    limits = {"earliest": BASE, "latest": BASE + timedelta(days=14)}
    free = free_starts(windows, spans, wanted, buffer_minutes=buffer, **limits)
    everything = free_starts(windows, [], wanted, buffer_minutes=0, **limits)
    length, space = timedelta(minutes=minutes), timedelta(minutes=buffer)
    fitting = [
        start
        for start in everything
        if all(end + space <= start or start + length <= first - space for first, end in spans)
    ]
    assert free == fitting
    if away:
        days = {start.astimezone(ZoneInfo(zone)).date() for start in free}
        assert not days & {date(2026, 10, 29), date(2026, 10, 30)}


def test_a_service_and_a_place_have_hours_of_their_own() -> None:
    other = new_id()
    windows = [
        window("UTC", time(9), time(10), service_id=SERVICE),
        window("UTC", time(11), time(12), service_id=other),
        window("UTC", time(13), time(14), location_id=None),
        window("UTC", time(15), time(16), by_video=True),
    ]
    limits = {"buffer_minutes": 0, "earliest": BASE, "latest": BASE + timedelta(hours=23)}
    hours = [
        [start.hour for start in free_starts(windows, [], Wanted(service, 60, place), **limits)]  # type: ignore[arg-type]
        for service, place in ((SERVICE, OFFICE), (other, OFFICE), (SERVICE, None))
    ]
    assert hours == [[9, 15], [11, 15], [13, 15]]
    assert timedelta(minutes=30) == STEP


def test_many_appointments_and_sixty_days_are_quick() -> None:
    """Aim: 15 ms with reading; the arithmetic alone has to stay well below, also on a busy machine."""
    zone = "America/New_York"
    windows = [
        Window(HoursKind.WEEKLY, zone, weekday=day, starts=time(8), ends=time(18), location_id=OFFICE)
        for day in range(5)
    ]
    spans = [(BASE + i * timedelta(minutes=45), BASE + i * timedelta(minutes=45, seconds=1)) for i in range(2000)]
    before = process_time()
    free_starts(
        windows, spans, Wanted(SERVICE, 50, OFFICE), buffer_minutes=10, earliest=BASE, latest=BASE + timedelta(days=60)
    )
    assert process_time() - before < 0.1
