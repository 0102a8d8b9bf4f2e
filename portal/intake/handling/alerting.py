"""Answers that the practice is told of at once: raised with the answer, there until somebody takes note of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from portal.access.actor import ClientAccess, PracticeAccess, Scope, StaffTask
from portal.access.permissions import scope_of
from portal.audit.service import record_change
from portal.clients.queries_coming_of_age import list_responsible
from portal.database import Work
from portal.errors import NotFound, NotPermitted
from portal.intake import words as intake_words
from portal.intake.fhir.form import Item, Value
from portal.intake.fhir.kinds import same_choice
from portal.intake.handling import changes, queries
from portal.intake.presenting import moment_text
from portal.kit.ids import new_id
from portal.notifications.outbox import enqueue_mail


@dataclass(frozen=True)
class AlertView:
    """An alert that nobody took note of yet."""

    id: str
    assignment_id: str
    client_id: str
    client_name: str
    raised_at: str


def is_alarming(item: Item, value: Sequence[Value]) -> bool:
    """Whether an answer is one that the practice is told of: worth points, to a question that is marked."""
    if not item.alerts:
        return False
    chosen = [option for option in item.options if any(same_choice(option.value, one) for one in value)]
    return any(option.points is not None and option.points > 0 for option in chosen)


async def raise_alert(work: Work, access: ClientAccess, assignment_id: UUID) -> None:
    """Tell the practice of an answer: on Today, and by a mail without a word of health. Once for each sheet.

    The mail goes to the client's therapists, and to administrators where nobody who gives care is left.
    An alert that was taken note of is raised anew by another such answer, because nobody has seen that one yet.
    """
    values = {
        "id": new_id(),
        "organization_id": access.organization_id,
        "assignment_id": assignment_id,
        "client_id": access.client_id,
        "raised_at": work.now,
    }
    if not await changes.raise_alert(work, values) and not await changes.raise_again(work, assignment_id):
        return
    work.tell(f"forms:{access.organization_id}")
    for member in await list_responsible(work, access.organization_id, access.client_id):
        await enqueue_mail(
            work,
            kind="form_alert",
            to_address=member.email,
            account_id=member.account_id,
            organization_id=access.organization_id,
            context={},
            dedupe_key=f"form_alert:{assignment_id}:{member.id}:{work.now.isoformat(timespec='minutes')}",
        )
    await record_change(
        work,
        organization_id=access.organization_id,
        actor=access.actor,
        action="form.alert_raised",
        client_id=access.client_id,
        object_id=assignment_id,
    )


async def list_alerts(work: Work, access: PracticeAccess) -> list[AlertView]:
    """List the alerts that nobody took note of, for those who may read answers. One statement."""
    scope = scope_of(access.role, StaffTask.READ_ANSWERS)
    if scope is None or scope is Scope.STATUS_ONLY:
        return []
    return [
        AlertView(str(row.id), str(row.assignment_id), str(row.client_id), row.client_name, moment_text(row.raised_at))
        for row in await queries.open_alerts(work, access, scope)
    ]


async def acknowledge_alert(work: Work, access: PracticeAccess, *, alert_id: UUID) -> None:
    """Note that somebody knows of an alert: who, and when. Doing it twice is doing it once."""
    if access.task is not StaffTask.READ_ANSWERS or access.scope is Scope.STATUS_ONLY:
        raise NotPermitted(intake_words.STATUS_ONLY)
    found = await queries.find_alert(work, access, alert_id)
    if found is None:
        raise NotFound
    if not await changes.acknowledge(work, access, alert_id):
        return
    work.tell(f"forms:{access.organization_id}")
    await record_change(
        work,
        organization_id=access.organization_id,
        actor=access.actor,
        action="form.alert_acknowledged",
        client_id=found.client_id,
        object_id=found.assignment_id,
    )
