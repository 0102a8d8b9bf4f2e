"""What stands where content is not there: loading, empty, refused, failed."""

from typing import Any

import reflex as rx

from portal.ui.kit.buttons import button, button_link
from portal.ui.kit.classes import CARD, HELP, PADDED, join
from portal.ui.kit.icons import icon
from portal.ui.kit.shell_parts import Settled
from portal.ui.session_state import PageState
from portal.ui.words import LOADING, SET_UP_NOW, TRY_AGAIN

_BAR = "h-4 rounded-small bg-sunk motion-safe:animate-pulse"


def skeleton(rows: int = 3) -> rx.Component:
    """The grey shape of a list that is on its way."""
    row = rx.el.div(
        rx.el.div(class_name=join(_BAR, "w-1/2")),
        rx.el.div(class_name=join(_BAR, "mt-3 w-1/3")),
        class_name=join(CARD, PADDED),
    )
    return rx.el.div(
        rx.el.p(LOADING, class_name="sr-only", role="status"),
        *(row for _ in range(rows)),
        class_name="grid gap-4",
        aria_busy="true",
    )


def empty(title: str, *lines: Any, sign: str = "check", action: rx.Component | None = None) -> rx.Component:
    """Say kindly that there is nothing, what will appear here, and what one can do."""
    return rx.el.div(
        rx.el.div(icon(sign, 24), class_name="mb-4 inline-flex rounded-full bg-accent-soft p-3 text-accent-strong"),
        rx.el.h2(title, class_name="text-lg font-semibold"),
        *(rx.el.p(line, class_name=join("mt-1", HELP)) for line in lines),
        *([rx.el.div(action, class_name="mt-5")] if action else []),
        class_name=join(CARD, PADDED),
    )


def failure(sentence: Any, on_retry: Any) -> rx.Component:
    """Say what went wrong in its own sentence, lead to where it can be set right, and offer to try again.

    Whoever tries again and is refused again hears it again: the sentence is new with every notice.
    """
    way = rx.cond(
        (PageState.refusal != "") & (PageState.refusal_to != ""),
        button_link(SET_UP_NOW, to=PageState.refusal_to, kind="primary"),
    )
    return rx.el.div(
        rx.el.p(sentence, key=PageState.notice_count),
        rx.el.div(way, button(TRY_AGAIN, on_click=on_retry), class_name="mt-5 flex flex-wrap gap-3"),
        class_name=join(CARD, PADDED),
        role="alert",
    )


def settled(
    loaded: Any, refusal: Any, *children: Any, waiting: rx.Component | None = None, on_retry: Any
) -> rx.Component:
    """Show a page's content once it is loaded; before that its shape, and in place of it the reason it is refused.

    Content stays while the page connects again; a list says that it is empty only when `loaded` is true.
    """
    failed = (PageState.notice != "") & (PageState.notice_tone == "problem")
    before = rx.cond(failed, failure(PageState.notice, on_retry), waiting or skeleton())
    content = Settled.create(before, rx.fragment(*children), ready=loaded)
    return rx.cond(refusal != "", failure(refusal, on_retry), content)
