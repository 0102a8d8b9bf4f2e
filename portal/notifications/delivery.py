"""Sending one mail after another: take it (commit), send it with no unit open, write down how it ended (commit).

A worker that is killed between the server's "accepted" and our commit leaves a lease behind; when that has run out the
mail is sent once more, with the same Message-ID, so that mail programs show it once.
"""

import asyncio
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import formataddr
from urllib.parse import urlsplit

import structlog

from portal.database import Work
from portal.integrations.ports import Mailer, MailLine, MailRefused, OutgoingMail
from portal.models import OutboxMail, OutboxStatus
from portal.notifications.meant import mute_what_is_for_nobody
from portal.notifications.outbox import context_of
from portal.notifications.pace import Pace
from portal.notifications.queries import DueMail, lease, lock_due, next_moment, update_leased
from portal.notifications.queries_letters import list_seeing
from portal.notifications.render import render_mail, sender_name
from portal.notifications.rules import BATCH, LEASE, MOST_TRIES, SEND_LIMIT, wait_after
from portal.notifications.service_letters import topic_of
from portal.runtime import Runtime

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a try ended. `wait` is set when there is to be another one."""

    status: OutboxStatus
    error: str = ""
    wait: timedelta | None = None


async def deliver_due(
    runtime: Runtime, mailer: Mailer, worker: str, stop: asyncio.Event | None = None, share: float = 1.0
) -> int:
    """Send all mail that is due and return how much was accepted; ends early, between two mails, when told to stop.

    `share` is how much of the processor the work may take, from 0 to 1.
    """
    accepted, pace = 0, Pace(stop, share)
    while taken := await _take(runtime, worker):
        accepted += await _send_all(runtime, mailer, worker, taken, pace)
        if pace.is_over:
            break
    return accepted


async def next_due(runtime: Runtime) -> datetime | None:
    """Say when there is something to send next: a moment that may be past; None for an empty outbox."""
    async with runtime.database.unit_of_work(writes=False) as work:
        return await next_moment(work)


async def _take(runtime: Runtime, worker: str) -> list[DueMail]:
    """Lease some mails. A look that takes no lock comes first: most of the time there is nothing to do."""
    moment = await next_due(runtime)
    if moment is None or moment > runtime.database.clock():
        return []
    async with runtime.database.unit_of_work() as work:
        taken = await mute_what_is_for_nobody(work, await lock_due(work, BATCH))
        await lease(work, taken, worker, work.now + LEASE)
    return taken


async def _send_all(runtime: Runtime, mailer: Mailer, worker: str, taken: list[DueMail], pace: Pace) -> int:
    accepted, waiting = 0, list(taken)
    try:
        async with mailer.connected() as line:
            while waiting and not pace.is_over:
                due = waiting.pop(0)
                outcome = await _send(runtime, line, due)
                await _write_down(runtime, worker, due, outcome)
                accepted += outcome.status is OutboxStatus.SENT
                await pace.rest()
    finally:
        await _give_back(runtime, worker, waiting)
    return accepted


async def _send(runtime: Runtime, line: MailLine, due: DueMail) -> Outcome:
    if due.is_muted:
        return Outcome(OutboxStatus.MUTED)
    try:
        mail = _outgoing(runtime, due)
    except Exception:
        _log.exception("mail cannot be written", mail=str(due.mail.id), kind=due.mail.kind)
        return Outcome(OutboxStatus.FAILED, "the mail could not be written")
    try:
        async with asyncio.timeout(SEND_LIMIT.total_seconds()):
            await line.send(mail)
    except MailRefused as refused:
        return _refused(due, refused.reason, is_final=refused.is_final)
    except TimeoutError:
        return _refused(due, "the mail server did not answer", is_final=False)
    except Exception as broken:
        _log.exception("mail could not be sent", mail=str(due.mail.id))
        return _refused(due, f"the mail could not be sent ({type(broken).__name__})", is_final=False)
    return Outcome(OutboxStatus.SENT)


def _refused(due: DueMail, reason: str, *, is_final: bool) -> Outcome:
    _log.warning("mail refused", mail=str(due.mail.id), attempt=due.mail.attempts, reason=reason, final=is_final)
    if is_final or due.mail.attempts >= MOST_TRIES:
        return Outcome(OutboxStatus.FAILED, reason)
    return Outcome(OutboxStatus.WAITING, reason, wait_after(due.mail.attempts))


def _outgoing(runtime: Runtime, due: DueMail) -> OutgoingMail:
    config, mail = runtime.config, due.mail
    context = context_of(runtime.database.ring, mail)
    rendered = render_mail(
        mail.kind,
        context,
        practice=due.practice,
        name=due.name,
        origin=config.origin,
        colour=due.colour,
    )
    host = urlsplit(config.origin).hostname or "localhost"
    return OutgoingMail(
        message_id=f"<{mail.id}@{host}>",
        file_id=str(mail.id),
        sender=formataddr((sender_name(due.practice), config.mail_from)),
        to_address=due.address,
        subject=rendered.subject,
        text=rendered.text,
        html=rendered.html,
        written_at=mail.created_at,
        calendar=context.get("calendar", ""),
    )


async def _write_down(runtime: Runtime, worker: str, due: DueMail, outcome: Outcome) -> None:
    """Note the end of a try. What was sent is emptied: a link that works once has no business staying here."""
    async with runtime.database.unit_of_work() as work:
        values: dict[str, object] = {"status": outcome.status, "last_error": outcome.error}
        if outcome.status in {OutboxStatus.SENT, OutboxStatus.MUTED}:
            values |= {"context": b""}
        if outcome.status is OutboxStatus.SENT:
            values |= {"sent_at": work.now}
        if outcome.status is OutboxStatus.FAILED:
            values |= {"failed_at": work.now, "to_address": due.address}
        if outcome.error or due.mail.attempts > 1:
            await _tell_pages(work, due.mail)
        if outcome.wait is not None:
            values["due_at"] = work.now + outcome.wait
        await update_leased(work, due.mail.id, worker, due.mail.attempts, **values)


async def _tell_pages(work: Work, mail: OutboxMail) -> None:
    """Ask the pages of mail to load again: of its practice, or of those that the login belongs to."""
    own = [mail.organization_id] if mail.organization_id else await list_seeing(work, mail.account_id)
    for organization_id in own:
        work.tell(topic_of(organization_id))


async def _give_back(runtime: Runtime, worker: str, unsent: list[DueMail]) -> None:
    """Let go of what was taken and not tried, so that it need not wait for the lease to run out."""
    if not unsent:
        return
    async with runtime.database.unit_of_work() as work:
        for due in unsent:
            await update_leased(work, due.mail.id, worker, due.mail.attempts, attempts=due.mail.attempts - 1)
