"""What every page's State shares: the sentence to show, whose page it is, and whether the session has ended."""

from collections.abc import Mapping
from typing import Any, ClassVar
from uuid import UUID

import reflex as rx


class PageState(rx.State):
    """The base of every page's State. It is lost whenever a server restarts, so it holds nothing that matters.

    `notice` is the one sentence the shell shows (`notice_tone`: "info" or "problem"; `notice_count` changes with every
    notice, so that the same sentence twice is announced twice). `refusal` is the sentence that stands where the page
    would be; the page then holds nothing. `ended` puts the sign-in over the page, for `account_id` alone;
    `ended_because` is "idle" or "signed_out". `refusal_to` is where the person can do something about the refusal.
    `step_up_asked` counts how often they were asked to confirm who they are; `step_up_code`: with a code too.
    `sent_before` counts how often a press turned out to have done something else already: the next is another one.
    `place` is the address whose content the page holds in full, behind the moment when it came to.

    `_is_again` is true while a page is filled that has connected anew: its `load` leaves open what it `keeps`.
    `_owes_all`: the browser may have missed something, and is sent everything once the page is filled.

    Methods without an underscore can be called by anyone over the socket, in this class and in every page's: helpers
    start with an underscore. Vars with an underscore stay on the server.
    """

    is_frame: ClassVar[bool] = False
    """Whether this State is what surrounds the page: its success does not mean that the page may be seen."""

    stays: ClassVar[tuple[str, ...]] = (
        *("place", "notice", "notice_tone", "notice_count", "sent_before"),
        *("step_up_asked", "step_up_code", "_held_event", "_held_at"),
    )
    """What every page keeps while it connects anew: what was said last, perhaps unheard, and what waits for proof."""

    keeps: ClassVar[tuple[str, ...]] = ()
    """What this State keeps while its page connects anew: what was opened in it. Its `load` has to find all of it in
    reach again, by its own guard; everything else is emptied."""

    is_part: ClassVar[bool] = False
    """Whether this State is one part of a page that is whole without it: a refusal empties this part alone."""

    notice: str = ""
    notice_tone: str = "info"
    notice_count: int = 0
    refusal: str = ""
    ended: bool = False
    ended_because: str = ""
    account_id: str = ""
    refusal_to: str = ""
    step_up_asked: int = 0
    step_up_code: bool = False
    sent_before: int = 0
    place: str = ""

    _held_event: str = ""
    _held_at: str = ""
    _bound_session: str = ""
    _is_again: bool = False
    _owes_all: bool = False

    def _say(self, sentence: str, tone: str = "info") -> None:
        """Show a sentence; an empty one takes the notice away."""
        self.notice, self.notice_tone = sentence, tone
        self.notice_count += 1

    def _refuse(self, sentence: str, *, for_good: bool = False) -> None:
        """Say why what was asked for is not done. `for_good`: the next press is another one, this had its answer."""
        self._say(sentence, "problem")
        self.sent_before += for_good

    def _object_id(self) -> UUID | None:
        """Return the one thing that the page is about, for the log of looks; the page checks that it may be seen."""
        return None

    def _session_hash(self) -> str:
        """Return the hash of the session this socket was opened with; the edge put it where the cookie was."""
        return str(self.rx_router_headers.cookie)

    def _address_value(self, name: str) -> str:
        """Return a value from the query of the page's address ("for", "practice"), or an empty text."""
        return str(self._query().get(name, ""))

    def _query(self) -> Mapping[str, Any]:
        """Return the query of the page's address; each asking goes through the state's proxies, so ask once."""
        found: Mapping[str, Any] = self.rx_router_url.query_parameters
        return found

    def _route_value(self, name: str) -> str:
        """Return a part of the page's path, such as the assignment id of /forms/[assignment_id], or an empty text."""
        value: Any = self.rx_router_page.params.get(name, "")
        return value if isinstance(value, str) else ""
