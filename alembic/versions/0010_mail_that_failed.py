"""Mail that failed and when, what periodic work did, and the colour of a practice's mails."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("organization", sa.Column("colour", sa.String(40), nullable=True))
    op.add_column("outbox_mail", sa.Column("failed_at", sa.DateTime(timezone=True), nullable=True))
    op.execute("UPDATE outbox_mail SET failed_at = due_at WHERE status = 'failed'")
    op.create_index(
        op.f("ix_outbox_mail_organization_id_to_address"), "outbox_mail", ["organization_id", "to_address"]
    )
    op.create_table(
        "job_run",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(60), nullable=False),
        sa.Column("next_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("leased_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("leased_by", sa.String(60), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("outcome", sa.String(40), nullable=True),
        sa.Column("found", sa.Integer(), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("last_error", sa.String(200), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_job_run")),
        sa.UniqueConstraint("name", name=op.f("uq_job_run_name")),
    )


def downgrade() -> None:
    op.drop_table("job_run")
    op.drop_index(op.f("ix_outbox_mail_organization_id_to_address"), table_name="outbox_mail")
    op.execute("UPDATE outbox_mail SET status = 'failed' WHERE status = 'set_aside'")
    op.drop_column("outbox_mail", "failed_at")
    op.drop_column("organization", "colour")
