"""A stranger asks to join. Nobody is looked up, so that answer, time and work are the same whoever asks."""

import re
from dataclasses import dataclass

from portal.access.actor import System
from portal.accounts.rules import email_key
from portal.accounts.tries import tries
from portal.audit.service import record_change
from portal.clients.rules import Identity, InvalidFields, read_identity, region_of
from portal.clients.views import ClientFields
from portal.database import Work
from portal.errors import NotFound, NotPermitted
from portal.invitations import queries_joining as queries
from portal.invitations import words
from portal.invitations.tries import JOIN_BY_EMAIL
from portal.invitations.views import JoinFields
from portal.kit.clock import today_in
from portal.kit.crypto import seal
from portal.kit.ids import new_id
from portal.kit.text import is_printable
from portal.models import JoinRequest, Organization
from portal.notifications.outbox import enqueue_mail

_LONGEST_NOTE = 1000
_SLUG = re.compile(r"[a-z0-9-]{1,60}")
_PAGE = System("join page")


@dataclass(frozen=True, slots=True)
class JoinPage:
    """What the join page shows of a practice. `is_open` says whether strangers may ask here."""

    slug: str
    practice: str
    phone: str
    is_open: bool


async def read_join_page(work: Work, *, slug: str) -> JoinPage:
    """Return what the join page of a practice shows; raises NotFound for a practice that is none."""
    practice, is_open = await _find(work, slug)
    return JoinPage(practice.slug, practice.name, practice.phone, is_open)


async def ask_to_join(work: Work, *, slug: str, fields: JoinFields) -> None:
    """Keep a stranger's request for staff to decide, and tell the address that the practice will be in touch.

    Raises InvalidFields with a sentence for each bad field, NotPermitted where the practice takes no requests.
    """
    practice, is_open = await _find(work, slug)
    if not is_open:
        raise NotPermitted(words.SIGN_UP_OFF.format(practice=practice.name))
    identity, note = _check(fields, practice, work)
    if not await tries().is_within(JOIN_BY_EMAIL, str(practice.id), email_key(identity.email)):
        return
    request_id = new_id()
    work.add(
        JoinRequest(
            id=request_id,
            organization_id=practice.id,
            given_name=identity.given_name,
            family_name=identity.family_name,
            email=identity.email,
            birth_date=identity.birth_date,
            phone=identity.phone,
            note=seal(work.ring, "join_request", "note", request_id, note) if note else None,
            created_at=work.now,
        )
    )
    await work.flush()
    await enqueue_mail(
        work,
        kind="join_received",
        to_address=identity.email,
        account_id=None,
        organization_id=practice.id,
        context={},
        dedupe_key=f"join_received:{request_id}",
    )
    await record_change(work, organization_id=practice.id, actor=_PAGE, action="join.received", object_id=request_id)
    work.tell(f"clients:{practice.id}")


async def _find(work: Work, slug: str) -> tuple[Organization, bool]:
    found = await queries.find_practice(work, slug) if _SLUG.fullmatch(slug) else None
    if found is None:
        raise NotFound
    return found


def _check(fields: JoinFields, practice: Organization, work: Work) -> tuple[Identity, str]:
    typed = ClientFields(**fields.model_dump(exclude={"note"}))
    today = today_in(practice.zone, work.now)
    identity, problems = read_identity(typed, today=today, region=region_of(practice.phone))
    note = fields.note.replace("\r\n", "\n").strip()
    for field, holds, sentence in (
        ("email", not fields.email.strip(), words.EMAIL_MISSING),
        ("birth_date", not fields.birth_date.strip(), words.BIRTH_DATE_MISSING),
        ("note", len(note) > _LONGEST_NOTE, words.NOTE_LONG),
        ("note", not is_printable(note.replace("\n", "").replace("\t", "")), words.NOTE_ODD),
    ):
        if holds:
            problems.setdefault(field, sentence)
    if identity is None or problems:
        order = [*JoinFields.model_fields]
        raise InvalidFields({field: problems[field] for field in order if field in problems})
    return identity, note
