"""Every SELECT on proposals."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import and_, func, or_, tuple_
from sqlalchemy.orm import aliased
from sqlmodel import col, select

from portal.access.naming import name_known
from portal.database import Work
from portal.errors import NotFound
from portal.insurance.queries import PAGE
from portal.models import (
    Client,
    InsurancePolicy,
    InsuranceProposal,
    Membership,
    Payer,
    PolicyVersion,
    ProposalStatus,
    Role,
)

_SENDER = name_known(col(InsuranceProposal.proposed_by), col(InsuranceProposal.organization_id))
_SHOWN_FOR = timedelta(days=90)
_MOST_SHOWN = 10
_REVIEWERS = (Role.ADMIN, Role.BILLER)


@dataclass(frozen=True, slots=True)
class Proposed:
    """A proposal with all that it is shown with. `base` and `base_payer` are what it was made from, if anything."""

    proposal: InsuranceProposal
    client: Client
    sender: str
    policy: InsurancePolicy | None
    payer: Payer | None
    base: PolicyVersion | None
    base_payer: Payer | None


def _proposed() -> Any:
    base_payer = aliased(Payer)
    at_base = and_(
        col(PolicyVersion.policy_id) == col(InsuranceProposal.policy_id),
        col(PolicyVersion.number) == col(InsuranceProposal.base),
    )
    columns: Any = (InsuranceProposal, Client, _SENDER, InsurancePolicy, Payer, PolicyVersion, base_payer)
    return (
        select(*columns)
        .join(Client, col(Client.id) == col(InsuranceProposal.client_id))
        .outerjoin(InsurancePolicy, col(InsurancePolicy.id) == col(InsuranceProposal.policy_id))
        .outerjoin(Payer, col(Payer.id) == col(InsuranceProposal.payer_id))
        .outerjoin(PolicyVersion, at_base)
        .outerjoin(base_payer, base_payer.id == col(PolicyVersion.payer_id))
    )


async def proposals_of(work: Work, organization_id: UUID, client_id: UUID, now: datetime) -> list[Proposed]:
    """Return what waits for one client and what was decided lately, the latest first. One statement."""
    query = _proposed().where(
        col(InsuranceProposal.organization_id) == organization_id,
        col(InsuranceProposal.client_id) == client_id,
        or_(
            col(InsuranceProposal.status) == ProposalStatus.WAITING,
            and_(
                col(InsuranceProposal.status) == ProposalStatus.DECIDED,
                col(InsuranceProposal.decided_at) > now - _SHOWN_FOR,
            ),
        ),
    )
    waits_first = (col(InsuranceProposal.status) != ProposalStatus.WAITING, col(InsuranceProposal.id).desc())
    rows = (await work.exec(query.order_by(*waits_first).limit(_MOST_SHOWN))).all()
    return [Proposed(*row) for row in rows]


async def find_proposal(work: Work, organization_id: UUID, proposal_id: UUID) -> Proposed:
    """Return a proposal of a practice. Raises NotFound."""
    query = _proposed().where(
        col(InsuranceProposal.organization_id) == organization_id, col(InsuranceProposal.id) == proposal_id
    )
    row = (await work.exec(query)).first()
    if row is None:
        raise NotFound
    return Proposed(*row)


async def waiting_of(
    work: Work, organization_id: UUID, after: InsuranceProposal | None
) -> Sequence[tuple[InsuranceProposal, Client, str, int | None]]:
    """Return a page of what waits at a practice, the longest waiting first, with client, sender and policy's place."""
    query = (
        select(InsuranceProposal, Client, _SENDER, InsurancePolicy.place)
        .join(Client, col(Client.id) == col(InsuranceProposal.client_id))
        .outerjoin(InsurancePolicy, col(InsurancePolicy.id) == col(InsuranceProposal.policy_id))
        .where(InsuranceProposal.organization_id == organization_id, InsuranceProposal.status == ProposalStatus.WAITING)
        .order_by(col(InsuranceProposal.proposed_at), col(InsuranceProposal.id))
        .limit(PAGE)
    )
    if after is not None:
        place = tuple_(col(InsuranceProposal.proposed_at), col(InsuranceProposal.id))
        query = query.where(place > tuple_(after.proposed_at, after.id))
    return (await work.exec(query)).all()


async def count_waiting(work: Work, organization_id: UUID) -> int:
    """Return how many proposals wait at a practice."""
    query = select(func.count()).where(
        InsuranceProposal.organization_id == organization_id, InsuranceProposal.status == ProposalStatus.WAITING
    )
    return (await work.exec(query)).one()


async def same_operation(work: Work, client_id: UUID, operation_id: UUID) -> InsuranceProposal | None:
    """Return the proposal that the same click made already."""
    query = select(InsuranceProposal).where(
        InsuranceProposal.client_id == client_id, InsuranceProposal.operation_id == operation_id
    )
    return (await work.exec(query)).first()


async def reviewers_of(work: Work, organization_id: UUID) -> Sequence[Membership]:
    """Return the active staff who look after insurance."""
    query = select(Membership).where(
        Membership.organization_id == organization_id,
        col(Membership.deactivated_at).is_(None),
        col(Membership.role).in_(_REVIEWERS),
    )
    return (await work.exec(query.order_by(col(Membership.number)))).all()


def fields_in(proposal: InsuranceProposal, texts: Iterable[str]) -> set[str]:
    """Return which fields a proposal is about."""
    there = set(texts) - {"place"}
    there |= {"payer"} if proposal.payer_id else set()
    there |= {"front"} if proposal.front_id else set()
    return there | ({"back"} if proposal.back_id else set())
