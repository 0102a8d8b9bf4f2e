"""What is long past costs nothing: the free times of sixty days read sixty days, however many years lie behind."""

from datetime import timedelta

from portal.scheduling.queries import list_taken
from portal.scheduling.rules_free import DAYS_AHEAD
from tests.scheduling.desk import Desk
from tests.statements import plan_of, statements_of


async def test_past_appointments_are_not_read(desk: Desk) -> None:
    """SQLite tells its plan without rows; PostgreSQL has the same index, and chooses by what is there."""
    database, now = desk.database, desk.clock.now
    ids = [desk.cast.staff[name].id for name in ("tess", "noah")]
    async with database.unit_of_work(writes=False) as work:
        with statements_of(database) as sent:
            await list_taken(work, ids, now, now + timedelta(days=DAYS_AHEAD))
    assert len(sent) == 1
    if database.is_sqlite:
        index = "ix_appointment_of_therapist (membership_id=? AND starts_at>? AND starts_at<?)"
        assert await plan_of(database, sent[0]) == f"SEARCH appointment USING INDEX {index}"
