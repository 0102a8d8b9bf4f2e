"""`python -m bench.mail`: a thousand mails by the worker in the server, and how much they slow the people down."""

import asyncio
import os
import platform
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from sqlmodel import select

from bench.answers import Person, open_all
from bench.people import fillers
from bench.stats import milliseconds, paced, percentile
from portal.config import Config, Mode
from portal.database import Database
from portal.models import Organization
from portal.notifications.outbox_many import NewMail, enqueue_mails
from tests.e2e import site

MAILS, AT_ONCE = 1_000, 100
PEOPLE, EVERY = 50, 5.0
SECONDS = float(os.environ.get("BENCH_SECONDS", "20"))


@dataclass
class Counter:
    """A mail server that takes everything, and notes when."""

    taken: list[float] = field(default_factory=list)

    async def handle_DATA(self, _server: SMTP, _session: Session, _envelope: Envelope) -> str:  # noqa: N802
        self.taken.append(time.perf_counter())
        return "250 taken"


def main() -> None:
    """Build, start, measure, and print three lines."""
    folder, counter = Path(tempfile.mkdtemp(prefix="portico-bench-")), Counter()
    server = Controller(counter, hostname="127.0.0.1", port=8989)
    server.start()
    portal, process = site.start(*site.build("bench"), folder, PORTAL_SMTP_URL="smtp://127.0.0.1:8989")
    try:
        quiet, busy = asyncio.run(measure(portal, counter))
    finally:
        site.stop(process)
        server.stop()
    report(counter, quiet, busy)


def report(counter: Counter, quiet: list[float], busy: list[float]) -> None:
    """Say how fast mail went out, and what saving an answer took before and meanwhile."""
    took = counter.taken[-1] - counter.taken[0]
    print(f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}\n")
    print(f"{len(counter.taken)} mails in {took:.1f} s: {(len(counter.taken) - 1) / took:.0f} a second")
    for share in (0.5, 0.95):
        before, during = percentile(quiet, share), percentile(busy, share)
        print(
            f"an answer saved, p{share * 100:.0f}: {milliseconds(before)} in quiet ({len(quiet)} events), "
            f"{milliseconds(during)} meanwhile ({len(busy)} events), {during / before - 1:+.0%}"
        )


async def measure(portal: site.Portal, counter: Counter) -> tuple[list[float], list[float]]:
    """Return how long events took in quiet, and while the mails went out."""
    people = [Person(portal.base, filler) for filler in await fillers(portal.folder, PEOPLE)]
    await open_all([person.tab for person in people])
    acts = [person.answer for person in people]
    await paced(acts, EVERY, EVERY)
    quiet = await paced(acts, EVERY, SECONDS)
    counter.taken.clear()
    await _write(portal.folder)
    busy: list[float] = []
    while len(counter.taken) < MAILS:
        busy += await paced(acts, EVERY, EVERY)
    for person in people:
        await person.tab.close()
    return quiet, busy


async def _write(folder: Path) -> None:
    """Put the mails into the outbox, a hundred in a commit."""
    config = Config(mode=Mode.TEST, data_dir=folder)
    database = Database(config.database, config.ring())
    for start in range(0, MAILS, AT_ONCE):
        async with database.unit_of_work() as work:
            practice = (await work.exec(select(Organization.id).where(Organization.slug == "harbor"))).one()
            numbers = range(start, start + AT_ONCE)
            mails = [NewMail(f"{one}@bench.example", {}, f"bench:{one}") for one in numbers]
            await enqueue_mails(work, kind="form_reminder", organization_id=practice, mails=mails)
    await database.close()


if __name__ == "__main__":
    main()
