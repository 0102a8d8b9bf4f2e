"""Writing policies: every change claims the policy as it was read, and adds a version; history stays."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import case, insert, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import col

from portal.access.actor import ClientAccess, Person, PracticeAccess
from portal.clients.rules import InvalidFields
from portal.database import Work
from portal.errors import Conflict, Invalid, NotFound
from portal.files.service import keep_files
from portal.insurance import queries, rules, words
from portal.insurance.sealing import seal_version
from portal.insurance.views import Cards
from portal.kit.ids import new_id
from portal.models import FileOwner, InsurancePolicy, Payer, PolicyVersion


@dataclass(frozen=True, slots=True)
class Content:
    """What is to stand in a policy."""

    payer_id: UUID
    details: Mapping[str, str]
    cards: Cards


def topics(organization_id: UUID, client_id: UUID) -> tuple[str, str]:
    """What pages watch that show insurance: those of the client, and those of staff."""
    return f"client:{client_id}", f"insurance:{organization_id}"


def tell(work: Work, organization_id: UUID, client_id: UUID) -> None:
    """Ask the open pages that show a client's insurance to load again."""
    for topic in topics(organization_id, client_id):
        work.tell(topic)


async def keep_cards(work: Work, access: ClientAccess | PracticeAccess, client_id: UUID, cards: Cards) -> None:
    """Note that something refers to these photos. Raises Invalid where one is gone, or is no photo of this client."""
    wanted = [one for one in (cards.front, cards.back) if one is not None]
    if not wanted:
        return
    try:
        await keep_files(work, access, owner=FileOwner.INSURANCE, owner_id=client_id, file_ids=wanted)
    except NotFound:
        raise Invalid(words.PHOTO_GONE) from None
    await work.flush()


async def claim_policy(work: Work, policy: InsurancePolicy, revision: int) -> None:
    """Take a policy as it was read, for one more version. Raises Conflict when it has changed since."""
    taken = await work.exec(
        update(InsurancePolicy)
        .where(
            col(InsurancePolicy.id) == policy.id,
            col(InsurancePolicy.revision) == revision,
            col(InsurancePolicy.place).is_not(None),
        )
        .values(revision=revision + 1)
        .execution_options(synchronize_session=False)
    )
    if taken.rowcount != 1:
        raise Conflict(words.HAS_CHANGED)


async def write_version(work: Work, policy: InsurancePolicy, number: int, content: Content, by: Person) -> None:
    """Add what stands in a policy from now on."""
    version_id = new_id()
    row = PolicyVersion(
        id=version_id,
        organization_id=policy.organization_id,
        policy_id=policy.id,
        number=number,
        payer_id=content.payer_id,
        details=seal_version(work.ring, version_id, content.details),
        front_id=content.cards.front,
        back_id=content.cards.back,
        written_at=work.now,
        written_by=by.account_id,
    )
    await work.exec(insert(PolicyVersion).values(row.model_dump()))


async def write_policy(
    work: Work, organization_id: UUID, client_id: UUID, content: Content, place: int, by: Person
) -> UUID:
    """Add a policy at a place; those from there on move down. The client is locked before. Raises Invalid for a fourth.

    Four statements, and one more to read the order.
    """
    order = [held.policy.id for held in await queries.policies_of(work, organization_id, client_id)]
    if len(order) >= len(words.PLACES):
        raise Invalid(words.THREE_ALREADY)
    policy = InsurancePolicy(
        id=new_id(), organization_id=organization_id, client_id=client_id, place=None, created_at=work.now
    )
    work.add(policy)
    await work.flush()
    await write_version(work, policy, 1, content, by)
    await put_in_order(work, client_id, rules.order_with(order, policy.id, place))
    return policy.id


async def put_in_order(work: Work, client_id: UUID, order: Sequence[UUID]) -> None:
    """Give the policies of a client their places, and take it from all others: two statements."""
    mine = update(InsurancePolicy).where(col(InsurancePolicy.client_id) == client_id)
    silent = {"synchronize_session": False}
    await work.exec(mine.where(col(InsurancePolicy.place).is_not(None)).values(place=None).execution_options(**silent))
    if order:
        places = case({one: place for place, one in enumerate(order, 1)}, value=col(InsurancePolicy.id))
        chosen = mine.where(col(InsurancePolicy.id).in_(list(order)))
        await work.exec(chosen.values(place=places).execution_options(**silent))


async def payer_named(work: Work, organization_id: UUID, name: str, *, by: Person, adds: bool) -> tuple[Payer, bool]:
    """Return the company of a name, and whether it was put on the list just now, which only happens where `adds`.

    Raises InvalidFields for one that is not on the list otherwise. What was put aside comes back where `adds`.
    """
    kept = rules.check_payer_name(name)
    found = await queries.payer_by_key(work, organization_id, rules.payer_key(kept))
    if found is None and adds:
        return await insert_payer(work, organization_id, kept, by)
    if found is None or (found.archived_at is not None and not adds):
        raise InvalidFields({"payer": words.NOT_LISTED_STAFF})
    if found.archived_at is not None:
        found.archived_at = None
        work.add(found)
        await work.flush()
    return found, False


async def insert_payer(work: Work, organization_id: UUID, name: str, by: Person) -> tuple[Payer, bool]:
    """Put a company on the list, once whoever does it at the same time; returns it, and whether it is new."""
    row = Payer(
        id=new_id(),
        organization_id=organization_id,
        name=name,
        name_key=rules.payer_key(name),
        created_at=work.now,
        created_by=by.account_id,
    )
    added = sqlite.insert if work.get_bind().dialect.name == "sqlite" else postgresql.insert
    query = added(Payer).values(row.model_dump()).on_conflict_do_nothing(index_elements=["organization_id", "name_key"])
    if (await work.exec(query.returning(col(Payer.id)))).first() is not None:
        return row, True
    there = await queries.payer_by_key(work, organization_id, row.name_key)
    return there or row, False
