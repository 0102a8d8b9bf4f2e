"""The practice's list of payers: searched by everybody who enters insurance, kept by staff."""

from uuid import UUID

from portal.access.actor import ClientAccess, PracticeAccess, StaffTask
from portal.audit.service import record_change
from portal.database import Work
from portal.errors import Conflict, NotPermitted
from portal.insurance import queries, rules, words, writing
from portal.insurance.starter import install_payers
from portal.insurance.views import PayerRow

OFFERED = 20
"""How many companies are offered while somebody types."""


async def suggest_payers(work: Work, access: ClientAccess | PracticeAccess, *, typed: str) -> list[str]:
    """Return the names of companies on the list with these words in them. One statement."""
    found = await queries.payers_like(work, access.organization_id, typed, limit=OFFERED, offered_only=True)
    return [payer.name for payer in found]


async def list_payers(work: Work, access: PracticeAccess, *, typed: str, after: str = "") -> list[PayerRow]:
    """Return a page of the list, with those that are not offered any more; `after` is the last name shown."""
    _require(access)
    found = await queries.payers_like(
        work,
        access.organization_id,
        typed,
        limit=queries.PAGE,
        offered_only=False,
        after=rules.payer_key(after) if after else "",
    )
    return [PayerRow(str(payer.id), payer.name, payer.archived_at is not None) for payer in found]


async def add_payer(work: Work, access: PracticeAccess, *, name: str) -> None:
    """Put a company on the list. Raises InvalidFields, and Conflict for one that is there."""
    _require(access)
    payer, is_new = await writing.insert_payer(work, access.organization_id, rules.check_payer_name(name), access.actor)
    if not is_new:
        raise Conflict(words.PAYER_THERE)
    await _record(work, access, "insurance.payer_added", payer.id)


async def add_large_payers(work: Work, access: PracticeAccess) -> int:
    """Put the large companies that every practice begins with on the list, where they are missing."""
    _require(access)
    count = await install_payers(work, access.organization_id)
    if count:
        await _record(work, access, "insurance.payers_installed", None)
    return count


async def offer_payer(work: Work, access: PracticeAccess, *, payer_id: UUID, is_offered: bool) -> None:
    """Offer a company, or offer it no more; policies with it stay as they are."""
    _require(access)
    payer = await queries.find_payer(work, access.organization_id, payer_id)
    if (payer.archived_at is None) == is_offered:
        return
    payer.archived_at = None if is_offered else work.now
    work.add(payer)
    await work.flush()
    await _record(work, access, "insurance.payer_offered" if is_offered else "insurance.payer_archived", payer.id)


def _require(access: PracticeAccess) -> None:
    if access.task is not StaffTask.INSURANCE_REVIEW:
        raise NotPermitted(words.NOT_FOR_YOU)


async def _record(work: Work, access: PracticeAccess, action: str, object_id: UUID | None) -> None:
    await record_change(
        work, organization_id=access.organization_id, actor=access.actor, action=action, object_id=object_id
    )
    work.tell(f"insurance:{access.organization_id}")
