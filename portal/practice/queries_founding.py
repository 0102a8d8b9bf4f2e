"""What setting up a practice asks the database."""

from sqlmodel import func, select

from portal.database import Work
from portal.models import Account, Membership, Organization


async def find_practice(work: Work, slug: str) -> Organization | None:
    """Return the practice with a short name such as "harbor"."""
    return (await work.exec(select(Organization).where(Organization.slug == slug))).first()


async def list_practices(work: Work) -> list[Organization]:
    """Return every practice of this installation, by short name."""
    return list(await work.exec(select(Organization).order_by(Organization.slug)))


async def has_practice(work: Work) -> bool:
    """Say whether this installation has a practice."""
    return bool((await work.exec(select(select(Organization.id).exists()))).one())


async def is_empty(work: Work) -> bool:
    """Say whether this installation holds nobody yet."""
    statement = select(select(Organization.id).exists(), select(Account.id).exists())
    return not any((await work.exec(statement)).one())


async def find_membership(work: Work, practice: Organization, account: Account) -> Membership | None:
    """Return the staff member that an account is in a practice."""
    statement = select(Membership).where(Membership.organization_id == practice.id, Membership.account_id == account.id)
    return (await work.exec(statement)).first()


async def last_number(work: Work, practice: Organization) -> int:
    """Return the highest number given to a staff member of a practice, 0 when there is none."""
    statement = select(func.coalesce(func.max(Membership.number), 0))
    return (await work.exec(statement.where(Membership.organization_id == practice.id))).one()
