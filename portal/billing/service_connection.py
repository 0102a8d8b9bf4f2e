"""Connecting a practice to the card processor. The keys are tested first, then sealed; nobody can read them again."""

from uuid import UUID

from sqlalchemy import update
from sqlmodel import col

from portal.access.actor import PracticeAccess, StaffTask
from portal.audit.service import record_change
from portal.billing import words
from portal.billing.connecting import find_connection
from portal.database import Work
from portal.errors import Invalid, NotPermitted
from portal.integrations.cards import SeenAccount
from portal.integrations.stripe.choose import is_sandbox
from portal.kit.crypto import seal
from portal.models import CardConnection, Organization

_SECRET, _SIGNING = ("sk_", "rk_"), "whsec_"


def check_keys(secret: str, signing: str, *, has_sandbox: bool) -> None:
    """Refuse what cannot be keys before anybody outside is asked. Raises Invalid, which never quotes them."""
    shaped = secret.startswith(_SECRET) and signing.startswith(_SIGNING) and secret.isascii() and signing.isascii()
    if not shaped or any(not 16 <= len(key) <= 255 or not key.isprintable() or " " in key for key in (secret, signing)):
        raise Invalid(words.KEY_SHAPE)
    if is_sandbox(secret) and not has_sandbox:
        raise Invalid(words.KEY_SANDBOX)


async def connect_processor(
    work: Work, access: PracticeAccess, *, secret: str, signing: str, account: SeenAccount
) -> None:
    """Keep keys that the processor has just accepted, and let payments be switched on."""
    _require(access)
    found = await find_connection(work, access.organization_id)
    row = found or CardConnection(organization_id=access.organization_id)
    row.secret_key = seal(work.ring, "card_connection", "secret_key", row.id, secret)
    row.webhook_secret = seal(work.ring, "card_connection", "webhook_secret", row.id, signing)
    row.account_ref, row.account_name, row.is_live = account.ref[:120], account.name[:120], account.is_live
    row.connected_at, row.connected_by = work.now, access.actor.account_id
    work.add(row)
    await work.flush()
    await _mark(work, access.organization_id, connected=True)
    await _record(work, access, "card_processing.connected")


async def disconnect_processor(work: Work, access: PracticeAccess) -> None:
    """Forget the keys: nobody is offered to pay by card from the next click on, and refunds by card wait too."""
    _require(access)
    found = await find_connection(work, access.organization_id)
    if found is not None:
        found.secret_key = found.webhook_secret = found.connected_at = None
        work.add(found)
        await work.flush()
    await _mark(work, access.organization_id, connected=False)
    await _record(work, access, "card_processing.disconnected")


async def find_own_connection(work: Work, access: PracticeAccess) -> CardConnection | None:
    """Return the practice's connection."""
    _require(access)
    return await find_connection(work, access.organization_id)


def _require(access: PracticeAccess) -> None:
    if access.task is not StaffTask.SETTINGS:
        raise NotPermitted(words.NOT_FOR_MONEY)


async def _mark(work: Work, organization_id: UUID, *, connected: bool) -> None:
    await work.exec(
        update(Organization)
        .where(col(Organization.id) == organization_id)
        .values(card_processing_connected_at=work.now if connected else None)
        .execution_options(synchronize_session=False)
    )
    work.tell(f"settings:{organization_id}")


async def _record(work: Work, access: PracticeAccess, action: str) -> None:
    await record_change(work, organization_id=access.organization_id, actor=access.actor, action=action)
