"""What became of a practice's mail, for its administrators: what did not arrive can be sent again, or set aside."""

from typing import Any
from uuid import UUID

from portal.access.actor import PracticeAccess, StaffTask
from portal.audit.service import record_change
from portal.database import Work
from portal.errors import Conflict, Invalid, NotFound, NotPermitted
from portal.models import OutboxMail, OutboxStatus
from portal.notifications import queries_letters as queries
from portal.notifications import words
from portal.notifications.outbox import TOPIC
from portal.notifications.views import Letter, LetterPage, Place, Tally

PAGE = 20


def topic_of(organization_id: UUID) -> str:
    """Return what is told when a mail of the practice failed, or was sent again."""
    return f"mail:{organization_id}"


async def list_dead_letters(work: Work, access: PracticeAccess, *, before: Place | None = None) -> LetterPage:
    """List the mails that did not arrive, the newest first. One statement. Raises NotPermitted."""
    _require(access)
    rows = await queries.list_failed(work, access.organization_id, before, PAGE + 1)
    letters = [_letter(work, mail, name) for mail, name in rows[:PAGE]]
    return LetterPage(letters, (letters[-1].at, letters[-1].id) if len(rows) > PAGE else None)


async def list_tried_again(work: Work, access: PracticeAccess) -> list[Letter]:
    """List the mails that were refused for now and are tried again by themselves. One statement."""
    _require(access)
    return [_letter(work, mail, name) for mail, name in await queries.list_tried(work, access.organization_id, PAGE)]


async def count_mail(work: Work, access: PracticeAccess) -> Tally:
    """Count the practice's mail. One statement."""
    _require(access)
    return await queries.count_mail(work, access.organization_id)


async def send_again(work: Work, access: PracticeAccess, *, mail_id: UUID) -> None:
    """Let a mail that failed be tried anew, from now on; what follows a person goes to the address they have now.

    Raises NotFound for a mail of another practice, Invalid with the reason for one that says nothing of use any more,
    Conflict when somebody else was there first.
    """
    mail = await _find(work, access, mail_id)
    if reason := words.why_not_again(mail.kind, work.now - mail.created_at):
        raise Invalid(reason)
    anew = {"attempts": 0, "due_at": work.now, "failed_at": None, "last_error": ""}
    await _change(work, access, mail, "mail.sent_again", status=OutboxStatus.WAITING, **anew)
    work.tell(TOPIC)


async def set_aside(work: Work, access: PracticeAccess, *, mail_id: UUID) -> None:
    """Let a mail that failed be; its words are forgotten. Raises as send_again does."""
    mail = await _find(work, access, mail_id)
    await _change(work, access, mail, "mail.set_aside", status=OutboxStatus.SET_ASIDE, context=b"")


async def _find(work: Work, access: PracticeAccess, mail_id: UUID) -> OutboxMail:
    _require(access)
    mail = await queries.find_letter(work, access.organization_id, mail_id)
    if mail is None:
        raise NotFound
    return mail


async def _change(work: Work, access: PracticeAccess, mail: OutboxMail, action: str, **values: object) -> None:
    if not await queries.update_failed(work, mail.id, **values):
        raise Conflict(words.GONE)
    await record_change(
        work, organization_id=access.organization_id, actor=access.actor, action=action, object_id=mail.id
    )
    work.tell(topic_of(access.organization_id))


def _require(access: PracticeAccess) -> None:
    if access.task is not StaffTask.SETTINGS:
        raise NotPermitted(words.ADMINISTRATORS_ONLY)


def _letter(work: Work, mail: Any, name: str | None) -> Letter:
    is_over = mail.status is OutboxStatus.FAILED
    return Letter(
        id=mail.id,
        subject=words.subject_of(mail.kind),
        address=mail.to_address,
        name=name or "",
        status=mail.status,
        at=(mail.failed_at or mail.due_at) if is_over else mail.due_at,
        tries=mail.attempts,
        reason=mail.last_error,
        why_not_again=words.why_not_again(mail.kind, work.now - mail.created_at) if is_over else "",
    )
