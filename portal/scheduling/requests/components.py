"""The parts of the inbox."""

from typing import Any

import reflex as rx

from portal.scheduling import words_staff as words
from portal.scheduling.requests.state import RequestsState
from portal.ui.kit.buttons import button
from portal.ui.kit.classes import CARD, HELP, INPUT, LABEL, join
from portal.ui.kit.editing import Sheet
from portal.ui.kit.events import call
from portal.ui.kit.fields import action_form, submit
from portal.ui.kit.scheduling import Inbox
from portal.ui.kit.states import empty

_REVISION: Any = RequestsState.declining_revision
_ROW = (
    "grid gap-3 px-5 py-4 outline-offset-[-4px] sm:px-6 md:grid-cols-[minmax(0,1fr)_auto] md:items-center "
    "data-pending:opacity-50"
)


def inbox() -> rx.Component:
    """What waits, and what was answered lately."""
    waiting = rx.cond(
        RequestsState.waiting.length() > 0,
        _section(words.WAITING, "waiting", RequestsState.waiting, _waiting),
        empty(words.NOTHING, words.NOTHING_HELP, sign="calendar-check"),
    )
    answered = rx.cond(
        RequestsState.answered.length() > 0, _section(words.ANSWERED, "answered", RequestsState.answered, _answered)
    )
    return rx.el.div(
        rx.el.p(words.KEYS, class_name=join("hidden text-sm md:block", HELP)),
        Inbox.create(rx.el.div(waiting, answered, class_name="grid gap-8")),
        _decline(),
        class_name="grid gap-4",
        aria_live="polite",
        aria_relevant="additions",
    )


def _section(title: str, anchor: str, rows: Any, show: Any) -> rx.Component:
    return rx.el.section(
        rx.el.h2(title, id=anchor, class_name="mb-3 text-lg font-semibold"),
        rx.el.ul(rx.foreach(rows, show), class_name=join(CARD, "divide-y divide-line"), aria_labelledby=anchor),
        aria_labelledby=anchor,
    )


def _about(row: Any) -> rx.Component:
    return rx.el.div(
        rx.el.p(row.client, class_name="font-semibold"),
        rx.el.p(row.when),
        rx.el.p(row.about, class_name=join("text-sm", HELP)),
        rx.cond(row.note != "", rx.el.p(row.note, class_name="mt-1 break-words border-l-4 border-line pl-3")),
        rx.cond(row.competing != "", rx.el.p(row.competing, class_name="mt-1 text-sm font-semibold text-caution")),
        rx.cond(row.is_taken, rx.el.p(words.TAKEN, class_name="mt-1 text-sm font-semibold text-caution")),
        class_name="min-w-0 leading-snug",
    )


def _waiting(row: Any) -> rx.Component:
    label = ": " + row.client.to(str) + ", " + row.when.to(str)
    return rx.el.li(
        _about(row),
        rx.el.div(
            rx.cond(
                row.is_taken,
                rx.fragment(),
                button(
                    words.CONFIRM,
                    kind="primary",
                    on_click=call(RequestsState.confirm, row.id, row.revision),
                    custom_attrs={"data-do": "confirm", "aria-label": words.CONFIRM + label},
                ),
            ),
            button(
                words.DECLINE,
                on_click=call(RequestsState.open_decline, row.id),
                custom_attrs={"data-do": "decline", "aria-label": words.DECLINE + label},
            ),
            class_name="flex flex-wrap gap-3",
        ),
        tab_index=0,
        custom_attrs={"data-row": row.id},
        class_name=_ROW,
        key=row.id.to(str) + row.revision.to_string(),
    )


def _answered(row: Any) -> rx.Component:
    label = ": " + row.client.to(str) + ", " + row.when.to(str)
    return rx.el.li(
        _about(row),
        rx.el.div(
            rx.el.p(row.status, class_name="rounded-small bg-sunk px-2 text-sm"),
            button(
                words.UNDO,
                on_click=call(RequestsState.undo, row.id, row.revision),
                custom_attrs={"data-do": "undo", "aria-label": words.UNDO + label},
            ),
            class_name="flex flex-wrap items-center gap-3",
        ),
        tab_index=0,
        custom_attrs={"data-row": row.id},
        class_name=_ROW,
        key=row.id.to(str) + row.revision.to_string(),
    )


def _decline() -> rx.Component:
    form = action_form(
        rx.el.p(RequestsState.declining_label, class_name="font-semibold"),
        rx.el.input(type="hidden", name="request_id", value=RequestsState.declining, read_only=True),
        rx.el.input(type="hidden", name="revision", value=_REVISION.to_string(), read_only=True),
        rx.el.div(
            rx.el.label(words.MESSAGE, html_for="decline-message", class_name=LABEL),
            rx.el.textarea(
                id="decline-message",
                name="message",
                rows=2,
                max_length=500,
                aria_describedby="decline-help",
                class_name=join(INPUT, "mt-1"),
            ),
            rx.el.p(words.MESSAGE_HELP, id="decline-help", class_name=join("mt-1 text-sm", HELP)),
        ),
        rx.el.fieldset(
            rx.el.legend(words.SUGGEST, class_name=LABEL),
            rx.el.p(words.SUGGEST_HELP, class_name=join("text-sm", HELP)),
            *(_choice(place, name) for place, name in enumerate(("first", "second", "third"))),
            class_name="grid gap-2",
        ),
        submit(words.DECLINE),
        on_submit=RequestsState.decline,
        key=RequestsState.declining,
    )
    return Sheet.create(
        form,
        open=RequestsState.declining != "",
        title=words.DECLINE_TITLE,
        close=words.CLOSE,
        on_close=RequestsState.close_decline,
    )


def _choice(place: int, name: str) -> rx.Component:
    return rx.el.select(
        rx.el.option(words.NONE, value=""),
        rx.foreach(RequestsState.times, lambda one: rx.el.option(one.label, value=one.id)),
        name=name,
        default_value=RequestsState.suggested[place],
        aria_label=f"{words.SUGGEST} {place + 1}",
        class_name=INPUT,
        key=RequestsState.declining + name,
    )
