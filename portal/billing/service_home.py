"""What is to be paid for everybody whom one acts for: what the home page says of money."""

from dataclasses import dataclass
from uuid import UUID

from portal.access.subjects import ActingAccess
from portal.billing import queries
from portal.database import Work
from portal.kit.money import Money
from portal.models import Permission


@dataclass(frozen=True)
class ToPay:
    """What is open for one client: how much in all, and of how many charges."""

    client_id: str
    amount: str
    charges: int


async def list_to_pay(work: Work, access: ActingAccess) -> list[ToPay]:
    """List what somebody may pay for each of these clients, where anything is open. One statement, or none."""
    payable = {
        subject.client_id: subject.organization_id for subject in access.clients if subject.may(Permission.PAYMENTS)
    }
    if not payable:
        return []
    found: dict[tuple[UUID, str], list[int]] = {}
    for line in await queries.open_lines_of(work, payable):
        if line.open > 0:
            found.setdefault((line.client_id, line.currency), []).append(line.open)
    return [
        ToPay(str(client_id), str(Money(sum(cents), currency)), len(cents))
        for (client_id, currency), cents in found.items()
    ]
