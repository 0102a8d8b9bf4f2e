"""Files that people attach, signatures drawn by hand, and keys of what a browser keeps unconfirmed."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("form_signature", sa.Column("drawing", sa.LargeBinary(), nullable=True))
    _create_file()
    _create_journal_key()


def _create_file() -> None:
    op.create_table(
        "stored_file",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("owner", sa.String(40), nullable=False),
        sa.Column("owner_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.LargeBinary(), nullable=False),
        sa.Column("content_type", sa.String(80), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("uploaded_by", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("kept_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stored_file")),
        sa.ForeignKeyConstraint(["organization_id"], ["organization.id"], name=op.f("fk_stored_file_organization_id")),
        sa.ForeignKeyConstraint(["uploaded_by"], ["account.id"], name=op.f("fk_stored_file_uploaded_by")),
        sa.ForeignKeyConstraint(
            ["organization_id", "client_id"],
            ["client.organization_id", "client.id"],
            name=op.f("fk_stored_file_organization_id_client_id"),
        ),
        sa.UniqueConstraint("organization_id", "id", name="uq_stored_file_owned"),
    )
    op.create_index("ix_stored_file_owner", "stored_file", ["owner", "owner_id"])
    op.create_index("ix_stored_file_orphan", "stored_file", ["kept_at", "created_at"])
    for column in ("organization_id", "client_id", "uploaded_by"):
        op.create_index(op.f(f"ix_stored_file_{column}"), "stored_file", [column])


def _create_journal_key() -> None:
    op.create_table(
        "journal_key",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("device", sa.String(64), nullable=False),
        sa.Column("key", sa.LargeBinary(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_journal_key")),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_journal_key_account_id")),
    )
    op.create_index("ix_journal_key_device", "journal_key", ["account_id", "device"])
    op.create_index(op.f("ix_journal_key_made_at"), "journal_key", ["made_at"])


def downgrade() -> None:
    op.drop_table("journal_key")
    op.drop_table("stored_file")
    op.drop_column("form_signature", "drawing")
