"""Every SELECT for superbills."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlmodel import col, select

from portal.billing.queries import adjusted, allocated, insured
from portal.billing.superbills.rules import Period
from portal.database import Work
from portal.errors import NotFound
from portal.models import (
    Appointment,
    AppointmentStatus,
    Charge,
    Client,
    ClientDiagnosis,
    Membership,
    Organization,
    Role,
    Service,
)

MOST = 400
_GIVES_CARE = (Role.ADMIN, Role.THERAPIST)


async def find_both(work: Work, organization_id: UUID, client_id: UUID) -> tuple[Organization, Client]:
    """Return the practice and one of its clients. Raises NotFound."""
    query = (
        select(Organization, Client)
        .join(Client, col(Client.organization_id) == col(Organization.id))
        .where(Organization.id == organization_id, Client.id == client_id)
    )
    row = (await work.exec(query)).first()
    if row is None:
        raise NotFound
    return row[0], row[1]


async def visits_of(work: Work, organization_id: UUID, client_id: UUID, period: Period) -> Sequence[Any]:
    """List the charges of sessions that were kept, oldest first, with service and therapist: one statement.

    A fee for a session that was missed is no care, so that it stands on no superbill; nor does a charge by hand.
    """
    query: Any = select(
        Charge.id,
        Charge.on_day,
        Service.name,
        Service.procedure_code,
        Appointment.by_video,
        Membership.name,
        Membership.licence,
        Membership.npi,
        Charge.currency,
        col(Charge.amount_cents) + adjusted() - insured(),
        allocated(),  # type: ignore[call-overload]  # SQLModel's select is typed for few columns
    )
    found = (
        query.join(Appointment, col(Appointment.id) == col(Charge.appointment_id))
        .join(Service, col(Service.id) == col(Appointment.service_id))
        .join(Membership, col(Membership.id) == col(Appointment.membership_id))
        .where(
            Charge.organization_id == organization_id,
            Charge.client_id == client_id,
            Appointment.status == AppointmentStatus.KEPT,
            Charge.on_day >= period.first,
            Charge.on_day <= period.last,
        )
        .order_by(col(Charge.on_day), col(Charge.id))
        .limit(MOST)
    )
    rows: Sequence[Any] = (await work.exec(found)).all()
    return rows


async def diagnoses_of(work: Work, organization_id: UUID, client_id: UUID) -> Sequence[ClientDiagnosis]:
    """List the diagnoses of a client, the earliest first."""
    query = select(ClientDiagnosis).where(
        ClientDiagnosis.organization_id == organization_id, ClientDiagnosis.client_id == client_id
    )
    return (await work.exec(query.order_by(col(ClientDiagnosis.first_day)))).all()


async def lock_client(work: Work, organization_id: UUID, client_id: UUID) -> None:
    """Let one at a time change a client's diagnoses, until the unit ends. Raises NotFound."""
    query = select(Client.id).where(Client.organization_id == organization_id, Client.id == client_id)
    if (await work.exec(query.with_for_update())).first() is None:
        raise NotFound


async def find_diagnosis(work: Work, organization_id: UUID, client_id: UUID, first_day: date) -> ClientDiagnosis | None:
    """Return what was entered from one day on."""
    query = select(ClientDiagnosis).where(
        ClientDiagnosis.organization_id == organization_id,
        ClientDiagnosis.client_id == client_id,
        ClientDiagnosis.first_day == first_day,
    )
    return (await work.exec(query)).first()


async def services_of(work: Work, organization_id: UUID) -> Sequence[Service]:
    """List what a practice offers, by name; what it offers no more too, for its sessions are still billed."""
    query = select(Service).where(Service.organization_id == organization_id)
    return (await work.exec(query.order_by(col(Service.name), col(Service.id)))).all()


async def clinicians_of(work: Work, organization_id: UUID) -> Sequence[Membership]:
    """List those who can give care, by name; those who left too, for their sessions are still billed."""
    query = select(Membership).where(
        Membership.organization_id == organization_id, col(Membership.role).in_(_GIVES_CARE)
    )
    return (await work.exec(query.order_by(col(Membership.name), col(Membership.id)))).all()


async def find_service(work: Work, organization_id: UUID, service_id: UUID) -> Service:
    """Return a service of a practice. Raises NotFound."""
    query = select(Service).where(Service.organization_id == organization_id, Service.id == service_id)
    found = (await work.exec(query.with_for_update())).first()
    if found is None:
        raise NotFound
    return found


async def find_clinician(work: Work, organization_id: UUID, membership_id: UUID) -> Membership:
    """Return somebody of a practice who can give care. Raises NotFound."""
    query = select(Membership).where(Membership.organization_id == organization_id, Membership.id == membership_id)
    found = (await work.exec(query.where(col(Membership.role).in_(_GIVES_CARE)).with_for_update())).first()
    if found is None:
        raise NotFound
    return found
