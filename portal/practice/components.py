"""The parts of Today."""

from typing import Any

import reflex as rx

from portal.practice import words
from portal.practice.state import TodayState
from portal.ui.kit.buttons import button, button_link
from portal.ui.kit.classes import BESIDE, HELP, LINK, ROW, ROW_LINK, ROWS, join
from portal.ui.kit.events import call
from portal.ui.kit.icons import icon
from portal.ui.kit.native import inner_link
from portal.ui.kit.states import empty, skeleton
from portal.ui.shell_state import ShellState


def alerts() -> rx.Component:
    """Answers that somebody has to know of now; read aloud as they come, and there until somebody takes note."""
    listed = rx.el.section(
        rx.el.h2(words.ALERTS, id="alerts-title", class_name="mb-3 text-lg font-semibold text-danger"),
        rx.el.ul(rx.foreach(TodayState.alerts, _alert), class_name="grid gap-3"),
        aria_labelledby="alerts-title",
        class_name="mb-8",
    )
    return rx.el.div(rx.cond(TodayState.alerts.length() > 0, listed), role="alert")


def _alert(one: Any) -> rx.Component:
    return rx.el.li(
        rx.el.p(rx.el.strong(one.client), " ", words.ALERT_TEXT),
        rx.el.p(one.when, class_name=join("text-sm", HELP)),
        rx.el.div(
            button_link(words.ALERT_OPEN, to=one.address.to(str) + ShellState.query, kind="primary"),
            button(words.ACKNOWLEDGE, on_click=call(TodayState.acknowledge, one.id), aria_label=one.name),
            class_name="mt-3 flex flex-wrap gap-3",
        ),
        key=one.id,
        class_name="rounded-small border-l-4 border-danger bg-danger-soft p-4",
    )


def way_to_settings() -> rx.Component:
    """For who has no Organization in the navigation: what is switched on, and the links to hand out."""
    to = rx.Var.create("/practice/settings") + ShellState.query
    link = inner_link(words.HOW_IT_IS_SET_UP, to=to, class_name=join(LINK, "inline-flex min-h-target items-center"))
    others = ShellState.links.contains("today") & ~ShellState.links.contains("organization")
    shown: rx.Component = rx.cond(others, rx.el.p(link, class_name="mt-8"))
    return shown


def arrivals() -> rx.Component:
    """The forms that came in, the latest first; a new one is read aloud."""
    filled = rx.el.section(
        rx.el.h2(words.ARRIVALS, id="arrivals-title", class_name="mb-3 text-lg font-semibold"),
        rx.el.ul(rx.foreach(TodayState.arrivals, _arrival), class_name=ROWS),
        aria_labelledby="arrivals-title",
    )
    nothing = rx.cond(TodayState.sees_forms, words.NO_ARRIVALS, words.NO_FORMS_HERE)
    listed = rx.cond(TodayState.arrivals.length() > 0, filled, empty(words.NOTHING, nothing, sign="sun"))
    return rx.el.div(rx.cond(TodayState.loaded, listed, skeleton()), aria_live="polite", aria_relevant="additions")


def _arrival(row: Any) -> rx.Component:
    return rx.el.li(
        rx.cond(
            row.address != "",
            inner_link(
                _words_of(row),
                rx.el.span(
                    words.READ,
                    icon("chevron-right"),
                    class_name="inline-flex items-center gap-1 font-semibold text-accent-strong",
                ),
                to=row.address.to(str) + ShellState.query,
                class_name=ROW_LINK,
            ),
            rx.el.div(_words_of(row), class_name=ROW, title=words.STATUS_ONLY),
        ),
        key=row.id,
    )


def _words_of(row: Any) -> rx.Component:
    return rx.el.span(
        rx.el.span(row.client, class_name="block font-semibold"),
        rx.el.span(row.title, class_name="block"),
        rx.el.span(row.sent, class_name=join("block text-sm", HELP)),
        class_name=BESIDE,
    )
