"""What is agreed with one client: a fee for a session, or a copay where insurance pays the rest."""

from uuid import UUID

from portal.access.actor import PracticeAccess
from portal.audit.service import record_change
from portal.billing import queries, words
from portal.billing.rules import MOST_CENTS
from portal.billing.service import find_client, require_money
from portal.database import Work
from portal.errors import Invalid
from portal.models import ClientFee


async def agree_fee(
    work: Work, access: PracticeAccess, *, client_id: UUID, cents: int | None, is_copay: bool = False
) -> None:
    """Agree on what kept appointments are charged at from now on; None goes back to the price of each service.

    What was charged before stays as it is. Raises NotFound, Invalid.
    """
    require_money(access)
    if cents is not None and not 0 <= cents <= MOST_CENTS:
        raise Invalid(words.NO_AMOUNT)
    await find_client(work, access, client_id, lock=True)
    found = await queries.find_fee(work, access.organization_id, client_id)
    before = found.cents if found else None
    if cents is not None:
        row = found or ClientFee(organization_id=access.organization_id, client_id=client_id, cents=cents)
        row.cents, row.is_copay = cents, is_copay
        row.changed_at, row.changed_by = work.now, access.actor.account_id
        work.add(row)
    elif found is not None:
        await work.delete(found)
    await work.flush()
    await record_change(
        work,
        organization_id=access.organization_id,
        actor=access.actor,
        action="fee.agreed",
        client_id=client_id,
        object_id=client_id,
        detail={"before": before, "after": cents},
    )
    work.tell(f"money:{access.organization_id}")
