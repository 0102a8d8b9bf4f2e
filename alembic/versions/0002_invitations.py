"""Invitations."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "invitation_template",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(80), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(["changed_by"], ["account.id"], name=op.f("fk_invitation_template_changed_by")),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organization.id"], name=op.f("fk_invitation_template_organization_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitation_template")),
        sa.UniqueConstraint("organization_id", "id", name="uq_invitation_template_owned"),
        sa.UniqueConstraint("organization_id", "name", name=op.f("uq_invitation_template_organization_id_name")),
    )
    with op.batch_alter_table("invitation_template", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_invitation_template_organization_id"), ["organization_id"], unique=False)

    op.create_table(
        "join_request",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("given_name", sa.String(80), nullable=False),
        sa.Column("family_name", sa.String(80), nullable=False),
        sa.Column("email", sa.String(254), nullable=False),
        sa.Column("birth_date", sa.Date(), nullable=True),
        sa.Column("phone", sa.String(40), nullable=False),
        sa.Column("note", sa.LargeBinary(), nullable=True),
        sa.Column("status", sa.String(40), nullable=False),
        sa.Column("client_id", sa.Uuid(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(["decided_by"], ["account.id"], name=op.f("fk_join_request_decided_by")),
        sa.ForeignKeyConstraint(
            ["organization_id", "client_id"],
            ["client.organization_id", "client.id"],
            name=op.f("fk_join_request_organization_id_client_id"),
        ),
        sa.ForeignKeyConstraint(["organization_id"], ["organization.id"], name=op.f("fk_join_request_organization_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_join_request")),
        sa.UniqueConstraint("organization_id", "id", name="uq_join_request_owned"),
    )
    with op.batch_alter_table("join_request", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_join_request_organization_id"), ["organization_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_join_request_organization_id_status_created_at"),
            ["organization_id", "status", "created_at"],
            unique=False,
        )

    op.create_table(
        "invitation",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("client_id", sa.Uuid(), nullable=True),
        sa.Column("contact_id", sa.Uuid(), nullable=True),
        sa.Column("membership_id", sa.Uuid(), nullable=True),
        sa.Column("about_client_id", sa.Uuid(), nullable=True),
        sa.Column("email", sa.String(254), nullable=False),
        sa.Column("token_hash", sa.String(64), nullable=False),
        sa.Column("message", sa.LargeBinary(), nullable=False),
        sa.Column("mail_key", sa.String(120), nullable=False),
        sa.Column("operation_id", sa.Uuid(), nullable=False),
        sa.Column("birth_date_tries", sa.Integer(), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_by", sa.Uuid(), nullable=True),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("accepted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("accepted_by", sa.Uuid(), nullable=True),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("replaced_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(client_id IS NOT NULL AND contact_id IS NULL AND membership_id IS NULL) OR (client_id IS NULL AND contact_id IS NOT NULL AND membership_id IS NULL) OR (client_id IS NULL AND contact_id IS NULL AND membership_id IS NOT NULL)",
            name=op.f("ck_invitation_one_person"),
        ),
        sa.ForeignKeyConstraint(["accepted_by"], ["account.id"], name=op.f("fk_invitation_accepted_by")),
        sa.ForeignKeyConstraint(
            ["organization_id", "about_client_id"],
            ["client.organization_id", "client.id"],
            name=op.f("fk_invitation_organization_id_about_client_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "client_id"],
            ["client.organization_id", "client.id"],
            name=op.f("fk_invitation_organization_id_client_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "contact_id"],
            ["contact.organization_id", "contact.id"],
            name=op.f("fk_invitation_organization_id_contact_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "membership_id"],
            ["membership.organization_id", "membership.id"],
            name=op.f("fk_invitation_organization_id_membership_id"),
        ),
        sa.ForeignKeyConstraint(["organization_id"], ["organization.id"], name=op.f("fk_invitation_organization_id")),
        sa.ForeignKeyConstraint(["sent_by"], ["account.id"], name=op.f("fk_invitation_sent_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitation")),
        sa.UniqueConstraint("mail_key", name=op.f("uq_invitation_mail_key")),
        sa.UniqueConstraint("organization_id", "id", name="uq_invitation_owned"),
        sa.UniqueConstraint("token_hash", name=op.f("uq_invitation_token_hash")),
    )
    with op.batch_alter_table("invitation", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_invitation_client_id"), ["client_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_invitation_contact_id"), ["contact_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_invitation_membership_id"), ["membership_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_invitation_organization_id"), ["organization_id"], unique=False)

    op.create_table(
        "invitation_form",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("invitation_id", sa.Uuid(), nullable=False),
        sa.Column("assignment_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organization_id", "assignment_id"],
            ["form_assignment.organization_id", "form_assignment.id"],
            name=op.f("fk_invitation_form_organization_id_assignment_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "invitation_id"],
            ["invitation.organization_id", "invitation.id"],
            name=op.f("fk_invitation_form_organization_id_invitation_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organization.id"], name=op.f("fk_invitation_form_organization_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitation_form")),
        sa.UniqueConstraint(
            "invitation_id", "assignment_id", name=op.f("uq_invitation_form_invitation_id_assignment_id")
        ),
    )
    with op.batch_alter_table("invitation_form", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_invitation_form_organization_id"), ["organization_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("invitation_form", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_invitation_form_organization_id"))

    op.drop_table("invitation_form")
    with op.batch_alter_table("invitation", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_invitation_organization_id"))
        batch_op.drop_index(batch_op.f("ix_invitation_membership_id"))
        batch_op.drop_index(batch_op.f("ix_invitation_contact_id"))
        batch_op.drop_index(batch_op.f("ix_invitation_client_id"))

    op.drop_table("invitation")
    with op.batch_alter_table("join_request", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_join_request_organization_id_status_created_at"))
        batch_op.drop_index(batch_op.f("ix_join_request_organization_id"))

    op.drop_table("join_request")
    with op.batch_alter_table("invitation_template", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_invitation_template_organization_id"))

    op.drop_table("invitation_template")
