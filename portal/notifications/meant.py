"""Whether a mail is still for whoever it was written to: asked when it is sent, which may be long after."""

from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

from portal.access.actor import Capability
from portal.access.recipients import find_circle
from portal.database import Work
from portal.notifications.catalog import KINDS, Audience
from portal.notifications.queries import DueMail

Question = tuple[UUID, UUID, Capability]


async def mute_what_is_for_nobody(work: Work, taken: Sequence[DueMail]) -> list[DueMail]:
    """Mute mails whose reader may no longer know of it: a grant ended, a login or an access was closed.

    The client's side is asked the questions that open the pages, once for each client; staff have to be on the team
    with a role that gets this kind.
    """
    told: dict[Question, frozenset[UUID]] = {}
    meant = []
    for due in taken:
        is_for_them = _is_for_staff(due)
        if (question := _question(due)) and not due.is_muted:
            if question not in told:
                organization_id, client_id, sight = question
                circle = await find_circle(work, organization_id, [client_id], sight)
                told[question] = frozenset(one.account_id for one in circle.recipients)
            is_for_them = due.mail.account_id in told[question]
        meant.append(due if is_for_them else replace(due, is_muted=True))
    return meant


def _question(due: DueMail) -> Question | None:
    kind, mail = KINDS.get(due.mail.kind), due.mail
    if kind is None or kind.sight is None or mail.client_id is None or mail.organization_id is None:
        return None
    return mail.organization_id, mail.client_id, kind.sight


def _is_for_staff(due: DueMail) -> bool:
    """Whether a mail for staff is still for who gets it; every other mail is, and that to staff without a login."""
    kind = KINDS.get(due.mail.kind)
    if kind is None or kind.audience is not Audience.STAFF or due.mail.account_id is None:
        return True
    return due.role in kind.roles
