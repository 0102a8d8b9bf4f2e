"""Writing one invitation: the row, the older ones that die with it, and its mail. Who may send it is decided before."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import insert

from portal.access.actor import PracticeAccess
from portal.accounts.links import read_link, sign_link
from portal.accounts.mails import in_words
from portal.database import Work
from portal.invitations import queries
from portal.invitations.rules import LIFETIME, Words, fill
from portal.kit.crypto import KeyRing, open_sealed, seal
from portal.kit.ids import new_id
from portal.kit.tokens import token_hash
from portal.models import Invitation, InvitationForm
from portal.notifications.outbox_many import NewMail, enqueue_mails
from portal.runtime import runtime

KIND = "invitation"
_EPOCH = datetime.fromisoformat("1970-01-01T00:00:00+00:00")


@dataclass(frozen=True, slots=True)
class Letter:
    """An invitation that is to be written: to whom, with which words (placeholders not filled in), to which forms.

    Exactly one of `client_id`, `contact_id` and `membership_id` is set.
    """

    given_name: str
    email: str
    message: str
    operation_id: UUID
    therapists: str = ""
    client_id: UUID | None = None
    contact_id: UUID | None = None
    membership_id: UUID | None = None
    about_client_id: UUID | None = None
    assignment_ids: tuple[UUID, ...] = ()


async def send_letter(work: Work, access: PracticeAccess, letter: Letter) -> Invitation:
    """Store an invitation, let the older ones of the same person die, and put its mail into the outbox."""
    (invitation,) = await send_letters(work, access, [letter])
    return invitation


async def send_letters(work: Work, access: PracticeAccess, letters: Sequence[Letter]) -> list[Invitation]:
    """Do the same for many people, each of them once: four statements, however many there are."""
    if not letters:
        return []
    issuer, written = runtime().config.origin, []
    for letter in letters:
        written.append(_write(work, access, letter, issuer))
    invitations = [invitation for invitation, _ in written]
    await work.exec(insert(Invitation), params=[invitation.model_dump() for invitation in invitations])
    await queries.replace_older(work, invitations)
    await _add_forms(work, zip(invitations, letters, strict=True))
    mails = [
        NewMail(letter.email, _context(access, letter, invitation, f"{issuer}/invitation/{token}"), invitation.mail_key)
        for letter, (invitation, token) in zip(letters, written, strict=True)
    ]
    await enqueue_mails(work, kind=KIND, organization_id=access.organization_id, mails=mails)
    return invitations


def _write(work: Work, access: PracticeAccess, letter: Letter, issuer: str) -> tuple[Invitation, str]:
    """Return the row of an invitation, and the token that is stored nowhere."""
    invitation_id, expires_at = new_id(), work.now + LIFETIME
    token = sign_link(work.ring, KIND, invitation_id, issuer, expires_at)
    invitation = Invitation(
        id=invitation_id,
        organization_id=access.organization_id,
        client_id=letter.client_id,
        contact_id=letter.contact_id,
        membership_id=letter.membership_id,
        about_client_id=letter.about_client_id,
        email=letter.email,
        token_hash=token_hash(token),
        message=seal(work.ring, "invitation", "message", invitation_id, letter.message),
        mail_key=f"{KIND}:{invitation_id}",
        operation_id=letter.operation_id,
        sent_at=work.now,
        sent_by=access.actor.account_id,
        expires_at=expires_at,
    )
    return invitation, token


def words_of(access: PracticeAccess, message: str, given_name: str, therapists: str) -> Words:
    """Fill a message in for one person."""
    return fill(message, {"first_name": given_name, "practice": access.practice_name, "therapist": therapists})


def message_of(work: Work, invitation: Invitation) -> str:
    """Open the words that an invitation was sent with; the placeholders are still in them."""
    return open_sealed(work.ring, "invitation", "message", invitation.id, invitation.message)


def invitation_id_of(ring: KeyRing, token: str) -> UUID | None:
    """Return which invitation a genuine token is for; None for any other text.

    The end that is written in the token is not asked here: the row knows it too, and whether it was the reason.
    """
    return read_link(ring, token, KIND, runtime().config.origin, _EPOCH)


def _context(access: PracticeAccess, letter: Letter, invitation: Invitation, link: str) -> dict[str, str]:
    filled = words_of(access, letter.message, letter.given_name, letter.therapists)
    until = in_words(invitation.expires_at, access.zone)
    return {"before": filled.before, "after": filled.after, "link": link, "until": until}


async def _add_forms(work: Work, written: Iterable[tuple[Invitation, Letter]]) -> None:
    rows = [
        InvitationForm(
            organization_id=invitation.organization_id, invitation_id=invitation.id, assignment_id=assignment_id
        ).model_dump()
        for invitation, letter in written
        for assignment_id in letter.assignment_ids
    ]
    if rows:
        await work.exec(insert(InvitationForm), params=rows)
