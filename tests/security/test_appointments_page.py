"""Appointments over a bare socket: every handler, by who may and by who may not, with others' ids and nonsense."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from sqlmodel import col, select

from portal.models import Appointment, AppointmentAttendee, AppointmentRequest, Hours, Location, RequestStatus, Service
from tests.security.conftest import Door
from tests.security.tab import PAGE, Tab

OWN = f"{PAGE}.portal___scheduling___state____appointments_state"
ASKING = f"{PAGE}.portal___scheduling___asking___state____asking_state"
REQUESTS = f"{PAGE}.portal___scheduling___requests___state____requests_state"
PLANNING = f"{PAGE}.portal___scheduling___week___state_planning____planning_state"
CALENDAR = f"{PAGE}.portal___scheduling___week___state____calendar_state"
OFFERING = f"{PAGE}.portal___scheduling___offering___state____offering_state"
HOURS = f"{PAGE}.portal___scheduling___availability___state____availability_state"
SHELL = f"{PAGE}.portal___ui___shell_state____shell_state"
TABLES = (
    "appointment",
    "appointment_request",
    "appointment_attendee",
    "request_suggestion",
    "hours",
    "therapist_profile",
    "service",
    "location",
)
NOBODY = "0191b3a0-0000-7000-8000-000000000000"


@pytest.fixture
async def stored(door: Door) -> dict[str, str]:
    """Ids of what is there of three weeks of appointments."""
    tess = door.cast.staff["tess"]
    async with door.database.unit_of_work(writes=False) as work:
        request = select(AppointmentRequest.id).where(
            AppointmentRequest.client_id == door.cast.clients["casey"].id,
            AppointmentRequest.status == RequestStatus.REQUESTED,
        )
        appointment = (
            select(Appointment.id)
            .join(AppointmentAttendee, col(AppointmentAttendee.appointment_id) == col(Appointment.id))
            .where(
                Appointment.membership_id == tess.id,
                AppointmentAttendee.client_id == door.cast.clients["casey"].id,
                col(Appointment.starts_at) > work.now + timedelta(days=1),
            )
            .order_by(col(Appointment.starts_at))
        )
        hours = select(Hours.id).where(Hours.membership_id == tess.id)
        service = select(Service.id).where(
            Service.organization_id == tess.organization_id, Service.name == "Individual therapy"
        )
        place = select(Location.id).where(Location.organization_id == tess.organization_id)
        return {
            "request": str((await work.exec(request)).first()),
            "appointment": str((await work.exec(appointment)).first()),
            "hours": str((await work.exec(hours)).first()),
            "service": str((await work.exec(service)).one()),
            "place": str((await work.exec(place)).one()),
            "therapist": str(tess.id),
        }


def staff_attempts(door: Door, stored: dict[str, str]) -> list[tuple[str, dict[str, Any]]]:
    """Every change that staff can make, at what is Tess's."""
    change = {"appointment_id": stored["appointment"], "revision": "1"}
    therapist = {"therapist_id": stored["therapist"]}
    return [
        (f"{REQUESTS}.confirm", {"request": stored["request"], "revision": 1}),
        (f"{REQUESTS}.open_decline", {"request": stored["request"]}),
        (f"{REQUESTS}.decline", {"fields": {"request_id": stored["request"], "revision": "1"}}),
        (f"{REQUESTS}.undo", {"request": stored["request"], "revision": 1}),
        (f"{CALENDAR}.change", {"fields": {**change, "deed": "delete"}}),
        (f"{CALENDAR}.change", {"fields": {**change, "deed": "cancel"}}),
        (f"{CALENDAR}.change", {"fields": {**change, "deed": "move", "day": "2027-01-04", "time": "09:00"}}),
        (
            f"{CALENDAR}.create",
            {
                "fields": {
                    **therapist,
                    "service_id": stored["service"],
                    "clients": door.client_id("casey"),
                    "place": "video",
                    "day": "2027-01-04",
                    "time": "09:00",
                }
            },
        ),
        (f"{HOURS}.remove", {"therapist": stored["therapist"], "hours": stored["hours"]}),
        (f"{HOURS}.save_profile", {"fields": {**therapist, "buffer_minutes": "5"}}),
        (f"{HOURS}.add_days", {"fields": {**therapist, "kind": "away", "first_day": "2027-01-04"}}),
        (f"{OFFERING}.archive_service", {"service": stored["service"]}),
        (f"{OFFERING}.archive_location", {"location": stored["place"]}),
        (f"{OFFERING}.add_location", {"fields": {"name": "Elsewhere"}}),
        (f"{OFFERING}.add_service", {"fields": {"name": "X", "minutes": "50", "price": "1", "in_person": "on"}}),
        (
            f"{HOURS}.add_week",
            {"fields": {**therapist, "day_0": "on", "starts": "07:00", "ends": "08:00", "place": "video"}},
        ),
    ]


@pytest.mark.parametrize(
    ("name", "practice"), [("noah", "harbor"), ("bea", "harbor"), ("theo", "lakeside"), ("casey", "harbor")]
)
async def test_nobody_changes_what_is_another_therapist_s(
    door: Door, stored: dict[str, str], name: str, practice: str
) -> None:
    before = await door.rows(*TABLES)
    tab = await door.tab_of(name, query={"practice": practice})
    for handler, sent in staff_attempts(door, stored):
        await tab.do(handler, **sent)
        assert tab.refused, handler
    assert "Casey Lin" not in tab.text or name == "casey"
    await tab.do(f"{PLANNING}.find", fields={"name": "casey"})
    found = {one["id"] for one in tab.state.get(PLANNING, {}).get("found", [])}
    assert found <= {door.client_id("casey_lakeside")}, "who is a client of both practices"
    assert not found or name == "theo"
    assert await door.rows(*TABLES) == before


