"""About which client a mail is, so that it is asked once more when it is sent who may know of it."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("outbox_mail", schema=None) as batch_op:
        batch_op.add_column(sa.Column("client_id", sa.Uuid(), nullable=True))
        batch_op.create_foreign_key(
            batch_op.f("fk_outbox_mail_organization_id_client_id"),
            "client",
            ["organization_id", "client_id"],
            ["organization_id", "id"],
        )


def downgrade() -> None:
    with op.batch_alter_table("outbox_mail", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_outbox_mail_organization_id_client_id"), type_="foreignkey")
        batch_op.drop_column("client_id")
