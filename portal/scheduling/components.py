"""The parts of /appointments."""

from typing import Any

import reflex as rx

from portal.scheduling import words_own as words
from portal.scheduling.feed.components import calendar_button
from portal.scheduling.state import AppointmentsState
from portal.ui.kit.buttons import button, button_link
from portal.ui.kit.classes import BUTTON, BUTTON_KINDS, CARD, HELP, ROWS, join
from portal.ui.kit.editing import ConfirmButton
from portal.ui.kit.events import call
from portal.ui.kit.icons import icon
from portal.ui.kit.scheduling import ZoneTeller
from portal.ui.kit.states import empty
from portal.ui.shell_state import ShellState

_QUERY: Any = ShellState.query
_PHONE: Any = AppointmentsState.phone
_CLIENT: Any = AppointmentsState.client
_ITEM = "grid gap-3 px-5 py-4 sm:px-6"


def own_clock() -> rx.Component:
    """Finds out on whose clock to show the times."""
    return ZoneTeller.create(known=AppointmentsState.zone, on_zone=AppointmentsState.see_zone)


def appointments() -> rx.Component:
    """What is ahead with what can be done about it, requests, and what was."""
    return rx.el.div(
        rx.el.div(
            rx.el.p(AppointmentsState.zone_note, class_name=join("grow", HELP)),
            rx.cond(
                AppointmentsState.may_request,
                button_link(words.REQUEST, to="/appointments/new" + _QUERY, kind="primary"),
            ),
            calendar_button(),
            class_name="flex flex-wrap items-center gap-x-6 gap-y-3",
        ),
        rx.cond(
            AppointmentsState.requests.length() > 0,
            _section(words.WAITING, "requests", AppointmentsState.requests, _request),
        ),
        rx.cond(
            AppointmentsState.upcoming.length() > 0,
            rx.el.div(
                _section(words.UPCOMING, "upcoming", AppointmentsState.upcoming, _upcoming),
                rx.el.p(AppointmentsState.change_note, class_name=join("mt-3 empty:hidden", HELP)),
            ),
            empty(
                words.NOTHING,
                words.NOTHING_HELP,
                rx.cond(AppointmentsState.may_request, "", words.NO_REQUESTS + " " + _PHONE),
                sign="calendar",
            ),
        ),
        rx.cond(
            AppointmentsState.past.length() > 0,
            _section(words.PAST, "past", AppointmentsState.past, _past),
        ),
        class_name="grid gap-8",
        aria_live="polite",
        aria_relevant="additions",
    )


def _section(title: str, anchor: str, rows: Any, show: Any) -> rx.Component:
    return rx.el.section(
        rx.el.h2(title, id=anchor, class_name="mb-3 text-lg font-semibold"),
        rx.el.ul(rx.foreach(rows, show), class_name=ROWS, aria_labelledby=anchor),
        aria_labelledby=anchor,
    )


def _when(one: Any) -> rx.Component:
    return rx.el.div(
        rx.el.p(one.day, class_name="font-semibold"),
        rx.el.p(one.time, rx.cond(one.beside != "", rx.el.span(" · ", one.beside, class_name=HELP))),
        rx.el.p(one.about, class_name="mt-1"),
        rx.el.p(one.place, class_name=HELP),
        class_name="leading-snug",
    )


def _upcoming(one: Any) -> rx.Component:
    return rx.el.li(
        _when(one),
        rx.el.div(
            rx.cond(one.join != "", _join(one)),
            rx.cond(one.can_change, _changes(one)),
            class_name="flex flex-wrap gap-3 empty:hidden",
        ),
        rx.cond(one.rule != "", rx.el.p(one.rule, class_name=join("text-sm", HELP))),
        class_name=_ITEM,
        key=one.id,
    )


def _join(one: Any) -> rx.Component:
    return rx.el.a(
        icon("video"),
        words.JOIN,
        rx.el.span(", ", words.JOIN_NOTE, class_name="sr-only"),
        href=one.join,
        target="_blank",
        rel="noopener noreferrer",
        class_name=join(BUTTON, BUTTON_KINDS["primary"]),
    )


def _changes(one: Any) -> rx.Component:
    address = "/appointments/new?move=" + one.id.to(str) + "&for=" + _CLIENT
    label = one.day.to(str) + ", " + one.time.to(str)
    return rx.fragment(
        button_link(words.MOVE, to=address, custom_attrs={"aria-label": words.MOVE + ": " + label}),
        ConfirmButton.create(
            label=words.CANCEL,
            name=words.CANCEL + ": " + label,
            kind="danger",
            title=words.CANCEL_TITLE,
            text=label,
            confirm=words.CANCEL_YES,
            cancel=words.KEEP,
            on_confirm=call(AppointmentsState.cancel, one.id, one.revision),
        ),
    )


def _past(one: Any) -> rx.Component:
    return rx.el.li(
        _when(one),
        rx.el.p(one.status, class_name="justify-self-start rounded-small bg-sunk px-2 text-sm empty:hidden"),
        class_name=_ITEM,
        key=one.id,
    )


def _request(one: Any) -> rx.Component:
    return rx.el.li(
        rx.el.div(
            rx.el.p(one.when, rx.cond(one.beside != "", rx.el.span(" · ", one.beside, class_name=HELP))),
            rx.el.p(one.about, class_name=HELP),
            rx.el.p(
                one.status,
                class_name=join("mt-2 inline-block rounded-small bg-accent-soft px-2 text-sm font-semibold"),
            ),
            rx.cond(one.note != "", rx.el.p(words.YOUR_NOTE, one.note, class_name=join("mt-2 break-words", HELP))),
            rx.cond(one.message != "", rx.el.p(one.message, class_name="mt-2 break-words border-l-4 border-line pl-3")),
            class_name="leading-snug",
        ),
        rx.cond(one.suggestions.length() > 0, _suggestions(one)),
        rx.cond(
            one.is_waiting,
            button(
                words.WITHDRAW,
                on_click=call(AppointmentsState.withdraw, one.id, one.revision),
                aria_label=words.WITHDRAW + ": " + one.when.to(str),
                classes="justify-self-start",
            ),
        ),
        class_name=_ITEM,
        key=one.id,
    )


def _suggestions(one: Any) -> rx.Component:
    def shown(other: Any) -> rx.Component:
        return button(
            rx.el.span(other.when, class_name="block"),
            rx.cond(other.beside != "", rx.el.span(other.beside, class_name="block text-sm font-normal")),
            on_click=call(AppointmentsState.accept, one.id, one.revision, other.id),
            classes="flex-col gap-0",
        )

    return rx.cond(
        AppointmentsState.may_request,
        rx.el.div(
            rx.el.p(words.ACCEPT_HELP),
            rx.el.div(rx.foreach(one.suggestions, shown), class_name="mt-2 flex flex-wrap gap-3"),
            class_name=join(CARD, "p-4 shadow-none"),
        ),
    )
