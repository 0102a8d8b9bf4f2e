"""Insurance: the payers that a practice works with, its clients' policies, and what people propose to change.

What stands in a policy is sealed as one document; only the payer and the photos of the card are keys of other tables.
"""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, Column, Index, LargeBinary, UniqueConstraint, text
from sqlmodel import Field

from portal.models.base import Row, moment, moment_or_none, organization_key, owned, within_organization, word

MOST_POLICIES = 3
"""Primary, secondary and tertiary."""


class Subscriber(StrEnum):
    """Who holds a policy, seen from the client."""

    SELF = "self"
    PARENT = "parent"
    SPOUSE = "spouse"
    GUARDIAN = "guardian"
    OTHER = "other"


class ProposalStatus(StrEnum):
    """Where a proposed change stands."""

    WAITING = "waiting"
    DECIDED = "decided"
    WITHDRAWN = "withdrawn"


class Payer(Row, table=True):
    """An insurance company on a practice's list. `name_key` is its name folded, by which it is found and is one."""

    __tablename__ = "payer"
    __table_args__ = (owned("payer"), UniqueConstraint("organization_id", "name_key"))
    organization_id: UUID = organization_key()
    name: str = Field(max_length=120)
    name_key: str = Field(max_length=240)
    created_at: datetime = moment()
    created_by: UUID | None = Field(default=None, foreign_key="account.id")
    archived_at: datetime | None = moment_or_none()


class InsurancePolicy(Row, table=True):
    """One policy of a client. `place` is 1 for primary; it is empty once the policy has ended.

    What stands in it is the version whose number is `revision`: changing is adding a version, so that history stays.
    """

    __tablename__ = "insurance_policy"
    __table_args__ = (
        owned("insurance_policy"),
        within_organization("client_id", "client"),
        UniqueConstraint("client_id", "place"),
        CheckConstraint(f"place BETWEEN 1 AND {MOST_POLICIES}", name="place"),
    )
    organization_id: UUID = organization_key()
    client_id: UUID
    place: int | None = None
    revision: int = 1
    created_at: datetime = moment()
    ended_at: datetime | None = moment_or_none()


class PolicyVersion(Row, table=True):
    """What stood in a policy from one moment on. `details` is sealed. Append-only."""

    __tablename__ = "policy_version"
    __table_args__ = (
        within_organization("policy_id", "insurance_policy"),
        within_organization("payer_id", "payer"),
        within_organization("front_id", "stored_file"),
        within_organization("back_id", "stored_file"),
        UniqueConstraint("policy_id", "number"),
    )
    organization_id: UUID = organization_key()
    policy_id: UUID
    number: int
    payer_id: UUID = Field(index=True)
    details: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    front_id: UUID | None = None
    back_id: UUID | None = None
    written_at: datetime = moment()
    written_by: UUID = Field(foreign_key="account.id")


class InsuranceProposal(Row, table=True):
    """What somebody on the client's side asks to change: a policy as it was at version `base`, or a new one.

    `details`, `outcome` and `message` are sealed. `slot` is what it is about; only one proposal about it can wait.
    """

    __tablename__ = "insurance_proposal"
    __table_args__ = (
        within_organization("client_id", "client"),
        within_organization("policy_id", "insurance_policy"),
        within_organization("payer_id", "payer"),
        within_organization("front_id", "stored_file"),
        within_organization("back_id", "stored_file"),
        UniqueConstraint("client_id", "operation_id"),
        Index(
            "uq_insurance_proposal_waiting",
            "client_id",
            "slot",
            unique=True,
            sqlite_where=text("status = 'waiting'"),
            postgresql_where=text("status = 'waiting'"),
        ),
        Index("ix_insurance_proposal_queue", "organization_id", "status", "proposed_at", "id"),
    )
    organization_id: UUID = organization_key()
    client_id: UUID
    policy_id: UUID | None = Field(default=None, index=True)
    slot: str = Field(max_length=36)
    base: int = 0
    status: ProposalStatus = word(ProposalStatus, ProposalStatus.WAITING)
    revision: int = 1
    payer_id: UUID | None = None
    details: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    front_id: UUID | None = None
    back_id: UUID | None = None
    operation_id: UUID
    proposed_at: datetime = moment()
    proposed_by: UUID = Field(foreign_key="account.id")
    decided_at: datetime | None = moment_or_none()
    decided_by: UUID | None = Field(default=None, foreign_key="account.id")
    outcome: bytes | None = Field(default=None, sa_column=Column(LargeBinary))
    message: bytes | None = Field(default=None, sa_column=Column(LargeBinary))
