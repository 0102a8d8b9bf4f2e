"""The panel about calendars, and the button that opens it."""

from typing import Any

import reflex as rx

from portal.scheduling import words_own as words
from portal.scheduling.feed.state import FeedState
from portal.ui.kit.buttons import button
from portal.ui.kit.classes import HELP, INPUT, LABEL, join
from portal.ui.kit.decisions import CopyButton, Switch
from portal.ui.kit.editing import ConfirmButton, Sheet
from portal.ui.kit.events import call
from portal.ui.session_state import PageState


def calendar_button() -> rx.Component:
    """Opens the panel."""
    return button(words.FEED, on_click=FeedState.open)


def calendar_panel() -> rx.Component:
    """The private address, how it is made and ended, and what calendars may tell."""
    return Sheet.create(
        rx.el.div(
            rx.el.p(words.FEED_HELP),
            rx.cond(FeedState.address != "", _address(), rx.cond(FeedState.since != "", _there_is_one())),
            rx.el.div(
                rx.cond(FeedState.since == "", button(words.FEED_MAKE, kind="primary", on_click=FeedState.make)),
                rx.cond(FeedState.since != "", _changes()),
                class_name="flex flex-wrap gap-3",
            ),
            _details(),
            class_name="grid gap-5",
        ),
        open=FeedState.is_open,
        title=words.FEED_TITLE,
        close=words.CLOSE,
        on_close=FeedState.close,
    )


def _address() -> rx.Component:
    return rx.el.div(
        rx.el.label(words.FEED_ADDRESS, html_for="feed-address", class_name=LABEL),
        rx.el.input(
            id="feed-address",
            value=FeedState.address,
            read_only=True,
            aria_describedby="feed-once",
            class_name=join(INPUT, "mt-1"),
        ),
        rx.el.p(words.FEED_ONCE, id="feed-once", class_name=join("mt-1 text-sm", HELP)),
        rx.el.div(
            CopyButton.create(
                words.COPY,
                target="feed-address",
                label=words.FEED_COPY,
                copied=words.COPIED,
                by_hand=words.COPY_BY_HAND,
            ),
            class_name="mt-3",
        ),
        role="status",
    )


def _there_is_one() -> rx.Component:
    return rx.el.p(words.FEED_SINCE, FeedState.since, ". ", words.FEED_AGAIN, class_name=HELP)


def _changes() -> rx.Component:
    def asking(label: str, title: str, text: str, on_confirm: Any, kind: str) -> rx.Component:
        return ConfirmButton.create(
            label=label, kind=kind, title=title, text=text, confirm=label, cancel=words.KEEP, on_confirm=on_confirm
        )

    return rx.fragment(
        asking(words.FEED_ANEW, words.FEED_ANEW_TITLE, words.FEED_ENDS, FeedState.make, "plain"),
        asking(words.FEED_END, words.FEED_END_TITLE, words.FEED_ENDS, FeedState.end, "danger"),
    )


def _details() -> rx.Component:
    return rx.el.div(
        rx.el.label(
            words.DETAILS,
            id="feed-details-label",
            html_for="feed-details",
            class_name=join(LABEL, "min-w-0 flex-1 cursor-pointer"),
        ),
        Switch.create(
            id="feed-details",
            on=FeedState.details,
            locked=False,
            answers=FeedState.answers + PageState.notice_count,
            described_by="feed-details-help",
            on_switch=lambda on: call(FeedState.tell_details, on),
        ),
        rx.el.p(words.DETAILS_HELP, id="feed-details-help", class_name=join("basis-full text-sm", HELP)),
        class_name="flex min-h-target flex-wrap items-center gap-x-4 gap-y-1 border-t border-line pt-4",
    )
