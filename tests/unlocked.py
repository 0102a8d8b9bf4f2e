"""For negative controls: a database whose units of work begin without a lock on writing."""

from sqlalchemy.ext.asyncio import AsyncEngine

from portal.database import Database, _sqlite_engine


def unlocked_engine(database: Database, connections: int = 3) -> AsyncEngine:
    """Return connections that begin plainly and may write: on SQLite new ones, to be disposed of after use."""
    if not database.is_sqlite:
        return database.write_engine
    return _sqlite_engine(database.write_engine.url.render_as_string(hide_password=False), "BEGIN", connections)
