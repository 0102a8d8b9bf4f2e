"""Help for a client who cannot sign in, as staff begin it.

Staff say how they made sure whom they speak with; the link goes to the mailbox of the login and to nobody else.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlmodel import col

from portal.access.actor import PracticeAccess, StaffTask
from portal.accounts import queries
from portal.accounts import queries_access_help as helps
from portal.accounts.links import detail_of, sign_link
from portal.accounts.rules import email_key
from portal.accounts.rules_access_help import LIFETIME, OVER, Stage, opening_time, stage_of
from portal.accounts.tries import HELP_BY_ACCOUNT, tries
from portal.accounts.words import Code, sentence
from portal.audit.service import record_account_event, record_change
from portal.database import Work
from portal.errors import Conflict, Invalid, NotFound, NotPermitted
from portal.kit.ids import new_id
from portal.kit.tokens import token_hash
from portal.models import AccessHelp, Account, Client, IdentityCheck
from portal.notifications.outbox import enqueue_mail
from portal.runtime import runtime

PURPOSE = "access_help"


@dataclass(frozen=True, slots=True)
class HelpStatus:
    """How the last help for a client stands. `opens_at` is set while it waits."""

    stage: Stage
    started_at: datetime
    opens_at: datetime | None
    is_over: bool


async def start_access_help(work: Work, access: PracticeAccess, *, check: IdentityCheck) -> None:
    """Mail the client's login a link to set a new password, which also takes a second factor away.

    Older links of this practice die. Raises Conflict for an archived client, Invalid for a client without a login and
    for oneself, TooMany after too many helps in a day.
    """
    client, account = await _client(work, access)
    await tries().count(HELP_BY_ACCOUNT, str(account.id))
    practices = await queries.list_practices(work, account.id)
    is_shared = any(one.is_staff or one.id != access.organization_id for one in practices)
    has_birth_date = client.birth_date is not None
    await _stop_older(work, access, account.id)
    help_id, issuer, expires_at = new_id(), runtime().config.origin, work.now + LIFETIME
    token = sign_link(work.ring, PURPOSE, help_id, issuer, expires_at)
    help_ = AccessHelp(
        id=help_id,
        organization_id=access.organization_id,
        client_id=client.id,
        account_id=account.id,
        membership_id=access.membership_id,
        identity_check=check,
        token_hash=token_hash(token),
        asks_birth_date=has_birth_date,
        asks_owner=is_shared,
        created_at=work.now,
        opens_at=opening_time(work.now, asks_birth_date=has_birth_date, asks_owner=is_shared),
        expires_at=expires_at,
    )
    work.add(help_)
    await work.flush()
    await _mail(work, help_, "access_help", account.email, {"link": f"{issuer}/help-signing-in/{token}"})
    await tell_other_addresses(work, help_, account, client.email or "")
    await record_account_event(work, account_id=account.id, action="access_help_started")
    await _record(work, access, "client.access_help_started", {"check": check.value, "shared": is_shared})
    work.tell(f"client:{client.id}")


async def read_access_help(work: Work, access: PracticeAccess) -> HelpStatus | None:
    """Return how the last help for the client stands; None where there was none. One statement."""
    _require_editing(access)
    found = await helps.find_latest(work, access)
    if found is None:
        return None
    stage = stage_of(found, work.now)
    return HelpStatus(stage, found.created_at, found.opens_at if stage is Stage.WAITS else None, stage in OVER)


async def withdraw_access_help(work: Work, access: PracticeAccess) -> None:
    """Make the link that is open worthless; raises NotFound where none is."""
    _require_editing(access)
    mine = (
        col(AccessHelp.organization_id) == access.organization_id,
        col(AccessHelp.client_id) == access.client_id,
        col(AccessHelp.expires_at) > work.now,
    )
    if not await helps.change_open(work, *mine, stopped_at=work.now, stopped_because="withdrawn"):
        raise NotFound
    await _record(work, access, "client.access_help_withdrawn", {})
    work.tell(f"client:{access.client_id}")


async def stop_access_helps(work: Work, account_id: UUID, *, because: str) -> None:
    """Stop every open help for a login: its owner has shown that none is needed."""
    mine = col(AccessHelp.account_id) == account_id
    await helps.change_open(work, mine, stopped_at=work.now, stopped_because=because)


async def tell_other_addresses(work: Work, help_: AccessHelp, account: Account, on_record: str) -> None:
    """Tell the address on record, and those that the login had lately: somebody may be after it."""
    earlier = [detail_of(work, link) for link in await helps.list_undo_links(work, account.id)]
    others = {email_key(one): one for one in (on_record, *earlier) if one}
    others.pop(account.email_key, None)
    for number, address in enumerate(others.values()):
        await _mail(work, help_, "access_help_asked", address, {}, f":{number}")


async def _stop_older(work: Work, access: PracticeAccess, account_id: UUID) -> None:
    mine = (col(AccessHelp.organization_id) == access.organization_id, col(AccessHelp.account_id) == account_id)
    await helps.change_open(work, *mine, stopped_at=work.now, stopped_because="replaced")


async def _client(work: Work, access: PracticeAccess) -> tuple[Client, Account]:
    _require_editing(access)
    found = await helps.find_client(work, access)
    if found is None:
        raise NotFound
    client, account = found
    if client.archived_at is not None:
        raise Conflict(sentence(Code.HELP_ARCHIVED))
    if account is None or account.disabled_at is not None:
        raise Invalid(sentence(Code.HELP_NO_LOGIN))
    if account.id == access.actor.account_id:
        raise Invalid(sentence(Code.HELP_YOURSELF))
    return client, account


async def _mail(work: Work, help_: AccessHelp, kind: str, to: str, context: dict[str, str], more: str = "") -> None:
    await enqueue_mail(
        work,
        kind=kind,
        to_address=to,
        account_id=help_.account_id,
        organization_id=help_.organization_id,
        context=context,
        dedupe_key=f"{kind}:{help_.id}{more}",
    )


async def _record(work: Work, access: PracticeAccess, action: str, detail: dict[str, str | bool]) -> None:
    await record_change(
        work,
        organization_id=access.organization_id,
        actor=access.actor,
        action=action,
        client_id=access.client_id,
        detail=detail,
    )


def _require_editing(access: PracticeAccess) -> None:
    if access.task is not StaffTask.EDIT_CLIENTS or access.client_id is None:
        raise NotPermitted(sentence(Code.HELP_NOT_ALLOWED))
