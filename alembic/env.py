"""What alembic runs: our own connection when the portal calls it, the configured database from the command line."""

from typing import Any, Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext
from sqlalchemy import Connection
from sqlmodel.sql.sqltypes import AutoString

from portal.config import config
from portal.models import metadata
from portal.models.base import Moment, Word
from portal.schema import migration_engine, whole_migration


def render_plainly(kind: str, item: Any, _autogen: AutogenContext) -> str | Literal[False]:
    """Write our own column types as the plain ones below them, so that a migration never needs the code of today."""
    if kind != "type":
        return False
    if isinstance(item, Moment):
        return "sa.DateTime(timezone=True)"
    if isinstance(item, Word | AutoString):
        length = item.impl_instance.length if isinstance(item, Word) else item.length
        return f"sa.String({length or ''})"
    return False


def run(connection: Connection) -> None:
    """Run what alembic was asked for, in the transaction that is open."""
    context.configure(
        connection=connection,
        target_metadata=metadata,
        render_as_batch=True,
        compare_type=True,
        compare_server_default=True,
        render_item=render_plainly,
        transactional_ddl=True,
    )
    with whole_migration(connection):
        context.run_migrations()


given = context.config.attributes.get("connection")
if context.is_offline_mode():
    raise SystemExit("Migrations need a database: they look at it while they run.")
if given is not None:
    run(given)
else:
    engine = migration_engine(config().database)
    with engine.begin() as opened:
        run(opened)
