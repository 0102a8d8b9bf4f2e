"""Drafts of forms, comments, countersignatures, alerts, and what becomes of a form that was sent."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_MOMENTS = ("returned_at", "reminded_at", "expired_at")
_SWITCHES = ("only_signers", "needs_countersign")
_TABLES = ("form_draft", "form_comment", "form_countersignature", "crisis_alert")
_INDEXES = (
    ("form_comment", ("assignment_id", "created_at")),
    ("crisis_alert", ("organization_id", "acknowledged_at")),
    *((table, ("organization_id",)) for table in _TABLES),
)


def upgrade() -> None:
    for name in _MOMENTS:
        op.add_column("form_assignment", sa.Column(name, sa.DateTime(timezone=True), nullable=True))
    for name in _SWITCHES:
        op.add_column("form_assignment", sa.Column(name, sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("form_assignment", sa.Column("packet", sa.Uuid(), nullable=True))
    _create_draft()
    _create_comment()
    _create_countersignature()
    _create_alert()
    for table, columns in _INDEXES:
        op.create_index(op.f(f"ix_{table}_{'_'.join(columns)}"), table, list(columns), unique=False)


def _create_draft() -> None:
    op.create_table(
        "form_draft",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("form_id", sa.Uuid(), nullable=False),
        sa.Column("questionnaire", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("edited_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("edited_by", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(["edited_by"], ["account.id"], name=op.f("fk_form_draft_edited_by")),
        *_keys("form_draft", form_id="form"),
        sa.UniqueConstraint("form_id", name=op.f("uq_form_draft_form_id")),
    )


def _create_comment() -> None:
    op.create_table(
        "form_comment",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("assignment_id", sa.Uuid(), nullable=False),
        sa.Column("response_id", sa.Uuid(), nullable=False),
        sa.Column("path", sa.String(500), nullable=False),
        sa.Column("words", sa.LargeBinary(), nullable=False),
        sa.Column("author_id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["author_id"], ["account.id"], name=op.f("fk_form_comment_author_id")),
        *_keys("form_comment", assignment_id="form_assignment", response_id="form_response"),
    )


def _create_countersignature() -> None:
    op.create_table(
        "form_countersignature",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("assignment_id", sa.Uuid(), nullable=False),
        sa.Column("response_id", sa.Uuid(), nullable=False),
        sa.Column("membership_id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.LargeBinary(), nullable=False),
        sa.Column("capacity", sa.LargeBinary(), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("signed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_form_countersignature_account_id")),
        *_keys(
            "form_countersignature",
            assignment_id="form_assignment",
            response_id="form_response",
            membership_id="membership",
        ),
        sa.UniqueConstraint("response_id", name=op.f("uq_form_countersignature_response_id")),
    )


def _create_alert() -> None:
    op.create_table(
        "crisis_alert",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("assignment_id", sa.Uuid(), nullable=False),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("raised_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("acknowledged_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("acknowledged_by", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(["acknowledged_by"], ["account.id"], name=op.f("fk_crisis_alert_acknowledged_by")),
        *_keys("crisis_alert", assignment_id="form_assignment", client_id="client"),
        sa.UniqueConstraint("assignment_id", name=op.f("uq_crisis_alert_assignment_id")),
    )


def _keys(table: str, **targets: str) -> tuple[sa.schema.SchemaItem, ...]:
    """The keys of a table: its own, its practice, and rows of the same practice."""
    return (
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
        sa.ForeignKeyConstraint(["organization_id"], ["organization.id"], name=op.f(f"fk_{table}_organization_id")),
        *(
            sa.ForeignKeyConstraint(
                ["organization_id", column],
                [f"{target}.organization_id", f"{target}.id"],
                name=op.f(f"fk_{table}_organization_id_{column}"),
            )
            for column, target in targets.items()
        ),
    )


def downgrade() -> None:
    for table, columns in reversed(_INDEXES):
        op.drop_index(op.f(f"ix_{table}_{'_'.join(columns)}"), table_name=table)
    for table in reversed(_TABLES):
        op.drop_table(table)
    for name in ("packet", *reversed(_SWITCHES), *reversed(_MOMENTS)):
        op.drop_column("form_assignment", name)
