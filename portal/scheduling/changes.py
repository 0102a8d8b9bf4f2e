"""What is written about requests and appointments: every change compares status and revision before it swaps them."""

from collections.abc import Collection, Iterable
from datetime import datetime
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import IntegrityError
from sqlmodel import col, delete, func, insert, select, update

from portal.database import Work
from portal.errors import Conflict
from portal.kit.ids import new_id
from portal.models import (
    Appointment,
    AppointmentAttendee,
    AppointmentRequest,
    AppointmentStatus,
    Client,
    RequestStatus,
    RequestSuggestion,
    TherapistProfile,
)
from portal.models.base import metadata
from portal.scheduling import queries, words
from portal.scheduling.rules_time import wall_of


def _insert(work: Work) -> Any:
    return sqlite.insert if work.get_bind().dialect.name == "sqlite" else postgresql.insert


async def hold_client(work: Work, organization_id: UUID, client_id: UUID) -> None:
    """Let only one request be made for a client at a time, so that what waits can be counted."""
    await work.exec(_hold_client(), params={"organization": organization_id, "client": client_id})


@cache
def _hold_client() -> Any:
    one = col(Client.id) == bindparam("client"), col(Client.organization_id) == bindparam("organization")
    return select(Client.id).where(*one).with_for_update(key_share=True)


async def insert_request(work: Work, request: AppointmentRequest) -> bool:
    """Store a request; False when the same operation stored one before."""
    connection = await work.plain()
    stored = await connection.execute(_insert_request(connection.dialect.name), request.model_dump())
    return stored.first() is not None


@cache
def _insert_request(dialect: str) -> Any:
    table = metadata.tables["appointment_request"]
    build: Any = sqlite.insert if dialect == "sqlite" else postgresql.insert
    return build(table).on_conflict_do_nothing(index_elements=["client_id", "operation_id"]).returning(table.c.id)


async def swap_request(
    work: Work, request: AppointmentRequest, statuses: Collection[RequestStatus], **values: Any
) -> None:
    """Change a request if it still is what was read; raises Conflict otherwise."""
    query = update(AppointmentRequest).where(
        col(AppointmentRequest.id) == request.id,
        col(AppointmentRequest.revision) == request.revision,
        col(AppointmentRequest.status).in_(list(statuses)),
    )
    changed = await work.exec(query.values(revision=request.revision + 1, **values))
    if changed.rowcount != 1:
        raise Conflict(words.CHANGED)


async def swap_appointment(
    work: Work, appointment: Appointment, statuses: Collection[AppointmentStatus], **values: Any
) -> None:
    """Change an appointment if it still is what was read; raises Conflict otherwise, and when the time is taken."""
    query = update(Appointment).where(
        col(Appointment.id) == appointment.id,
        col(Appointment.revision) == appointment.revision,
        col(Appointment.status).in_(list(statuses)),
    )
    try:
        changed = await work.exec(query.values(revision=appointment.revision + 1, **values))
    except IntegrityError as refused:
        raise Conflict(words.TAKEN) from refused
    if changed.rowcount != 1:
        raise Conflict(words.CHANGED)


async def take_chair(work: Work, organization_id: UUID, membership_id: UUID) -> TherapistProfile:
    """Hold a therapist's time until the unit ends; makes the profile, with a number of its own, when there is none."""
    for _ in range(20):
        if (profile := await queries.lock_chair(work, organization_id, membership_id)) is not None:
            return profile
        chair = (await work.exec(select(func.coalesce(func.max(TherapistProfile.chair), 0)))).one() + 1
        values = {
            "id": new_id(),
            "organization_id": organization_id,
            "membership_id": membership_id,
            "chair": chair,
            "buffer_minutes": 0,
            "video_link": "",
        }
        await work.exec(_insert(work)(TherapistProfile).values(**values).on_conflict_do_nothing())
    raise Conflict(words.CHANGED)


async def assert_free(
    work: Work, membership_id: UUID, starts_at: datetime, ends_at: datetime, *, but: UUID | None = None
) -> None:
    """Refuse a time that a confirmed appointment takes; the chair is held, so that this stays true."""
    taken = await queries.list_taken(work, [membership_id], starts_at, ends_at, but=but)
    if any(start < ends_at and starts_at < end for start, end in taken[membership_id]):
        raise Conflict(words.TAKEN)


async def insert_appointment(work: Work, appointment: Appointment, client_ids: Iterable[UUID]) -> None:
    """Store an appointment with those whose it is; raises Conflict when the database finds the time taken."""
    try:
        await work.exec(insert(Appointment).values(appointment.model_dump()))
    except IntegrityError as refused:
        raise Conflict(words.TAKEN) from refused
    attendees = [
        AppointmentAttendee(
            organization_id=appointment.organization_id, appointment_id=appointment.id, client_id=client_id
        ).model_dump()
        for client_id in client_ids
    ]
    await work.exec(insert(AppointmentAttendee).values(attendees))


async def move_appointment(work: Work, appointment: Appointment, starts_at: datetime, ends_at: datetime) -> None:
    """Move a confirmed appointment to another time."""
    await swap_appointment(
        work,
        appointment,
        [AppointmentStatus.CONFIRMED],
        starts_at=starts_at,
        ends_at=ends_at,
        wall=wall_of(starts_at, appointment.zone),
        sequence=appointment.sequence + 1,
    )


async def remove_appointment(work: Work, appointment: Appointment) -> None:
    """Remove an appointment that should not have been made; raises Conflict when it changed since it was read."""
    await work.exec(
        update(AppointmentRequest)
        .where(col(AppointmentRequest.appointment_id) == appointment.id)
        .values(appointment_id=None)
    )
    await work.exec(delete(AppointmentAttendee).where(col(AppointmentAttendee.appointment_id) == appointment.id))
    gone = await work.exec(
        delete(Appointment).where(
            col(Appointment.id) == appointment.id, col(Appointment.revision) == appointment.revision
        )
    )
    if gone.rowcount != 1:
        raise Conflict(words.CHANGED)


async def replace_suggestions(
    work: Work, request: AppointmentRequest, starts: Iterable[datetime], ends: Iterable[datetime]
) -> None:
    """Put other times beside a request that is declined."""
    await work.exec(delete(RequestSuggestion).where(col(RequestSuggestion.request_id) == request.id))
    rows = [
        RequestSuggestion(
            organization_id=request.organization_id, request_id=request.id, starts_at=start, ends_at=end
        ).model_dump()
        for start, end in zip(starts, ends, strict=True)
    ]
    if rows:
        await work.exec(insert(RequestSuggestion).values(rows))
