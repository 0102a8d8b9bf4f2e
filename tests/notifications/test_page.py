"""What the page about mail says of each row."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

from portal.jobs.periodic import JOBS
from portal.models import JobOutcome, JobRun
from portal.practice.mail import showing, words

NOW = datetime(2026, 11, 24, 15, 30, tzinfo=UTC)
ZONE = "America/New_York"


def test_every_job_has_words() -> None:
    assert set(words.JOB_LABELS) == {job.name for job in JOBS}


def test_jobs_that_never_ran_failed_or_are_at_it() -> None:
    runs = [
        JobRun(name="payments", next_at=NOW, leased_until=NOW + timedelta(minutes=1), started_at=NOW),
        JobRun(name="due forms", next_at=NOW, ended_at=NOW, outcome=JobOutcome.DONE, found=3),
        JobRun(
            name="leftovers", next_at=NOW, ended_at=NOW, outcome=JobOutcome.FAILED, failures=2, last_error="OSError"
        ),
        JobRun(name="something else", next_at=NOW, ended_at=NOW, outcome=JobOutcome.DONE),
    ]
    rows = {row.name: row for row in showing.job_rows(runs, ZONE, NOW)}
    assert set(rows) == {*words.JOB_LABELS, "something else"}
    assert (rows["payments"].outcome, rows["payments"].next) == ("Not yet", "At it now")
    assert (rows["due forms"].outcome, rows["due forms"].last) == ("Done: 3", "24 November 2026 at 10:30 AM EST")
    assert (rows["leftovers"].outcome, rows["leftovers"].is_failing) == ("Failed 2 times in a row (OSError)", True)
    assert (rows["coming of age"].outcome, rows["coming of age"].last) == ("Not yet", "")
    assert rows["something else"].outcome == "Done"


def test_places_are_read_back_and_nothing_else_is() -> None:
    place = (NOW, UUID("0191b3a0-0000-7000-8000-000000000000"))
    assert showing.place_of(showing.written(place)) == place
    assert showing.written(None) == ""
    for text in ("", "x", "2026-11-24 x", f"2026-11-24T15:30:00 {place[1]}"):
        assert showing.place_of(text) is None
