"""The open tabs of this process: which session each belongs to, and what each page watches."""

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass, field


@dataclass(slots=True)
class Tab:
    """One tab: its session, and for each topic the handler that reloads its page."""

    session_hash: str
    watches: dict[str, str] = field(default_factory=dict)
    waiting: set[str] = field(default_factory=set)


class Tabs:
    """Which tabs are open, by the token that Reflex knows them by."""

    def __init__(self) -> None:
        self._tabs: dict[str, Tab] = {}
        self.look_again = asyncio.Event()

    def seen(self, token: str, session_hash: str) -> None:
        """Note that a tab sent an event: a duplicated tab gets a token of its own, which only its events show."""
        tab = self._tabs.get(token)
        if tab is None or tab.session_hash != session_hash:
            self._tabs[token] = Tab(session_hash)

    def gone(self, token: str) -> None:
        """Forget a tab that was closed."""
        self._tabs.pop(token, None)

    def watch(self, token: str, topic: str, handler: str) -> None:
        """Note what reloads a tab's page when the topic is told."""
        if tab := self._tabs.get(token):
            tab.watches[topic] = handler

    def moved_on(self, token: str) -> None:
        """Forget what the page of a tab watched: another page is loading."""
        if tab := self._tabs.get(token):
            tab.watches.clear()
            tab.waiting.clear()

    def reloading(self, token: str, handler: str) -> None:
        """Note that a reload which was asked for begins: what is told from now on asks again."""
        if tab := self._tabs.get(token):
            tab.waiting.discard(handler)

    def watching(self, topics: Iterable[str]) -> list[tuple[str, str]]:
        """Return (tab, handler) for each page that watches one of the topics and has no reload waiting already."""
        asked = []
        for token, tab in self._tabs.items():
            for handler in {tab.watches[topic] for topic in topics if topic in tab.watches} - tab.waiting:
                tab.waiting.add(handler)
                asked.append((token, handler))
        return asked

    def by_session(self) -> dict[str, list[str]]:
        """Return the tokens of the open tabs by session."""
        found: dict[str, list[str]] = {}
        for token, tab in self._tabs.items():
            found.setdefault(tab.session_hash, []).append(token)
        return found


tabs = Tabs()
