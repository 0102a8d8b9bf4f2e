"""The panels of the calendar: a new appointment, and what can be done with one."""

from typing import Any, cast

import reflex as rx

from portal.scheduling import words_staff as words
from portal.scheduling.week.components_who import who_comes
from portal.scheduling.week.state import CalendarState
from portal.scheduling.week.state_planning import PlanningState
from portal.ui.kit.buttons import button
from portal.ui.kit.classes import HELP, INPUT, LABEL, join
from portal.ui.kit.editing import ConfirmButton, Sheet
from portal.ui.kit.events import call
from portal.ui.kit.fields import action_form, submit

_OPEN: Any = CalendarState.opened
_MAY_CHANGE: Any = cast(Any, CalendarState.week).may_change


def new_appointment() -> rx.Component:
    """The panel of an appointment that is to be made."""
    form = action_form(
        rx.el.input(type="hidden", name="therapist_id", value=CalendarState.therapist, read_only=True),
        _choice(words.SERVICE, "service_id", CalendarState.services),
        rx.el.input(type="hidden", name="clients", value=PlanningState.ids, read_only=True),
        rx.el.div(
            rx.el.label(words.PLACE, html_for="new-place", class_name=LABEL),
            rx.el.select(
                rx.foreach(CalendarState.places, lambda one: rx.el.option(one.label, value=one.id)),
                rx.el.option(words.VIDEO, value="video"),
                id="new-place",
                name="place",
                class_name=join(INPUT, "mt-1"),
            ),
        ),
        _when("new", CalendarState.planned_day, CalendarState.planned_time),
        submit(words.CREATE),
        on_submit=CalendarState.create,
        key=CalendarState.planned_day + CalendarState.planned_time,
    )
    return Sheet.create(
        who_comes(),
        form,
        open=CalendarState.planned_day != "",
        title=words.NEW_TITLE,
        close=words.CLOSE,
        on_close=call(CalendarState.open, ""),
    )


def one_appointment() -> rx.Component:
    """The panel of an appointment that is there."""
    changes = rx.el.div(
        rx.cond(_OPEN.is_open, _move()),
        rx.cond(_OPEN.has_begun & ~_OPEN.is_over, _marks()),
        rx.el.div(
            rx.cond(_OPEN.is_open, _cancel(words.CANCEL, words.CANCEL_TITLE, "cancel")),
            rx.cond(_OPEN.is_open, _cancel(words.LATE_CANCEL, words.LATE_TITLE, "late")),
            ConfirmButton.create(
                label=words.DELETE,
                kind="danger",
                title=words.DELETE_TITLE,
                text=words.DELETE_TEXT,
                confirm=words.DELETE_YES,
                cancel=words.KEEP,
                on_confirm=_do("delete"),
            ),
            class_name="flex flex-wrap gap-3",
        ),
        class_name="grid gap-5",
    )
    return Sheet.create(
        rx.el.div(
            rx.el.p(_OPEN.time, class_name="font-semibold"),
            rx.el.p(_OPEN.about, class_name=HELP),
            rx.cond(_OPEN.status != "", rx.el.p(_OPEN.status, class_name="mt-1 text-sm font-semibold")),
            class_name="mb-5 leading-snug",
        ),
        rx.cond(_MAY_CHANGE, changes),
        open=_OPEN.id != "",
        title=_OPEN.clients,
        close=words.CLOSE,
        on_close=call(CalendarState.open, ""),
    )


def _move() -> Any:
    return action_form(
        *_hidden("move"),
        _when("move", _OPEN.wall, _OPEN.clock),
        submit(words.MOVE_DO, kind="primary"),
        on_submit=CalendarState.change,
        key=_OPEN.id + _OPEN.wall + _OPEN.clock,
        aria_label=words.MOVE_TO,
    )


def _marks() -> Any:
    back = _deed(words.NOT_YET_NOTED, "confirmed")
    return rx.el.div(
        rx.cond(_OPEN.is_open, rx.fragment(_deed(words.KEPT, "kept"), _deed(words.NO_SHOW, "no_show")), back),
        class_name="flex flex-wrap gap-3",
    )


def _cancel(label: str, title: str, deed: str) -> Any:
    return ConfirmButton.create(
        label=label,
        kind="plain",
        title=title,
        text=words.CANCEL_TEXT,
        confirm=words.CANCEL_YES,
        cancel=words.KEEP,
        on_confirm=_do(deed),
    )


def _deed(label: str, deed: str) -> Any:
    return button(label, on_click=_do(deed))


def _do(deed: str) -> Any:
    fields = {"deed": deed, "appointment_id": _OPEN.id, "revision": _OPEN.revision.to_string()}
    return call(CalendarState.change, fields)


def _hidden(deed: str) -> tuple[rx.Component, ...]:
    fields = (("deed", deed), ("appointment_id", _OPEN.id), ("revision", _OPEN.revision.to_string()))
    return tuple(rx.el.input(type="hidden", name=name, value=value, read_only=True) for name, value in fields)


def _when(form: str, day: Any, time: Any) -> Any:
    return rx.el.div(
        rx.el.div(
            _named(form, words.DAY, "day", "date", day),
            _named(form, words.TIME, "time", "time", time),
            class_name="flex flex-wrap gap-4",
        ),
        rx.el.p(words.TWICE, class_name=join("mt-1 text-sm", HELP)),
    )


def _named(form: str, label: str, name: str, kind: str, value: Any) -> Any:
    return rx.el.div(
        rx.el.label(label, html_for=f"{form}-{name}", class_name=LABEL),
        rx.el.input(
            id=f"{form}-{name}",
            name=name,
            type=kind,
            default_value=value,
            required=True,
            class_name=join(INPUT, "mt-1"),
        ),
        class_name="grow",
    )


def _choice(label: str, name: str, options: Any) -> Any:
    return rx.el.div(
        rx.el.label(label, html_for=f"new-{name}", class_name=LABEL),
        rx.el.select(
            rx.foreach(options, lambda one: rx.el.option(one.label, value=one.id)),
            id=f"new-{name}",
            name=name,
            class_name=join(INPUT, "mt-1"),
        ),
    )
