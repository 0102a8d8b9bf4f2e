"""Indexes by which the record is read: by action, person and client, newest first."""

from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

_INDEXES = (
    ("audit_event", ("organization_id", "action", "sequence")),
    ("audit_event", ("organization_id", "actor_id", "sequence")),
    ("audit_event", ("organization_id", "client_id", "sequence")),
    ("access_log", ("organization_id", "at", "id")),
    ("access_log", ("organization_id", "account_id", "at", "id")),
    ("access_log", ("client_id", "at", "id")),
)


def upgrade() -> None:
    for table, columns in _INDEXES:
        op.create_index(_name(table, columns), table, list(columns))


def downgrade() -> None:
    for table, columns in reversed(_INDEXES):
        op.drop_index(_name(table, columns), table_name=table)


def _name(table: str, columns: tuple[str, ...]) -> str:
    return op.f(f"ix_{table}_{'_'.join(columns)}")
