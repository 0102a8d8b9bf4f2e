"""How often the tests that kill processes do it: a few times in CI, and far more often in `make torture`.

What was killed where is written down in test-results/kills.log, one line for each death.
"""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from portal.database import Database

USUALLY = 5
TIMES = int(os.environ.get("TORTURE_TIMES", USUALLY))
LOG = Path(__file__).parents[1] / "test-results" / "kills.log"


@dataclass(frozen=True)
class Death:
    """One process that was killed: at which of the points, where exactly, and whether a reply was on its way."""

    what: str
    point: str
    place: str
    awaited_reply: bool

    def line(self) -> str:
        """Return the death as the log has it."""
        return (
            f"{self.what}: {self.point}, at {self.place}{' (between request and reply)' if self.awaited_reply else ''}"
        )


def times_on(database: Database) -> int:
    """Say how often to kill at each point: in CI the second database gets by with fewer."""
    return TIMES if database.is_sqlite or TIMES > USUALLY else 2


def write_down(deaths: Sequence[Death]) -> None:
    """Add deaths to the log, and how many of them were between a request and its reply."""
    LOG.parent.mkdir(exist_ok=True)
    awaited = sum(death.awaited_reply for death in deaths)
    with LOG.open("a") as log:
        log.writelines(f"{death.line()}\n" for death in deaths)
        log.write(f"{len(deaths)} killed, {awaited} of them between request and reply\n")
