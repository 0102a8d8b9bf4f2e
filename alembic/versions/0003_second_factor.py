"""Second factor, step-up, help for clients who cannot sign in, muted mails, the first run."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_ACCOUNT = (
    ("is_password_short", sa.Boolean()),
    ("second_factor_at", sa.DateTime(timezone=True)),
    ("second_factor_secret", sa.LargeBinary()),
    ("second_factor_pending", sa.LargeBinary()),
    ("second_factor_step", sa.Integer()),
)


def upgrade() -> None:
    for name, kind in _ACCOUNT:
        op.add_column("account", sa.Column(name, kind, nullable=True))
    op.add_column("session", sa.Column("stepped_up_at", sa.DateTime(timezone=True), nullable=True))
    op.create_table(
        "recovery_code",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("code_hash", sa.String(64), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_recovery_code_account_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recovery_code")),
        sa.UniqueConstraint("account_id", "code_hash", name=op.f("uq_recovery_code_account_id_code_hash")),
    )
    op.create_table(
        "muted_mail",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(60), nullable=False),
        sa.Column("muted_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_muted_mail_account_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_muted_mail")),
        sa.UniqueConstraint("account_id", "kind", name=op.f("uq_muted_mail_account_id_kind")),
    )
    op.create_table(
        "first_run",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("token_hash", sa.String(64), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_first_run")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_first_run_token_hash")),
    )
    _create_access_help()


def _create_access_help() -> None:
    op.create_table(
        "access_help",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("membership_id", sa.Uuid(), nullable=False),
        sa.Column("identity_check", sa.String(40), nullable=False),
        sa.Column("token_hash", sa.String(64), nullable=False),
        sa.Column("asks_birth_date", sa.Boolean(), nullable=False),
        sa.Column("asks_owner", sa.Boolean(), nullable=False),
        sa.Column("birth_date_tries", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("opens_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("stopped_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("stopped_because", sa.String(40), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_access_help_account_id")),
        sa.ForeignKeyConstraint(["organization_id"], ["organization.id"], name=op.f("fk_access_help_organization_id")),
        sa.ForeignKeyConstraint(
            ["organization_id", "client_id"],
            ["client.organization_id", "client.id"],
            name=op.f("fk_access_help_organization_id_client_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "membership_id"],
            ["membership.organization_id", "membership.id"],
            name=op.f("fk_access_help_organization_id_membership_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_access_help")),
        sa.UniqueConstraint("organization_id", "id", name="uq_access_help_owned"),
        sa.UniqueConstraint("token_hash", name=op.f("uq_access_help_token_hash")),
    )
    for column in ("organization_id", "client_id", "account_id"):
        op.create_index(op.f(f"ix_access_help_{column}"), "access_help", [column], unique=False)


def downgrade() -> None:
    for column in ("account_id", "client_id", "organization_id"):
        op.drop_index(op.f(f"ix_access_help_{column}"), table_name="access_help")
    for table in ("access_help", "first_run", "muted_mail", "recovery_code"):
        op.drop_table(table)
    op.drop_column("session", "stepped_up_at")
    for name, _kind in reversed(_ACCOUNT):
        op.drop_column("account", name)
