"""/messages/[thread_id]: one conversation."""

from typing import Any

import reflex as rx

from portal.messaging import components as parts
from portal.messaging import words_pages as words
from portal.messaging.thread.state import ThreadState
from portal.ui.kit.buttons import text_link
from portal.ui.kit.states import settled
from portal.ui.layout import Page, client_page
from portal.ui.shell_state import ShellState


def thread_page() -> rx.Component:
    """What was written, the box, and help beside it."""
    thread: Any = ThreadState.thread
    files_at = f"/messages/files?for={thread.client_id}&thread={thread.id}"
    content = rx.el.div(parts.conversation(vars_of(ThreadState, files_at)), parts.help_beside(thread.hours))
    return client_page(
        rx.cond(thread.subject != "", thread.subject, words.CONVERSATION),
        settled(ThreadState.loaded, ThreadState.refusal, content, on_retry=ThreadState.load),
        back=text_link(words.MESSAGES, to=rx.Var.create("/messages") + ShellState.query),
    )


def vars_of(state: Any, files_at: Any) -> dict[str, Any]:
    """Hand the parts what they show and call, by name; files are sent to the address `files_at`."""
    names = (
        "thread",
        "messages",
        "delivered",
        "refused",
        "kept",
        "show_earlier",
        "send",
        "seen",
        "keep_draft",
        "put_aside",
    )
    return {name: getattr(state, name) for name in names} | {"files_at": files_at}


PAGES = (Page("/messages/[thread_id]", thread_page, words.MESSAGES, ThreadState.load),)
