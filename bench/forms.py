"""`python -m bench.forms`: an answer that twenty questions hang on, and a clinic's form until one can type."""

import asyncio
import os
import tempfile
from pathlib import Path
from typing import Any
from uuid import uuid4

from bench import floor_server, opening
from bench.answers import SAVE
from bench.people import fillers
from bench.sockets import Tab
from bench.stats import milliseconds, percentile
from tests.e2e import forms, site

FLOOR_PORT, DEPENDENTS, TITLE = 8990, 20, "Twenty dependents"
TURNS, OPENINGS = int(os.environ.get("BENCH_ANSWERS", "100")), int(os.environ.get("BENCH_OPENINGS", "7"))
A_WHILE = 0.1
"""Between two answers of one person, who writes no faster."""
LEAD, PLAIN = "lead", "plain"


def main() -> None:
    """Build and start both, measure, print."""
    folder = Path(tempfile.mkdtemp(prefix="portico-bench-"))
    portal, process = site.start(*site.build("bench"), folder)
    floor = floor_server.start(floor_server.build(FLOOR_PORT), FLOOR_PORT)
    try:
        print_answers(asyncio.run(answer_both(portal)))
        opening.measure(portal, f"http://localhost:{FLOOR_PORT}", OPENINGS)
    finally:
        site.stop(process)
        site.stop(floor)


def print_answers(took: dict[str, list[float]]) -> None:
    """Print what an answer takes with and without dependents, and how many times as long that is."""
    for link, what in ((PLAIN, "that nothing hangs on"), (LEAD, f"with {DEPENDENTS} dependents")):
        middle, late = (milliseconds(percentile(took[link], share)) for share in (0.5, 0.95))
        print(f"An answer {what}: p50 {middle}, p95 {late}, {len(took[link])} answers")
    times = percentile(took[LEAD], 0.5) / percentile(took[PLAIN], 0.5)
    print(f"With dependents it takes {times:.2f} times as long (aim: at most 2)\n", flush=True)


async def answer_both(portal: site.Portal) -> dict[str, list[float]]:
    """Answer yes and no in turn to a question that twenty others hang on, and to one that nothing hangs on."""
    tab = await _open(portal)
    took: dict[str, list[float]] = {PLAIN: [], LEAD: []}
    for turn in range(TURNS):
        for link, found in took.items():
            found.append(await _answer(tab, link, turn))
            await asyncio.sleep(A_WHILE)
    await tab.close()
    return took


async def _open(portal: site.Portal) -> Tab:
    """Add the form, give it to a client, and open it as that client."""
    forms.add_form(portal, TITLE, _items())
    (filler,) = await fillers(portal.folder, 1)
    portal.run(
        "UPDATE form_assignment SET form_version_id = (SELECT v.id FROM form_version v JOIN form f ON f.id = v.form_id"
        " WHERE f.title = ?) WHERE replace(id, '-', '') = ?",
        [TITLE, filler.assignment_id.replace("-", "")],
    )
    query = {"assignment_id": filler.assignment_id, "for": filler.client_id}
    tab = Tab(portal.base, f"/forms/{filler.assignment_id}/", query, cookie=filler.cookie)
    await tab.open()
    return tab


def _items() -> list[dict[str, Any]]:
    shown = [{"question": LEAD, "operator": "=", "answerBoolean": True}]
    asked: list[dict[str, Any]] = [{"linkId": link, "type": "boolean", "text": link} for link in (LEAD, PLAIN)]
    more = (
        {"linkId": f"more-{number}", "type": "string", "text": f"More {number}", "enableWhen": shown}
        for number in range(DEPENDENTS)
    )
    return [*asked, *more]


async def _answer(tab: Tab, link: str, turn: int) -> float:
    """Save one answer; raises when the portal says anything but "saved"."""
    value = [{"valueBoolean": turn % 2 == 0}]
    operation = {"operation_id": str(uuid4()), "path": link, "instance": 0, "base_revision": turn, "value": value}
    took = await tab.send(SAVE, {"operation": operation})
    text = str(tab.updates)
    if operation["operation_id"] not in text or "'saved'" not in text:
        raise RuntimeError(f"The answer was not saved: {text[:500]}")
    return took


if __name__ == "__main__":
    main()
