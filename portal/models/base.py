"""What all tables share: columns that behave alike on SQLite and PostgreSQL, and keys that keep practices apart."""

from collections.abc import Sequence
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import Column, Dialect, ForeignKeyConstraint, MetaData, String, TypeDecorator, UniqueConstraint
from sqlalchemy import DateTime as SaDateTime
from sqlalchemy.types import TypeEngine
from sqlmodel import Field, SQLModel

from portal.kit.ids import new_id

SQLModel.metadata.naming_convention = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}
metadata: MetaData = SQLModel.metadata


class Moment(TypeDecorator[datetime]):
    """An aware moment, kept in UTC. SQLite forgets the zone, so it is put back on reading."""

    impl = SaDateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("A stored moment needs a zone.")
        return value.astimezone(UTC)

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        moment: datetime = value
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


class Word(TypeDecorator[StrEnum]):
    """A member of a StrEnum, kept as its word."""

    impl = String(40)
    cache_ok = True

    def __init__(self, kind: type[StrEnum]) -> None:
        super().__init__()
        self.kind = kind

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:
        return None if value is None else str(self.kind(value).value)

    def process_result_value(self, value: Any, dialect: Dialect) -> StrEnum | None:
        return None if value is None else self.kind(value)


class Row(SQLModel):
    """A table's base: an opaque, time-ordered id."""

    id: UUID = Field(default_factory=new_id, primary_key=True)


def moment(*, index: bool = False) -> Any:
    """A required moment column."""
    return Field(sa_type=Moment, index=index)


def moment_or_none(*, index: bool = False) -> Any:
    """A moment column that may be empty."""
    return Field(default=None, sa_type=Moment, index=index, nullable=True)


def word(kind: type[StrEnum], default: StrEnum | None = None) -> Any:
    """A column that holds a member of an enum; required when no default is given."""
    column: Column[Any] = Column(Word(kind), nullable=False)
    return Field(sa_column=column) if default is None else Field(default=default, sa_column=column)


def by_code_point(length: int) -> TypeEngine[str]:
    """A text that is compared letter by letter, never by the rules of a language: ranges mean the same everywhere."""
    return String(length).with_variant(String(length, collation="C"), "postgresql")


def organization_key() -> Any:
    """The column that every row of a practice carries."""
    return Field(foreign_key="organization.id", index=True)


def owned(table: str) -> UniqueConstraint:
    """Let other tables point at (organization_id, id) of this one, so that no row can point into another practice."""
    return UniqueConstraint("organization_id", "id", name=f"uq_{table}_owned")


def within_organization(column: str, table: str, *, ondelete: str | None = None) -> ForeignKeyConstraint:
    """A foreign key that cannot cross practices: (organization_id, column) → table(organization_id, id)."""
    return ForeignKeyConstraint(
        ["organization_id", column], [f"{table}.organization_id", f"{table}.id"], ondelete=ondelete
    )


def tables() -> Sequence[str]:
    """The names of all tables."""
    return list(metadata.tables)
