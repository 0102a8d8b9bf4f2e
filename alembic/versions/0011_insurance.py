"""Payers, policies with their history, and what people propose to change."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _create_payer()
    _create_policy()
    _create_version()
    _create_proposal()


def _owned(table: str, *parts: sa.Column | sa.Constraint, **others: str) -> None:
    """Make a table of a practice; `others` are its columns that point at rows of the same practice."""
    op.create_table(
        table,
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        *parts,
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
    )
    op.create_index(op.f(f"ix_{table}_organization_id"), table, ["organization_id"])


def _unique(table: str, *columns: str) -> sa.UniqueConstraint:
    return sa.UniqueConstraint(*columns, name=op.f(f"uq_{table}_{'_'.join(columns)}"))


def _is_pointed_at(table: str) -> sa.UniqueConstraint:
    return sa.UniqueConstraint("organization_id", "id", name=f"uq_{table}_owned")


def _account(table: str, column: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], ["account.id"], name=op.f(f"fk_{table}_{column}"))


def _moment(name: str, *, nullable: bool = False) -> sa.Column:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def _create_payer() -> None:
    _owned(
        "payer",
        sa.Column("name", sa.String(120), nullable=False),
        sa.Column("name_key", sa.String(240), nullable=False),
        _moment("created_at"),
        sa.Column("created_by", sa.Uuid(), nullable=True),
        _moment("archived_at", nullable=True),
        _is_pointed_at("payer"),
        _unique("payer", "organization_id", "name_key"),
        _account("payer", "created_by"),
    )


def _create_policy() -> None:
    _owned(
        "insurance_policy",
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        _moment("created_at"),
        _moment("ended_at", nullable=True),
        _is_pointed_at("insurance_policy"),
        _unique("insurance_policy", "client_id", "place"),
        sa.CheckConstraint("place BETWEEN 1 AND 3", name=op.f("ck_insurance_policy_place")),
        client_id="client",
    )


def _create_version() -> None:
    _owned(
        "policy_version",
        sa.Column("policy_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("payer_id", sa.Uuid(), nullable=False),
        sa.Column("details", sa.LargeBinary(), nullable=False),
        sa.Column("front_id", sa.Uuid(), nullable=True),
        sa.Column("back_id", sa.Uuid(), nullable=True),
        _moment("written_at"),
        sa.Column("written_by", sa.Uuid(), nullable=False),
        _unique("policy_version", "policy_id", "number"),
        _account("policy_version", "written_by"),
        policy_id="insurance_policy",
        payer_id="payer",
        front_id="stored_file",
        back_id="stored_file",
    )
    op.create_index(op.f("ix_policy_version_payer_id"), "policy_version", ["payer_id"])


def _create_proposal() -> None:
    table = "insurance_proposal"
    _owned(
        table,
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("policy_id", sa.Uuid(), nullable=True),
        sa.Column("slot", sa.String(36), nullable=False),
        sa.Column("base", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(40), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("payer_id", sa.Uuid(), nullable=True),
        sa.Column("details", sa.LargeBinary(), nullable=False),
        sa.Column("front_id", sa.Uuid(), nullable=True),
        sa.Column("back_id", sa.Uuid(), nullable=True),
        sa.Column("operation_id", sa.Uuid(), nullable=False),
        _moment("proposed_at"),
        sa.Column("proposed_by", sa.Uuid(), nullable=False),
        _moment("decided_at", nullable=True),
        sa.Column("decided_by", sa.Uuid(), nullable=True),
        sa.Column("outcome", sa.LargeBinary(), nullable=True),
        sa.Column("message", sa.LargeBinary(), nullable=True),
        _unique(table, "client_id", "operation_id"),
        _account(table, "proposed_by"),
        _account(table, "decided_by"),
        client_id="client",
        policy_id="insurance_policy",
        payer_id="payer",
        front_id="stored_file",
        back_id="stored_file",
    )
    waiting = sa.text("status = 'waiting'")
    op.create_index(
        "uq_insurance_proposal_waiting",
        table,
        ["client_id", "slot"],
        unique=True,
        sqlite_where=waiting,
        postgresql_where=waiting,
    )
    op.create_index("ix_insurance_proposal_queue", table, ["organization_id", "status", "proposed_at", "id"])
    op.create_index(op.f("ix_insurance_proposal_policy_id"), table, ["policy_id"])


def downgrade() -> None:
    for table in ("insurance_proposal", "policy_version", "insurance_policy", "payer"):
        op.drop_table(table)
