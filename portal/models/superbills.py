"""What a client was treated for, as insurers want it told on a superbill."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Column, LargeBinary, UniqueConstraint
from sqlmodel import Field

from portal.models.base import Row, moment, organization_key, within_organization


class ClientDiagnosis(Row, table=True):
    """The diagnoses of a client from one day on, until the first day of the next row. `codes` (ICD-10-CM) is sealed.

    A session is billed with what held on its day, so that a new diagnosis does not change what was true before.
    """

    __tablename__ = "client_diagnosis"
    __table_args__ = (within_organization("client_id", "client"), UniqueConstraint("client_id", "first_day"))
    organization_id: UUID = organization_key()
    client_id: UUID
    first_day: date
    codes: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    written_at: datetime = moment()
    written_by: UUID | None = Field(default=None, foreign_key="account.id")
