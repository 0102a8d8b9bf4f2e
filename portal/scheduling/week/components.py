"""The parts of the calendar: a grid on a screen, a list of days on a phone."""

from typing import Any

import reflex as rx

from portal.scheduling import words_staff as words
from portal.scheduling.week.state import CalendarState
from portal.ui.kit.buttons import button
from portal.ui.kit.classes import BESIDE, CARD, HELP, INPUT, ROWS, join
from portal.ui.kit.events import call
from portal.ui.kit.icons import icon
from portal.ui.kit.scheduling import WeekGrid
from portal.ui.kit.states import empty

_ENTRY = (
    "absolute inset-x-0.5 flex cursor-pointer flex-col flex-wrap overflow-hidden rounded-small border border-accent "
    "bg-accent-soft py-px text-left text-sm leading-tight text-ink hover:z-10 hover:shadow"
)
# A line that a short appointment has no room for goes beside the others, out of sight, and is never cut in two.
_LINE = "w-full shrink-0 truncate px-1.5"
_HOUR = 4.5
_OVER = "border-line bg-sunk text-ink-soft line-through"
_WEEK: Any = CalendarState.week
_ARROW = "min-w-target px-2"


def calendar() -> rx.Component:
    """Whose week, which week, and the week itself."""
    week = rx.el.div(
        _head(),
        rx.el.div(_grid(), class_name="hidden md:block"),
        rx.el.div(_list(), class_name="md:hidden"),
        rx.cond(~_WEEK.may_change, rx.el.p(words.READ_ONLY, class_name=HELP)),
        class_name="grid gap-4",
        aria_live="polite",
        aria_relevant="additions",
    )
    nobody = empty(words.NO_THERAPIST, words.NO_THERAPIST_HELP, sign="calendar")
    return rx.cond(CalendarState.calendars.length() > 0, week, nobody)


def _head() -> rx.Component:
    choice = rx.el.select(
        rx.foreach(CalendarState.calendars, lambda one: rx.el.option(one.label, value=one.id)),
        value=CalendarState.therapist,
        on_change=lambda value: call(CalendarState.go, value, CalendarState.day),
        aria_label=words.THERAPIST,
        class_name=join(INPUT, "w-auto"),
    )
    return rx.el.div(
        rx.el.div(
            _way(words.EARLIER, "chevron-left", _WEEK.earlier),
            button(words.TODAY, on_click=call(CalendarState.go, CalendarState.therapist, "")),
            _way(words.LATER, "chevron-right", _WEEK.later),
            class_name="flex gap-2",
        ),
        rx.el.h2(_WEEK.title, class_name="grow text-lg font-semibold"),
        rx.cond(CalendarState.calendars.length() > 1, choice),
        rx.cond(_WEEK.may_change, button(words.NEW, kind="primary", on_click=call(CalendarState.plan, ""))),
        class_name="flex flex-wrap items-center gap-x-4 gap-y-3",
    )


def _way(label: str, sign: str, day: Any) -> rx.Component:
    return button(
        icon(sign), aria_label=label, on_click=call(CalendarState.go, CalendarState.therapist, day), classes=_ARROW
    )


def _grid() -> rx.Component:
    hours = rx.el.div(
        rx.foreach(
            _WEEK.hours,
            lambda hour: rx.el.span(
                hour.label, class_name="absolute right-2 -translate-y-1/2", style={"top": hour.detail + "%"}
            ),
        ),
        class_name="relative mt-10 w-14 shrink-0 text-right text-sm text-ink-soft",
        aria_hidden="true",
    )
    days = rx.el.div(
        hours,
        rx.el.div(rx.foreach(_WEEK.days, _column), class_name="grid grow grid-cols-7 divide-x divide-line"),
        class_name=join(CARD, "flex p-2 pb-4"),
        style={"height": (_WEEK.hours.length() * _HOUR + 4).to_string() + "rem"},
    )
    return WeekGrid.create(
        days,
        movable=_WEEK.may_change,
        on_move=lambda item, revision, wall: call(
            CalendarState.change,
            {
                "deed": "move",
                "appointment_id": item,
                "revision": revision.to_string(),
                "day": wall.split("T")[0],
                "time": wall.split("T")[1],
            },
        ),
        on_slot=CalendarState.plan,
    )


def _column(day: Any) -> rx.Component:
    return rx.el.section(
        rx.el.h3(
            day.short,
            class_name=rx.cond(
                day.is_today,
                "flex h-10 items-center justify-center font-semibold text-accent-strong",
                "flex h-10 items-center justify-center text-ink-soft",
            ),
        ),
        rx.el.div(
            rx.foreach(
                _WEEK.hours,
                lambda hour: rx.el.span(
                    class_name="pointer-events-none absolute inset-x-0 border-t border-line",
                    style={"top": hour.detail + "%"},
                    aria_hidden="true",
                ),
            ),
            rx.foreach(day.booked, _entry),
            class_name="relative grow",
            custom_attrs={"data-day": day.id, "data-first": _WEEK.first, "data-last": _WEEK.last},
        ),
        aria_label=day.heading,
        class_name="flex min-w-0 flex-col",
        key=day.id,
    )


def _entry(item: Any) -> rx.Component:
    return rx.el.button(
        rx.el.span(item.clients, class_name=join(_LINE, "font-semibold")),
        rx.el.span(item.begins, class_name=_LINE),
        rx.cond(item.status != "", rx.el.span(item.status, class_name=_LINE)),
        type="button",
        title=item.about,
        on_click=call(CalendarState.open, item.id),
        style={"top": item.top.to_string() + "%", "height": item.height.to_string() + "%"},
        custom_attrs={
            "aria-label": item.clients.to(str) + ", " + item.time.to(str) + _if_any(", ", item.status),
            "data-item": item.id,
            "data-revision": item.revision,
            "data-movable": rx.cond(item.is_open, "yes", ""),
        },
        class_name=rx.cond(item.is_over, join(_ENTRY, _OVER), _ENTRY),
        key=item.id,
    )


def _if_any(before: str, text: Any) -> Any:
    return rx.cond(text != "", before + text.to(str), "")


def _list() -> rx.Component:
    days = rx.el.div(rx.foreach(_WEEK.days, _day), class_name="grid gap-5")
    nothing = empty(words.NO_APPOINTMENTS, words.NO_APPOINTMENTS_HELP, sign="calendar")
    return rx.cond(_WEEK.count > 0, days, nothing)


def _day(day: Any) -> rx.Component:
    def row(item: Any) -> rx.Component:
        return rx.el.li(
            rx.el.button(
                rx.el.span(
                    rx.el.span(item.time, class_name="block font-semibold"),
                    rx.el.span(item.clients, class_name="block"),
                    rx.el.span(item.about, class_name=join("block text-sm", HELP)),
                    class_name=join(BESIDE, "text-left"),
                ),
                rx.cond(item.status != "", rx.el.span(item.status, class_name="rounded-small bg-sunk px-2 text-sm")),
                type="button",
                on_click=call(CalendarState.open, item.id),
                class_name="flex min-h-target w-full flex-wrap items-center gap-x-3 px-5 py-3 hover:bg-sunk",
            ),
            key=item.id,
        )

    listed = rx.el.section(
        rx.el.h3(day.heading, class_name="mb-2 font-semibold"),
        rx.el.ul(rx.foreach(day.booked, row), class_name=ROWS),
        key=day.id,
    )
    return rx.cond(day.booked.length() > 0, listed)
