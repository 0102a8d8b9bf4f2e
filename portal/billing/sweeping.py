"""Looking after what hangs: attempts that nobody heard of again, refunds, and events that were not dealt with."""

from datetime import timedelta

import structlog
from sqlalchemy import update
from sqlmodel import col

from portal.billing import carrying, queries_attempts
from portal.billing.carrying_refunds import carry_out_refund
from portal.billing.hearing import handle_event
from portal.integrations.cards import CardTrouble
from portal.models import AttemptStatus, PaymentAttempt, RefundAttempt
from portal.runtime import Runtime

_PATIENCE = timedelta(minutes=1)
_MOST = 50
_LONGEST = timedelta(days=1)
"""After so long without a word from the processor, staff have to look."""
_log = structlog.get_logger(__name__)


async def sweep(here: Runtime, patience: timedelta = _PATIENCE) -> int:
    """Ask the processor about everything that hangs; returns how many there were. One that fails waits its turn."""
    before = here.database.clock() - patience
    async with here.database.unit_of_work(writes=False) as work:
        attempts = await queries_attempts.due_attempts(work, before, _MOST)
        refunds = await queries_attempts.due_refunds(work, before, _MOST)
        events = await queries_attempts.due_events(work, before, _MOST)
    for organization_id, attempt_id in attempts:
        await _touch(here, PaymentAttempt, attempt_id)
        try:
            await carrying.look(here, organization_id, attempt_id)
        except CardTrouble:
            _log.info("an attempt has to wait", attempt=str(attempt_id))
            await _hand_over(here, PaymentAttempt, attempt_id)
    for organization_id, attempt_id in refunds:
        await _touch(here, RefundAttempt, attempt_id)
        await carry_out_refund(here, organization_id, attempt_id)
        await _hand_over(here, RefundAttempt, attempt_id)
    for organization_id, event_id in events:
        await handle_event(here, organization_id, event_id)
    return len(attempts) + len(refunds) + len(events)


async def _touch(here: Runtime, table: type[PaymentAttempt] | type[RefundAttempt], attempt_id: object) -> None:
    """Let an attempt go to the end of the queue, so that one that fails does not hold up the others."""
    async with here.database.unit_of_work() as work:
        await work.exec(
            update(table)
            .where(col(table.id) == attempt_id)
            .values(checked_at=work.now)
            .execution_options(synchronize_session=False)
        )


async def _hand_over(here: Runtime, table: type[PaymentAttempt] | type[RefundAttempt], attempt_id: object) -> None:
    """Put what we heard nothing of for a day before staff; what it reserved stays reserved until they decide.

    A refund that is on its way is no such thing: it stands in the books, and a bank may take days.
    """
    unheard = (AttemptStatus.PREPARED,) if table is RefundAttempt else queries_attempts.SWEPT
    async with here.database.unit_of_work() as work:
        done = await work.exec(
            update(table)
            .where(
                col(table.id) == attempt_id,
                col(table.status).in_(unheard),
                col(table.started_at) < work.now - _LONGEST,
            )
            .values(status=AttemptStatus.UNCLEAR, problem="unreachable")
            .returning(col(table.organization_id))
            .execution_options(synchronize_session=False)
        )
        for (organization_id,) in done.all():
            work.tell(f"money:{organization_id}")
