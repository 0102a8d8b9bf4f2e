"""The staff pages of messages: all of one's own, one of them, and those with one client."""

from typing import Any

import reflex as rx

from portal.messaging import components as parts
from portal.messaging import words_pages as words
from portal.messaging.staff.components import break_glass
from portal.messaging.staff.state import InboxState
from portal.messaging.staff.state_client import GlassState, WithClientState, WriteState
from portal.messaging.staff.state_thread import StaffThreadState
from portal.messaging.thread.page import vars_of
from portal.ui.kit.buttons import text_link
from portal.ui.kit.classes import CARD, PADDED, join
from portal.ui.kit.states import empty, settled
from portal.ui.layout import Page, staff_page
from portal.ui.shell_state import ShellState


def inbox_page() -> rx.Component:
    """All conversations one is in."""
    nothing = parts.nothing_here(InboxState.searched, words.NOTHING_STAFF)
    content = rx.el.div(
        parts.finder(InboxState),
        parts.thread_list(InboxState.rows, "/practice/messages/", names_client=True, nothing=nothing),
        parts.older_button(InboxState.older, InboxState.show_older),
        class_name="grid max-w-3xl gap-6",
    )
    return staff_page(words.MESSAGES, settled(InboxState.loaded, InboxState.refusal, content, on_retry=InboxState.load))


def thread_page() -> rx.Component:
    """One conversation."""
    thread: Any = StaffThreadState.thread
    files_at = f"/practice/messages/files?client={thread.client_id}&thread={thread.id}"
    box = parts.conversation(vars_of(StaffThreadState, files_at))
    content = rx.el.div(box, parts.help_beside(thread.hours), class_name="max-w-3xl")
    return staff_page(
        rx.cond(thread.subject != "", thread.subject, words.CONVERSATION),
        settled(StaffThreadState.loaded, StaffThreadState.refusal, content, on_retry=StaffThreadState.load),
        lead=rx.cond(thread.client != "", words.ABOUT + thread.client, ""),
        back=text_link(words.MESSAGES, to=rx.Var.create("/practice/messages") + ShellState.query),
    )


def client_messages_page() -> rx.Component:
    """The conversations with one client, a new one, and for administrators those of others."""
    form = parts.new_message(
        {
            "started": WriteState.started,
            "send": WriteState.send,
            "files_at": f"/practice/messages/files?client={WriteState.about}",
        },
        parts.tick_boxes(words.WRITE_TO, "also", WriteState.others, ticked=True),
    )
    why_not = rx.cond(WriteState.why_not != "", rx.el.p(WriteState.why_not, class_name=join(CARD, PADDED)))
    nothing = empty(words.NOTHING, words.NOTHING_STAFF, sign="mail")
    content = rx.el.div(
        rx.cond(WriteState.others.length() > 0, rx.el.div(form, parts.help_beside(WriteState.hours)), why_not),
        parts.thread_list(WithClientState.rows, "/practice/messages/", names_client=True, nothing=nothing),
        break_glass(),
        class_name="grid max-w-3xl gap-6",
    )
    return staff_page(
        words.WITH_CLIENT,
        settled(WithClientState.loaded, WithClientState.refusal, content, on_retry=WithClientState.load),
        back=text_link(words.MESSAGES, to=rx.Var.create("/practice/messages") + ShellState.query),
    )


PAGES = (
    Page("/practice/messages", inbox_page, words.MESSAGES, InboxState.load),
    Page("/practice/messages/[thread_id]", thread_page, words.MESSAGES, StaffThreadState.load),
    Page(
        "/practice/clients/[client_id]/messages",
        client_messages_page,
        words.MESSAGES,
        (WithClientState.load, WriteState.load, GlassState.load),
    ),
)
