"""Conversations between a client's side and therapists, and when a practice answers."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("organization", sa.Column("answering_hours", sa.String(300), nullable=True))
    _create_thread()
    _create_participant()
    _create_message()
    _create_opening()


def _owned(table: str, *columns: sa.Column, **others: str) -> None:
    """Make a table of a practice; `others` are its columns that point at rows of the same practice."""
    op.create_table(
        table,
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        *columns,
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
        sa.ForeignKeyConstraint(["organization_id"], ["organization.id"], name=op.f(f"fk_{table}_organization_id")),
        *(
            sa.ForeignKeyConstraint(
                ["organization_id", column],
                [f"{other}.organization_id", f"{other}.id"],
                name=op.f(f"fk_{table}_organization_id_{column}"),
            )
            for column, other in others.items()
        ),
        *_CONSTRAINTS[table],
    )
    op.create_index(op.f(f"ix_{table}_organization_id"), table, ["organization_id"])


def _unique(table: str, *columns: str) -> sa.UniqueConstraint:
    return sa.UniqueConstraint(*columns, name=f"uq_{table}_{'_'.join(columns)}")


def _account(table: str, column: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], ["account.id"], name=f"fk_{table}_{column}")


_CONSTRAINTS: dict[str, tuple[sa.Constraint, ...]] = {
    "message_thread": (
        sa.UniqueConstraint("organization_id", "id", name="uq_message_thread_owned"),
        _unique("message_thread", "created_by", "operation_id"),
        _account("message_thread", "created_by"),
    ),
    "thread_participant": (
        sa.UniqueConstraint("organization_id", "id", name="uq_thread_participant_owned"),
        _unique("thread_participant", "thread_id", "contact_id"),
        _unique("thread_participant", "thread_id", "membership_id"),
    ),
    "message": (
        _unique("message", "thread_id", "number"),
        _unique("message", "author_id", "operation_id"),
        _account("message", "author_id"),
    ),
    "thread_opening": (),
}


def _create_thread() -> None:
    _owned(
        "message_thread",
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("subject", sa.LargeBinary(), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=False),
        sa.Column("operation_id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_number", sa.Integer(), nullable=False),
        client_id="client",
    )
    op.create_index("ix_message_thread_client_id_last_at", "message_thread", ["client_id", "last_at"])
    op.create_index(op.f("ix_message_thread_last_at"), "message_thread", ["last_at"])


def _create_participant() -> None:
    _owned(
        "thread_participant",
        sa.Column("thread_id", sa.Uuid(), nullable=False),
        sa.Column("side", sa.String(40), nullable=False),
        sa.Column("contact_id", sa.Uuid(), nullable=True),
        sa.Column("membership_id", sa.Uuid(), nullable=True),
        sa.Column("read_number", sa.Integer(), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("draft", sa.LargeBinary(), nullable=True),
        thread_id="message_thread",
        contact_id="contact",
        membership_id="membership",
    )
    for column in ("contact_id", "membership_id"):
        op.create_index(op.f(f"ix_thread_participant_{column}"), "thread_participant", [column])


def _create_message() -> None:
    _owned(
        "message",
        sa.Column("thread_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("author_id", sa.Uuid(), nullable=False),
        sa.Column("author_name", sa.LargeBinary(), nullable=False),
        sa.Column("operation_id", sa.Uuid(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        thread_id="message_thread",
    )
    op.create_index(op.f("ix_message_sent_at"), "message", ["sent_at"])


def _create_opening() -> None:
    _owned(
        "thread_opening",
        sa.Column("thread_id", sa.Uuid(), nullable=False),
        sa.Column("membership_id", sa.Uuid(), nullable=False),
        sa.Column("reason", sa.LargeBinary(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        thread_id="message_thread",
        membership_id="membership",
    )
    columns = ["thread_id", "membership_id", "until"]
    op.create_index("ix_thread_opening_thread_id_membership_id_until", "thread_opening", columns)


def downgrade() -> None:
    for table in ("thread_opening", "message", "thread_participant", "message_thread"):
        op.drop_table(table)
    op.drop_column("organization", "answering_hours")
