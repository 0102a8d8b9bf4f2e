"""The open tabs of this process: which session each belongs to, and what each page watches."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from time import monotonic
from typing import Any

from reflex_base.event.context import EventContext

from portal.kit.bucket import Bucket

EVENTS_A_SECOND, EVENTS_AT_ONCE = 20, 60
BETWEEN_RELOADS = 0.1


@dataclass(slots=True)
class Tab:
    """One tab: its session; for each topic the handlers that reload page and frame; the reloads that wait to begin.

    `first` are those that go before others, `begun` says when each began last, on the clock of `monotonic`. `looked`
    are the looks that were written down for it within `quarter`, a quarter of an hour.
    """

    session_hash: str
    watches: dict[str, set[str]] = field(default_factory=dict)
    waiting: set[str] = field(default_factory=set)
    first: set[str] = field(default_factory=set)
    begun: dict[str, float] = field(default_factory=dict)
    is_flooding: bool = False
    quarter: datetime | None = None
    looked: set[Any] = field(default_factory=set)
    bucket: Bucket = field(default_factory=lambda: Bucket(EVENTS_A_SECOND, EVENTS_AT_ONCE))

    def is_first_excess(self) -> bool:
        """Say whether no event was refused for being too many before: a flood is to be logged once."""
        was_fine, self.is_flooding = not self.is_flooding, True
        return was_fine

    def begins(self, handler: str) -> None:
        """Note that a reload that waited begins."""
        if handler in self.waiting:
            self.waiting.discard(handler)
            self.begun[handler] = monotonic()

    def moved_on(self) -> None:
        """Forget what the page watched: another one is loading."""
        self.watches.clear()
        self.waiting.clear()


class Tabs:
    """The tabs, by the token that Reflex knows them by."""

    def __init__(self) -> None:
        self._tabs: dict[str, Tab] = {}

    def seen(self, token: str, session_hash: str) -> Tab:
        """Note that a tab sent an event: a duplicated tab gets a token of its own, which only its events show."""
        tab = self._tabs.get(token)
        if tab is None or tab.session_hash != session_hash:
            tab = self._tabs[token] = Tab(session_hash)
        return tab

    def watch(self, token: str, topic: str, handler: str, *, first: bool = False) -> None:
        """Note what reloads a tab's page when the topic is told, and whether it goes before everything else."""
        if tab := self._tabs.get(token):
            tab.watches.setdefault(topic, set()).add(handler)
            if first:
                tab.first.add(handler)

    def watch_exactly(self, token: str, topics: Iterable[str], handler: str, *, first: bool = False) -> None:
        """Let some topics, and no others, reload one part of a tab's page."""
        if tab := self._tabs.get(token):
            for handlers in tab.watches.values():
                handlers.discard(handler)
            for topic in topics:
                self.watch(token, topic, handler, first=first)

    def watched_by(self, token: str) -> dict[str, set[str]]:
        """Return what a tab watches, to be put back by `watch_only`."""
        tab = self._tabs.get(token)
        return {topic: set(handlers) for topic, handlers in tab.watches.items()} if tab else {}

    def watch_only(self, token: str, watches: dict[str, set[str]]) -> None:
        """Let a tab watch what it watched before: what it asked for since was refused."""
        if tab := self._tabs.get(token):
            tab.watches = watches

    def watching(self, topics: Iterable[str], but: str = "") -> list[tuple[str, str]]:
        """Return (tab, handler) for each page that watches one of the topics and has no such reload waiting already."""
        asked: list[tuple[str, str]] = []
        for token, tab in self._tabs.items():
            if token != but:
                fresh = {handler for topic in topics for handler in tab.watches.get(topic, ())} - tab.waiting
                tab.waiting |= fresh
                asked.extend((token, handler) for handler in sorted(fresh, key=lambda one: (one not in tab.first, one)))
        return asked

    def looked(self, token: str, quarter: datetime) -> set[Any]:
        """Return the looks that were written down for a tab within this quarter of an hour, to be added to."""
        tab = self._tabs.get(token)
        if tab is None:
            return set()
        if tab.quarter != quarter:
            tab.quarter, tab.looked = quarter, set()
        return tab.looked

    def pause_before(self, token: str, handler: str) -> float:
        """Return the seconds until a tab may reload again: none unless it has just done so."""
        tab = self._tabs.get(token)
        begun = tab.begun.get(handler) if tab else None
        return 0.0 if begun is None else max(0.0, begun + BETWEEN_RELOADS - monotonic())

    def is_waiting(self, token: str, handler: str) -> bool:
        """Say whether a tab still shows the page that asked for this reload."""
        tab = self._tabs.get(token)
        return tab is not None and handler in tab.waiting

    def keep(self, is_open: Callable[[str], bool]) -> None:
        """Forget the tabs that are no longer open."""
        for token in [token for token in self._tabs if not is_open(token)]:
            del self._tabs[token]

    def by_session(self) -> dict[str, list[str]]:
        """Return the tokens of the open tabs by session."""
        found: dict[str, list[str]] = {}
        for token, tab in self._tabs.items():
            found.setdefault(tab.session_hash, []).append(token)
        return found


tabs = Tabs()


def own_tab() -> str:
    """Return the token of the tab whose event is dealt with; empty outside of one."""
    try:
        return EventContext.get().token
    except LookupError:
        return ""
