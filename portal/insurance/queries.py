"""Every SELECT on policies and payers."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ColumnElement, and_
from sqlmodel import col, select

from portal.access.naming import name_known
from portal.clients.search_words import typed_words
from portal.database import Work
from portal.errors import NotFound
from portal.models import Client, InsurancePolicy, InsuranceProposal, Payer, PolicyVersion, ProposalStatus

PAGE = 50


@dataclass(frozen=True, slots=True)
class Held:
    """A policy with what stands in it, its payer's name, and whether a change of it waits."""

    policy: InsurancePolicy
    version: PolicyVersion
    payer: Payer
    waits: bool = False


async def lock_client(work: Work, organization_id: UUID, client_id: UUID | None) -> None:
    """Let only one change of a client's insurance be made at a time. Raises NotFound."""
    query = select(Client.id).where(Client.organization_id == organization_id, Client.id == client_id)
    if (await work.exec(query.with_for_update(key_share=True))).first() is None:
        raise NotFound


async def policies_of(work: Work, organization_id: UUID, client_id: UUID) -> list[Held]:
    """Return the policies of a client that have not ended, in their order. One statement."""
    about = and_(
        col(InsuranceProposal.policy_id) == col(InsurancePolicy.id),
        col(InsuranceProposal.status) == ProposalStatus.WAITING,
    )
    query = (
        select(InsurancePolicy, PolicyVersion, Payer, InsuranceProposal.id)
        .join(PolicyVersion, _current())
        .join(Payer, col(Payer.id) == col(PolicyVersion.payer_id))
        .outerjoin(InsuranceProposal, about)
        .where(
            InsurancePolicy.organization_id == organization_id,
            InsurancePolicy.client_id == client_id,
            col(InsurancePolicy.place).is_not(None),
        )
        .order_by(col(InsurancePolicy.place))
    )
    rows = (await work.exec(query)).all()
    return [Held(policy, version, payer, waiting is not None) for policy, version, payer, waiting in rows]


async def find_policy(
    work: Work, organization_id: UUID, client_id: UUID, policy_id: UUID, *, lock: bool = False
) -> Held:
    """Return one policy of a client that has not ended. Raises NotFound. `lock` keeps it from ending meanwhile."""
    query = (
        select(InsurancePolicy, PolicyVersion, Payer)
        .join(PolicyVersion, _current())
        .join(Payer, col(Payer.id) == col(PolicyVersion.payer_id))
        .where(
            InsurancePolicy.organization_id == organization_id,
            InsurancePolicy.client_id == client_id,
            InsurancePolicy.id == policy_id,
            col(InsurancePolicy.place).is_not(None),
        )
    )
    locked = query.with_for_update(of=InsurancePolicy) if lock else query
    row = (await work.exec(locked)).first()
    if row is None:
        raise NotFound
    return Held(*row)


async def versions_of(
    work: Work, organization_id: UUID, policy_ids: Iterable[UUID]
) -> Sequence[tuple[PolicyVersion, Payer, str]]:
    """Return every version of some policies with payer and writer, the first first. One statement."""
    writer = name_known(col(PolicyVersion.written_by), col(PolicyVersion.organization_id))
    query = (
        select(PolicyVersion, Payer, writer)
        .join(Payer, col(Payer.id) == col(PolicyVersion.payer_id))
        .where(PolicyVersion.organization_id == organization_id, col(PolicyVersion.policy_id).in_(list(policy_ids)))
        .order_by(col(PolicyVersion.policy_id), col(PolicyVersion.number))
    )
    return (await work.exec(query)).all()


async def payer_by_key(work: Work, organization_id: UUID, key: str) -> Payer | None:
    """Return the company of a name, whether it is still offered or not."""
    query = select(Payer).where(Payer.organization_id == organization_id, Payer.name_key == key)
    return (await work.exec(query)).first()


async def find_payer(work: Work, organization_id: UUID, payer_id: UUID) -> Payer:
    """Return a company of a practice. Raises NotFound."""
    query = select(Payer).where(Payer.organization_id == organization_id, Payer.id == payer_id)
    found = (await work.exec(query)).first()
    if found is None:
        raise NotFound
    return found


async def payers_like(
    work: Work, organization_id: UUID, typed: str, *, limit: int, offered_only: bool, after: str = ""
) -> Sequence[Payer]:
    """Return the companies with these words in their names, by name; `after` is the key of the last one shown."""
    query = select(Payer).where(Payer.organization_id == organization_id, col(Payer.name_key) > after)
    for word in typed_words(typed):
        query = query.where(col(Payer.name_key).contains(word, autoescape=True))
    if offered_only:
        query = query.where(col(Payer.archived_at).is_(None))
    return (await work.exec(query.order_by(col(Payer.name_key)).limit(limit))).all()


def _current() -> ColumnElement[bool]:
    return and_(
        col(PolicyVersion.policy_id) == col(InsurancePolicy.id),
        col(PolicyVersion.number) == col(InsurancePolicy.revision),
    )
