"""The parts of /appointments/new."""

from typing import Any

import reflex as rx

from portal.scheduling import words_own as words
from portal.scheduling.asking.state import AskingState
from portal.ui.kit.buttons import button
from portal.ui.kit.classes import CARD, HELP, INPUT, LABEL, PADDED, join
from portal.ui.kit.editing import PressId, Sheet
from portal.ui.kit.events import call
from portal.ui.kit.fields import action_form, submit
from portal.ui.kit.icons import icon
from portal.ui.kit.scheduling import ZoneTeller
from portal.ui.kit.states import empty

_CHOICE = (
    "flex min-h-target w-full cursor-pointer items-center gap-3 rounded-small border border-line-strong bg-card px-4 "
    "py-2 text-left hover:bg-sunk aria-pressed:border-accent aria-pressed:bg-accent-soft"
)
_TIME = (
    "flex min-h-target min-w-28 cursor-pointer flex-col items-center justify-center rounded-small border "
    "border-line-strong bg-card px-3 py-2 font-semibold leading-tight hover:bg-accent-soft"
)


def own_clock() -> rx.Component:
    """Finds out on whose clock to show the times."""
    return ZoneTeller.create(known=AskingState.zone, on_zone=AskingState.see_zone)


def booking() -> rx.Component:
    """Every choice with its possibilities, then the days with their times."""
    steps = rx.el.div(
        rx.cond(
            AskingState.moves == "",
            rx.el.div(
                _step(words.WHO, "therapist", AskingState.therapists, AskingState.therapist),
                _step(words.WHAT, "service", AskingState.services, AskingState.service),
                _step(words.WHERE, "place", AskingState.places, AskingState.place),
                class_name="grid gap-6",
            ),
        ),
        _times(),
        _request(),
        class_name="grid gap-8",
    )
    nothing = empty(words.NO_OFFERS, words.NO_OFFERS_HELP, sign="calendar")
    return rx.cond(AskingState.therapists.length() > 0, steps, nothing)


def _step(title: str, step: str, choices: Any, chosen: Any) -> rx.Component:
    def shown(one: Any) -> rx.Component:
        picked = chosen == one.id
        return rx.el.button(
            rx.el.span(
                rx.el.span(one.label, class_name="block font-semibold"),
                rx.cond(one.detail != "", rx.el.span(one.detail, class_name=join("block text-sm", HELP))),
                class_name="min-w-0 grow leading-snug",
            ),
            rx.cond(picked, rx.el.span(icon("check"), class_name="text-accent-strong")),
            type="button",
            aria_pressed=rx.cond(picked, "true", "false"),
            on_click=call(AskingState.choose, step, one.id),
            class_name=_CHOICE,
            key=one.id,
        )

    group = rx.el.section(
        rx.el.h2(title, id=f"{step}-title", class_name="mb-2 text-lg font-semibold"),
        rx.el.div(rx.foreach(choices, shown), class_name="grid gap-2"),
        aria_labelledby=f"{step}-title",
    )
    return rx.cond(choices.length() > 0, group)


def _times() -> rx.Component:
    listed = rx.el.div(
        rx.foreach(AskingState.days, _day),
        rx.cond(AskingState.has_more, button(words.MORE, on_click=AskingState.show_more, classes="justify-self-start")),
        class_name="grid gap-6",
    )
    none = rx.cond(
        AskingState.is_complete,
        empty(words.NO_TIMES, words.NO_TIMES_HELP, sign="calendar"),
        rx.el.p(words.CHOOSE_FIRST, class_name=HELP),
    )
    return rx.el.section(
        rx.el.h2(words.WHEN, id="when-title", class_name="text-lg font-semibold"),
        rx.el.p(AskingState.zone_note, " ", AskingState.rule, class_name=join("mb-4", HELP)),
        rx.cond(AskingState.days.length() > 0, listed, none),
        aria_labelledby="when-title",
        aria_live="polite",
        aria_relevant="additions",
    )


def _day(day: Any) -> rx.Component:
    return rx.el.section(
        rx.el.h3(day.heading, class_name="mb-2 font-semibold"),
        rx.el.ul(rx.foreach(day.times, _time), class_name="flex flex-wrap gap-2"),
        aria_label=day.heading,
        class_name=join(CARD, PADDED),
        key=day.id,
    )


def _time(time: Any) -> rx.Component:
    return rx.el.li(
        rx.el.button(
            time.label,
            rx.cond(time.beside != "", rx.el.span(time.beside, class_name="text-sm font-normal text-ink-soft")),
            type="button",
            on_click=call(AskingState.pick, time.id),
            class_name=_TIME,
        ),
        key=time.id,
    )


def _request() -> rx.Component:
    """What is asked for, above the page, with a note and the one button."""
    hidden = (
        ("therapist_id", AskingState.therapist),
        ("service_id", AskingState.service),
        ("place", AskingState.place),
        ("starts_at", AskingState.picked),
        ("moves", AskingState.moves),
    )
    form = action_form(
        rx.el.div(
            rx.el.p(AskingState.picked_label, class_name="text-lg font-semibold"),
            rx.el.p(AskingState.zone_note, class_name=HELP),
            rx.cond(AskingState.whose != "", rx.el.p("For ", AskingState.whose)),
        ),
        *(rx.el.input(type="hidden", name=name, value=value, read_only=True) for name, value in hidden),
        PressId.create(name="operation_id", answers=AskingState.picks),
        rx.el.div(
            rx.el.label(words.NOTE, html_for="request-note", class_name=LABEL),
            rx.el.textarea(
                id="request-note",
                name="note",
                max_length=1000,
                rows=3,
                aria_describedby="request-note-help",
                class_name=join(INPUT, "mt-1"),
            ),
            rx.el.p(words.NOTE_HELP, id="request-note-help", class_name=join("mt-1 text-sm", HELP)),
        ),
        rx.el.p(rx.cond(AskingState.moves == "", words.ASKS, words.MOVE_ASKS), class_name=HELP),
        submit(words.REQUEST),
        on_submit=AskingState.send,
    )
    return Sheet.create(
        form,
        open=AskingState.picked != "",
        title=words.YOUR_TIME,
        close=words.OTHER_TIME,
        on_close=call(AskingState.pick, ""),
    )
