"""Which mails somebody does not want: kinds of the catalogue, for staff and for clients alike."""

from dataclasses import dataclass

from sqlmodel import col, delete

from portal.access.actor import AccountAccess
from portal.accounts import queries
from portal.database import Work
from portal.errors import NotFound
from portal.models import MutedMail
from portal.notifications.catalog import Audience, kinds_to_mute
from portal.notifications.queries import list_muted


@dataclass(frozen=True, slots=True)
class MailChoice:
    """A kind of mail that somebody gets, and whether they want it."""

    kind: str
    label: str
    is_wanted: bool


async def list_mail_choices(work: Work, access: AccountAccess) -> tuple[MailChoice, ...]:
    """List the kinds of mail that this person can mute: those for staff, for clients, or both. Two statements."""
    roles = await queries.list_roles(work, access.actor.account_id)
    muted = await list_muted(work, access.actor.account_id)
    kinds = dict(kinds_to_mute(Audience.STAFF, [role for role in roles if role is not None]))
    if None in roles:
        kinds |= kinds_to_mute(Audience.CLIENT)
    return tuple(MailChoice(kind, label, kind not in muted) for kind, label in kinds.items())


async def mute_mail(work: Work, access: AccountAccess, *, kind: str, wanted: bool) -> None:
    """Mute a kind of mail, or want it again; either twice is the same as once. Raises NotFound for any other kind."""
    if not any(kind in kinds_to_mute(audience) for audience in Audience):
        raise NotFound
    account_id = access.actor.account_id
    await work.exec(delete(MutedMail).where(col(MutedMail.account_id) == account_id, col(MutedMail.kind) == kind))
    if not wanted:
        work.add(MutedMail(account_id=account_id, kind=kind, muted_at=work.now))
        await work.flush()
    work.tell(f"account:{account_id}")
