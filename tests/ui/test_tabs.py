"""Which tabs are asked to reload."""

import pytest

from portal.ui import tabs as module
from portal.ui.tabs import BETWEEN_RELOADS, Tabs


def test_a_topic_asks_each_watching_page_once_until_it_begins() -> None:
    tabs = Tabs()
    first = tabs.seen("one", "session")
    tabs.seen("two", "session")
    for topic in ("client:1", "client:2"):
        tabs.watch("one", topic, "page.reload")
    assert tabs.watching({"client:1", "client:2"}) == [("one", "page.reload")]
    assert tabs.watching({"client:1"}) == [], "one is waiting already"
    first.waiting.discard("page.reload")
    assert tabs.watching({"client:1"}) == [("one", "page.reload")]


def test_page_and_frame_may_watch_the_same_topic() -> None:
    tabs = Tabs()
    tabs.seen("one", "session")
    for handler in ("page.reload", "frame.reload"):
        tabs.watch("one", "account:1", handler)
    assert tabs.watching({"account:1"}) == [("one", "frame.reload"), ("one", "page.reload")]


def test_the_tab_that_made_the_change_is_not_asked() -> None:
    tabs = Tabs()
    for token in ("one", "two"):
        tabs.seen(token, "session")
        tabs.watch(token, "client:1", "page.reload")
    assert tabs.watching({"client:1"}, but="one") == [("two", "page.reload")]


def test_a_tab_under_another_session_starts_anew() -> None:
    tabs = Tabs()
    tabs.seen("one", "session")
    tabs.watch("one", "client:1", "page.reload")
    tabs.seen("one", "other")
    assert tabs.watching({"client:1"}) == []
    assert tabs.by_session() == {"other": ["one"]}


def test_who_is_not_known_cannot_watch_and_who_left_is_forgotten() -> None:
    tabs = Tabs()
    tabs.watch("nobody", "client:1", "page.reload")
    tabs.seen("one", "session")
    tabs.watch("one", "client:1", "page.reload")
    tabs.keep(lambda token: token != "one")
    assert tabs.watching({"client:1"}) == []


def test_a_page_that_has_just_reloaded_waits_a_moment(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [100.0]
    monkeypatch.setattr(module, "monotonic", lambda: now[0])
    tabs = Tabs()
    tab = tabs.seen("one", "session")
    tabs.watch("one", "client:1", "page.reload")
    tabs.watching({"client:1"})
    assert tabs.pause_before("one", "page.reload") == 0, "nothing is old yet"
    tab.begins("page.reload")
    now[0] += BETWEEN_RELOADS / 4
    tabs.watching({"client:1"})
    assert tabs.pause_before("one", "page.reload") == pytest.approx(BETWEEN_RELOADS * 3 / 4)
    now[0] += BETWEEN_RELOADS
    assert tabs.pause_before("one", "page.reload") == 0
    assert tabs.pause_before("nobody", "page.reload") == 0


def test_a_reload_that_waits_is_dropped_when_the_tab_moves_on() -> None:
    tabs = Tabs()
    tab = tabs.seen("one", "session")
    tabs.watch("one", "client:1", "page.reload")
    tabs.watching({"client:1"})
    assert tabs.is_waiting("one", "page.reload")
    tab.moved_on()
    assert not tabs.is_waiting("one", "page.reload")
    assert not tabs.is_waiting("nobody", "page.reload")


def test_what_begins_without_having_waited_delays_nothing() -> None:
    tabs = Tabs()
    tab = tabs.seen("one", "session")
    tab.begins("page.open")
    assert tabs.pause_before("one", "page.open") == 0


def test_what_was_asked_for_since_is_watched_no_more() -> None:
    tabs = Tabs()
    tabs.seen("one", "session")
    tabs.watch("one", "client:1", "page.reload")
    before = tabs.watched_by("one")
    for topic in ("client:1", "thread:2"):
        tabs.watch("one", topic, "thread.reload")
    tabs.watch_only("one", before)
    assert tabs.watching({"client:1", "thread:2"}) == [("one", "page.reload")]
    tabs.watch_only("nobody", tabs.watched_by("nobody"))
