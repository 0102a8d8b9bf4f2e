"""What the page of an invitation can do: show it, open it, and join. Whoever holds the link is nobody yet.

Looking never changes anything: mail scanners open every link. Only the page's buttons do.
"""

from dataclasses import dataclass
from uuid import UUID

from sqlmodel import col, update

from portal.access.actor import AccountAccess
from portal.access.gate import open_account
from portal.accounts.queries import find_account
from portal.accounts.rules import email_key
from portal.database import Work
from portal.errors import NotFound, SignedOut
from portal.invitations.conditions import is_open
from portal.invitations.queries_accepting import Found, find_by_token, is_of_network
from portal.invitations.rules import Dead, why_dead
from portal.invitations.sending import invitation_id_of
from portal.kit.tokens import token_hash
from portal.models import Account, Invitation


class DeadInvitation(NotFound):
    """The link does not work any more, or never did. `practice` is empty when it never did."""

    def __init__(self, reason: Dead, practice: str = "") -> None:
        super().__init__()
        self.reason, self.practice = reason, practice


@dataclass(frozen=True, slots=True)
class InvitationPage:
    """What the page shows. `asks_own_birth_date`: whose, if any: one's own, or that of the client one is invited for.

    `signed_in_as` is the e-mail of whoever uses this browser, empty for nobody.

    `has_login` says that somebody signs in with the invited address already; `is_theirs` that they do so here.
    """

    practice: str
    email: str
    name: str
    is_opened: bool
    asks_birth_date: bool
    asks_own_birth_date: bool
    has_login: bool
    is_theirs: bool
    signed_in_as: str


async def read_invitation(work: Work, *, token: str, session_hash: str | None) -> InvitationPage:
    """Return what the page of an invitation shows, and change nothing. Raises DeadInvitation."""
    found = await open_found(work, token)
    account = await find_account(work, email_key(found.invitation.email))
    here = await who_is_here(work, session_hash)
    return InvitationPage(
        practice=found.practice.name,
        email=found.invitation.email,
        name=found.person.name,
        is_opened=found.invitation.opened_at is not None,
        asks_birth_date=bool(found.person.birth_dates),
        asks_own_birth_date=found.person.is_own,
        has_login=has_password(account),
        is_theirs=here is not None and account is not None and here.actor.account_id == account.id,
        signed_in_as=here.actor.email if here else "",
    )


async def open_invitation(work: Work, *, token: str) -> None:
    """Note that the person followed the link: the first button of the page. Nothing else depends on it."""
    found = await open_found(work, token)
    query = update(Invitation).where(
        col(Invitation.id) == found.invitation.id, is_open(work.now), col(Invitation.opened_at).is_(None)
    )
    await work.exec(query.values(opened_at=work.now))
    tell_practice(work, found)


async def open_found(work: Work, token: str, *, lock: bool = False) -> Found:
    """Find the invitation of a token that works now; raises DeadInvitation, with the reason, for any other.

    Whoever looks after a client must never become the client, so the address of somebody in the network closes it.
    """
    invitation_id = invitation_id_of(work.ring, token)
    found = await find_by_token(work, invitation_id, token_hash(token), lock=lock) if invitation_id else None
    if found is None:
        raise DeadInvitation(Dead.UNKNOWN)
    reason = why_dead(found.invitation, found.person, work.now)
    if reason is None and await is_of_network(work, found.invitation):
        reason = Dead.CLOSED
    if reason is not None:
        raise DeadInvitation(reason, found.practice.name)
    return found


async def who_is_here(work: Work, session_hash: str | None) -> AccountAccess | None:
    """Return who is signed in in this browser."""
    if not session_hash:
        return None
    try:
        return await open_account(work, session_hash)
    except SignedOut:
        return None


def has_password(account: Account | None) -> bool:
    """Whether somebody can sign in with a login: then they have to, before it is joined to anything."""
    return account is not None and account.password_hash is not None


def client_of(invitation: Invitation) -> UUID | None:
    """Return the client whom an invitation is about; None for a staff member's."""
    return invitation.client_id or invitation.about_client_id


def tell_practice(work: Work, found: Found) -> None:
    """Ask for the pages on which the practice sees its invitations to load again."""
    organization_id = found.invitation.organization_id
    if found.invitation.membership_id is not None:
        work.tell(f"team:{organization_id}")
        return
    work.tell(f"clients:{organization_id}")
    work.tell(f"client:{client_of(found.invitation)}")
