"""The client side's pages of messages; this one is /messages."""

from typing import Any

import reflex as rx

from portal.messaging import components as parts
from portal.messaging import words_pages as words
from portal.messaging.state import MessagesState, StartState
from portal.messaging.thread import page as thread_page
from portal.ui.kit.states import settled
from portal.ui.layout import Page, client_page


def messages_page() -> rx.Component:
    """A new message, and the conversations of the person acted for."""
    rows: Any = MessagesState.rows
    form = parts.new_message(
        {
            "started": StartState.started,
            "send": StartState.send,
            "files_at": f"/messages/files?for={StartState.about}",
        },
        parts.tick_boxes(words.TO, "to", StartState.therapists, ticked=True),
        parts.tick_boxes(words.ALSO, "also", StartState.others, help_text=words.ALSO_HELP),
    )
    content = rx.el.div(
        form,
        parts.thread_list(rows, "/messages/", nothing=parts.nothing_here(MessagesState.searched, words.NOTHING_HELP)),
        parts.older_button(MessagesState.older, MessagesState.show_older),
        _finder(),
        parts.help_beside(StartState.hours),
        class_name="grid gap-6",
    )
    return client_page(
        words.MESSAGES,
        settled(MessagesState.loaded, MessagesState.refusal, content, on_retry=MessagesState.load),
        lead=words.LEAD,
    )


def _finder() -> rx.Component:
    return rx.el.details(
        rx.el.summary(words.FIND_ONE, class_name="min-h-target cursor-pointer py-2 font-semibold text-accent-strong"),
        parts.finder(MessagesState),
    )


PAGES = (
    Page("/messages", messages_page, words.MESSAGES, (MessagesState.load, StartState.load)),
    *thread_page.PAGES,
)
