"""The worker leaves the processor to people, and never rests with something open."""

import asyncio
from types import SimpleNamespace
from typing import Any

import pytest

from portal import lifetime
from portal.config import Config, Mode
from portal.database import Database, assert_no_open_unit
from portal.jobs.worker import deliver_due, run_worker
from portal.models import OutboxStatus
from portal.notifications import pace, rules
from portal.notifications.pace import Pace
from portal.notifications.rules import LONGEST_REST, SHARE_BESIDE_PEOPLE, rest_after
from portal.runtime import Runtime, runtime, set_runtime
from tests.logins import mails
from tests.notifications.conftest import Enqueue
from tests.notifications.delivering import Recorder


@pytest.mark.parametrize(
    ("used", "share", "rest"),
    [(0.004, 0.1, 0.036), (0.004, 0.5, 0.004), (0.004, 1.0, 0.0), (0.0, 0.1, 0.0), (2.0, 0.1, LONGEST_REST)],
)
def test_work_is_a_share_of_the_time_and_no_rest_is_long(used: float, share: float, rest: float) -> None:
    assert rest_after(used, share) == pytest.approx(rest)


def test_a_batch_of_mails_that_hang_and_rest_ends_before_its_lease() -> None:
    assert rules.BATCH * (rules.SEND_LIMIT.total_seconds() + LONGEST_REST) < rules.LEASE.total_seconds() - 60


async def test_a_rest_follows_every_mail_once_its_end_is_written_down(
    database: Database, enqueue: Enqueue, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent: list[int] = []

    async def rest(_pace: Pace) -> None:
        assert_no_open_unit("a rest")
        sent.append(sum(mail.status is OutboxStatus.SENT for mail in await mails(database)))

    monkeypatch.setattr(Pace, "rest", rest)
    for number in range(3):
        await enqueue(f"mail-{number}")
    assert await deliver_due(runtime(), Recorder(), "worker-1", share=SHARE_BESIDE_PEOPLE) == 3
    assert sent == [1, 2, 3]


async def test_told_to_stop_in_a_rest_it_gives_back_the_others_at_once(
    database: Database, enqueue: Enqueue, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pace, "rest_after", lambda _used, _share: 3600.0)
    for number in range(3):
        await enqueue(f"mail-{number}")
    stop, recorder = asyncio.Event(), Recorder(lambda _mail: asyncio.get_running_loop().call_later(0.05, stop.set))
    async with asyncio.timeout(10):
        assert await deliver_due(runtime(), recorder, "worker-1", stop, SHARE_BESIDE_PEOPLE) == 1
    waiting = [mail for mail in await mails(database) if mail.status is OutboxStatus.WAITING]
    assert [(mail.leased_until, mail.attempts) for mail in waiting] == [(None, 0)] * 2


async def test_rest_is_by_what_the_process_used_since_the_last_one(monkeypatch: pytest.MonkeyPatch) -> None:
    times, asked = iter([1.0, 1.5, 1.5, 1.75, 1.75]), []

    def after(used: float, share: float) -> float:
        asked.append((used, share))
        return 0.0

    monkeypatch.setattr(pace, "process_time", lambda: next(times))
    monkeypatch.setattr(pace, "rest_after", after)
    resting = Pace(None, 0.2)
    await resting.rest()
    await resting.rest()
    assert asked == [(0.5, 0.2), (0.25, 0.2)]


async def test_the_worker_in_the_server_is_the_one_that_rests(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[dict[str, object]] = []

    async def working(*_more: object, **named: object) -> None:
        asked.append(named)

    monkeypatch.setattr(lifetime, "run_worker", working)
    monkeypatch.setattr(lifetime, "configure_logs", lambda: None)
    set_runtime(Runtime(Config(mode=Mode.TEST), database))
    nothing: Any = SimpleNamespace()
    async with lifetime.alongside(nothing, nothing):
        await asyncio.sleep(0)
    assert asked == [{"share": SHARE_BESIDE_PEOPLE}]
    assert run_worker.__defaults__ == (None, 1.0)
