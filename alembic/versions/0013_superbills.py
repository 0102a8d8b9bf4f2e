"""What superbills say: of the practice, of who gives care, of what is offered, and the diagnoses of clients."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

# table, column, length
_COLUMNS = (
    ("organization", "ein", 10),
    ("organization", "npi", 10),
    ("organization", "billing_address", 400),
    ("membership", "licence", 120),
    ("membership", "npi", 10),
    ("service", "procedure_code", 5),
)


def upgrade() -> None:
    for table, name, length in _COLUMNS:
        op.add_column(table, sa.Column(name, sa.String(length), nullable=True))
    op.add_column("organization", sa.Column("video_place", sa.String(40), nullable=False, server_default="10"))
    op.create_table(
        "client_diagnosis",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("codes", sa.LargeBinary(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("written_by", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(["written_by"], ["account.id"], name=op.f("fk_client_diagnosis_written_by")),
        sa.ForeignKeyConstraint(
            ["organization_id", "client_id"],
            ["client.organization_id", "client.id"],
            name=op.f("fk_client_diagnosis_organization_id_client_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organization.id"], name=op.f("fk_client_diagnosis_organization_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_client_diagnosis")),
        sa.UniqueConstraint("client_id", "first_day", name=op.f("uq_client_diagnosis_client_id_first_day")),
    )
    op.create_index(op.f("ix_client_diagnosis_organization_id"), "client_diagnosis", ["organization_id"])


def downgrade() -> None:
    op.drop_table("client_diagnosis")
    op.drop_column("organization", "video_place")
    for table, name, _length in reversed(_COLUMNS):
        op.drop_column(table, name)
