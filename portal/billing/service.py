"""Charges: born when an appointment was kept, or made by hand; corrected by adjustments, never changed."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlmodel import col, select

from portal.access.actor import PracticeAccess, Scope, StaffTask
from portal.audit.service import record_change
from portal.billing import ledger, queries, words
from portal.billing.rules import MOST_CENTS, check_adjustment
from portal.database import Work
from portal.errors import Conflict, Invalid, NotFound, NotPermitted, SentBefore
from portal.kit.clock import today_in
from portal.kit.crypto import open_sealed, seal
from portal.kit.ids import new_id
from portal.models import AdjustmentReason, Appointment, Charge, Client
from portal.models import Service as OfferedService

_LONGEST_LABEL = 120


def require_money(access: PracticeAccess) -> None:
    """Let only those on who keep the books: a therapist sees the balance of their clients, and changes nothing."""
    if access.task is not StaffTask.MONEY or access.scope is not Scope.ALL:
        raise NotPermitted(words.NOT_FOR_MONEY)


async def create_charge(
    work: Work,
    access: PracticeAccess,
    *,
    client_id: UUID,
    cents: int,
    on_day: date,
    label: str,
    operation_id: UUID,
) -> UUID:
    """Charge a client for something by hand; the same click makes one charge. Raises NotFound, Invalid, SentBefore."""
    require_money(access)
    if not 0 < cents <= MOST_CENTS:
        raise Invalid(words.NO_AMOUNT)
    await find_client(work, access, client_id)
    made_before = select(Charge).where(Charge.client_id == client_id, Charge.operation_id == operation_id)
    if known := (await work.exec(made_before)).first():
        was = open_sealed(work.ring, "charge", "label", known.id, known.label) if known.label else ""
        if (known.amount_cents, known.on_day, was) != (cents, on_day, _shown(label)):
            raise SentBefore
        return known.id
    practice = await ledger.practice_of(work, access.organization_id)
    charge = _charge(work, access, client_id, cents, practice.currency, on_day, label)
    charge.operation_id = operation_id
    await ledger.write_charge(work, charge)
    await _record(work, access, "charge.created", client_id, charge.id, cents)
    return charge.id


async def charge_appointment(
    work: Work, access: PracticeAccess, *, appointment: Appointment, client_ids: Sequence[UUID]
) -> None:
    """Charge the clients of an appointment that was kept: at their agreed fee or copay, else at its price.

    The caller has found the appointment through `access`. One that was charged, and taken back, is charged again.
    """
    query = select(OfferedService.name).where(OfferedService.id == appointment.service_id)
    label = (await work.exec(query)).first() or words.DEFAULT_LABEL
    day = today_in(appointment.zone, appointment.starts_at)
    for client_id in client_ids:
        if charge := await _find_charge(work, appointment.id, client_id):
            await _restore(work, access, charge)
            continue
        fee = await queries.find_fee(work, access.organization_id, client_id)
        cents = fee.cents if fee is not None else appointment.price_cents
        if cents > 0:
            charge = _charge(work, access, client_id, cents, appointment.currency, day, label)
            charge.appointment_id = appointment.id
            await ledger.write_charge(work, charge)


async def uncharge_appointment(
    work: Work, access: PracticeAccess, *, appointment: Appointment, client_ids: Sequence[UUID]
) -> None:
    """Take the charges of an appointment back, because it was not kept after all. Raises Conflict where paid."""
    for client_id in client_ids:
        if charge := await _find_charge(work, appointment.id, client_id):
            line = (await ledger.hold(work, access.organization_id, [charge.id]))[charge.id]
            if line.allocated or line.reserved:
                raise Conflict(words.PAID_ALREADY)
            if line.worth:
                await _adjust(work, access, charge.id, -line.worth, AdjustmentReason.CORRECTION)


async def has_charge(work: Work, appointment: Appointment) -> bool:
    """Say whether a charge belongs to an appointment, which then cannot be removed."""
    return (await work.exec(select(Charge.id).where(Charge.appointment_id == appointment.id))).first() is not None


async def adjust_charge(
    work: Work, access: PracticeAccess, *, charge_id: UUID, cents: int, reason: AdjustmentReason, revision: int
) -> None:
    """Make a charge worth more (above zero) or less; Conflict when it is not at the `revision` that was shown."""
    require_money(access)
    line = (await queries.lines_of(work, access.organization_id, [charge_id])).get(charge_id)
    if line is None:
        raise NotFound
    if line.revision != revision:
        raise Conflict(words.HAS_CHANGED)
    check_adjustment(line, cents)
    await ledger.claim(work, [line])
    await ledger.write_adjustment(
        work,
        line,
        organization_id=access.organization_id,
        cents=cents,
        reason=reason,
        by=access.actor.account_id,
    )
    await _record(work, access, "charge.adjusted", line.client_id, charge_id, cents)


async def find_client(work: Work, access: PracticeAccess, client_id: UUID, *, lock: bool = False) -> Client:
    """Return a client of the practice; `lock` makes whoever else locks them wait for this unit. Raises NotFound."""
    query = select(Client).where(Client.organization_id == access.organization_id, Client.id == client_id)
    found = (await work.exec(query.with_for_update(key_share=True) if lock else query)).first()
    if found is None:
        raise NotFound
    return found


async def _find_charge(work: Work, appointment_id: UUID, client_id: UUID) -> Charge | None:
    query = select(Charge).where(Charge.appointment_id == appointment_id, Charge.client_id == client_id)
    return (await work.exec(query.order_by(col(Charge.id)))).first()


async def _restore(work: Work, access: PracticeAccess, charge: Charge) -> None:
    line = (await ledger.hold(work, access.organization_id, [charge.id]))[charge.id]
    if line.worth == 0:
        await _adjust(work, access, charge.id, line.amount, AdjustmentReason.CORRECTION)


async def _adjust(work: Work, access: PracticeAccess, charge_id: UUID, cents: int, reason: AdjustmentReason) -> None:
    line = (await queries.lines_of(work, access.organization_id, [charge_id]))[charge_id]
    by = access.actor.account_id
    await ledger.write_adjustment(work, line, organization_id=access.organization_id, cents=cents, reason=reason, by=by)


def _charge(
    work: Work, access: PracticeAccess, client_id: UUID, cents: int, currency: str, on_day: date, label: str
) -> Charge:
    charge_id = new_id()
    return Charge(
        id=charge_id,
        organization_id=access.organization_id,
        client_id=client_id,
        on_day=on_day,
        amount_cents=cents,
        currency=currency,
        label=seal(work.ring, "charge", "label", charge_id, _shown(label)),
        created_at=work.now,
        created_by=access.actor.account_id,
    )


def _shown(label: str) -> str:
    return label.strip()[:_LONGEST_LABEL] or words.DEFAULT_LABEL


async def _record(
    work: Work, access: PracticeAccess, action: str, client_id: UUID, object_id: UUID, cents: int
) -> None:
    await record_change(
        work,
        organization_id=access.organization_id,
        actor=access.actor,
        action=action,
        client_id=client_id,
        object_id=object_id,
        detail={"cents": cents},
    )
    work.tell(f"money:{access.organization_id}")
