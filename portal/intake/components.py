"""The parts of the list of forms."""

from typing import Any

import reflex as rx

from portal.intake import words_pages as words
from portal.intake.state import FormsState
from portal.ui.kit.classes import CARD, HELP, PADDED, join
from portal.ui.kit.icons import icon
from portal.ui.kit.native import inner_link
from portal.ui.kit.states import empty
from portal.ui.shell_state import ShellState

_ACTION = "inline-flex shrink-0 items-center gap-1 font-semibold text-accent-strong"
_PRIMARY = "inline-flex shrink-0 items-center gap-1 rounded-small bg-accent py-2 pr-2 pl-4 font-semibold text-on-accent"
_ROW = "flex min-h-target flex-wrap items-center gap-x-4 gap-y-3 text-ink hover:bg-sunk"


def form_lists() -> rx.Component:
    """What is to be filled in, then what was sent."""
    return rx.el.div(
        rx.cond(
            FormsState.open_forms.length() > 0,
            _list(words.TO_FILL_IN, "to-fill-in", FormsState.open_forms),
            empty(words.NOTHING_OPEN, words.NOTHING_OPEN_HELP),
        ),
        rx.cond(FormsState.sent_forms.length() > 0, _list(words.SENT_IN, "sent-in", FormsState.sent_forms)),
        class_name="grid gap-8",
        aria_live="polite",
        aria_relevant="additions",
    )


def _list(title: str, anchor: str, rows: Any) -> rx.Component:
    return rx.el.section(
        rx.el.h2(title, id=anchor, class_name="mb-3 text-lg font-semibold"),
        rx.el.ul(
            rx.foreach(rows, _row),
            class_name=join(CARD, "divide-y divide-line overflow-hidden"),
            aria_labelledby=anchor,
        ),
        aria_labelledby=anchor,
    )


def _row(form: Any) -> rx.Component:
    return rx.el.li(
        inner_link(
            rx.el.span(
                rx.el.span(form.title, class_name="block font-semibold"),
                rx.el.span(
                    form.status,
                    rx.cond(form.detail != "", " · ", ""),
                    form.detail,
                    class_name=rx.cond(form.is_late, "block text-caution", join("block", HELP)),
                ),
                _progress(form),
                class_name="min-w-[min(12rem,100%)] grow basis-0 break-words leading-snug",
            ),
            rx.el.span(form.action, icon("chevron-right"), class_name=rx.cond(form.is_first, _PRIMARY, _ACTION)),
            to="/forms/" + form.id + ShellState.query,
            class_name=join(_ROW, PADDED),
        ),
        key=form.id,
    )


def _progress(form: Any) -> rx.Component:
    """A bar for the eye; the words beside it say the same."""
    bar = rx.el.span(
        rx.el.span(class_name="block h-full rounded bg-accent", style={"width": form.done.to_string() + "%"}),
        class_name="mt-2 block h-1 max-w-64 overflow-hidden rounded bg-line",
        aria_hidden="true",
    )
    return rx.cond((form.done > 0) & (form.done < 100), bar)