@pytest.mark.parametrize("name", ["gina", "pete", "tara", "quinn"])
async def test_nobody_reaches_casey_s_requests(door: Door, stored: dict[str, str], name: str) -> None:
    before = await door.rows(*TABLES)
    own = {"gina": "milo", "pete": "milo", "tara": "tara", "quinn": "quinn"}[name]
    for client in (own, "casey"):
        tab = await door.tab_of(name, query={"for": door.client_id(client)})
        for handler, sent in (
            ("withdraw", {"request": stored["request"], "revision": 1}),
            ("accept", {"request": stored["request"], "revision": 1, "starts_at": "2027-01-04T14:00:00+00:00"}),
            ("cancel", {"appointment": stored["appointment"], "revision": 1}),
        ):
            await tab.do(f"{OWN}.{handler}", **sent)
            assert tab.refused, handler
        tab.query = {"for": door.client_id("casey")}
        await tab.do(f"{OWN}.load")
        assert "Casey" not in tab.text
    assert await door.rows(*TABLES) == before


REQUEST = {"operation_id": str(uuid4()), "therapist_id": NOBODY, "service_id": NOBODY, "place": "video"}


@pytest.mark.parametrize(
    ("handler", "sent"),
    [
        (f"{ASKING}.send", {"fields": {}}),
        (f"{ASKING}.send", {"fields": {**REQUEST, "starts_at": "2027-01-04T14:00:00"}}),
        (f"{ASKING}.send", {"fields": {**REQUEST, "starts_at": "2027-01-04T14:00:00Z"}}),
        (f"{ASKING}.send", {"fields": {**REQUEST, "starts_at": "2027-01-04T14:00:00Z", "client_id": NOBODY}}),
        (f"{ASKING}.send", {"fields": {**REQUEST, "starts_at": "2027-01-04T14:00:00Z", "note": "x" * 1001}}),
        (f"{ASKING}.choose", {"step": "price", "choice": NOBODY}),
        (f"{ASKING}.choose", {"step": "place", "choice": {"a": 1}}),
        (f"{ASKING}.see_zone", {"zone": "x" * 61}),
        (f"{OWN}.cancel", {"appointment": NOBODY, "revision": True}),
        (f"{OWN}.withdraw", {"request": NOBODY, "revision": 10**30}),
        (f"{OWN}.accept", {"request": NOBODY, "revision": 1, "starts_at": "2027-01-04T14:00:00"}),
    ],
)
async def test_nonsense_gets_a_sentence(door: Door, stored: dict[str, str], handler: str, sent: dict[str, Any]) -> None:
    before = await door.rows(*TABLES)
    casey = await door.tab_of("casey", query={"for": door.client_id("casey")})
    await casey.do(handler, **sent)
    assert casey.refused
    assert "Something went wrong" not in casey.text
    assert await door.rows(*TABLES) == before


@pytest.mark.parametrize(
    "zone", ["../../etc/passwd", "/etc/localtime", "No/Where", "America/New_York", "", "Europe/Lond\u043en"]
)
async def test_any_zone_shows_times(door: Door, stored: dict[str, str], zone: str) -> None:
    casey = await door.tab_of("casey", query={"for": door.client_id("casey")})
    await casey.do(f"{OWN}.see_zone", zone=zone)
    assert "Something went wrong" not in casey.text
    assert casey.state[OWN]["zone_note"] == "Times are in New York time."


async def test_a_request_reaches_the_icon_and_the_answer_the_client(door: Door, stored: dict[str, str]) -> None:
    tess = await door.tab_of("tess", query={"practice": "harbor"}, path="/practice/requests")
    await tess.do(f"{SHELL}.load")
    await tess.do(f"{REQUESTS}.load")
    before = tess.state[SHELL]["waiting_requests"]
    casey = await door.tab_of("casey", query={"for": door.client_id("casey")}, path="/appointments")
    await casey.do(f"{OWN}.load")
    await casey.do(f"{ASKING}.choose", step="service", choice=stored["service"])
    await casey.do(f"{ASKING}.choose", step="place", choice=stored["place"])
    start = casey.state[ASKING]["days"][0]["times"][0]["id"]
    fields = {
        "operation_id": str(uuid4()),
        "therapist_id": stored["therapist"],
        "service_id": stored["service"],
        "place": stored["place"],
        "starts_at": start,
        "note": "<img src=x onerror=alert(1)>",
    }
    for _ in range(2):
        await casey.do(f"{ASKING}.send", fields=fields)
    await tess.until(lambda: tess.state[SHELL]["waiting_requests"] == before + 1)
    await tess.until(lambda: any(row["note"].startswith("<img") for row in tess.state[REQUESTS]["waiting"]))
    row = next(row for row in tess.state[REQUESTS]["waiting"] if row["note"].startswith("<img"))
    await tess.do(f"{REQUESTS}.confirm", request=row["id"], revision=row["revision"])
    assert tess.page["notice_tone"] == "info"
    await tess.do(f"{REQUESTS}.confirm", request=row["id"], revision=row["revision"])
    assert tess.refused
    await _hears(casey)


async def _hears(casey: Tab) -> None:
    await casey.do(f"{OWN}.load")
    await casey.until(lambda: len(casey.state[OWN]["upcoming"]) > 1)
