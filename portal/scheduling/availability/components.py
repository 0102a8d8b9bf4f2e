"""The parts of the hours page."""

from typing import Any

import reflex as rx

from portal.scheduling import words_staff as words
from portal.scheduling.availability.state import AvailabilityState
from portal.ui.kit.classes import BESIDE, CARD, HELP, INPUT, LABEL, PADDED, ROW, ROWS, join
from portal.ui.kit.editing import ConfirmButton, Panel
from portal.ui.kit.events import call
from portal.ui.kit.fields import action_form, submit
from portal.ui.kit.states import empty

_WEEKDAY = "inline-flex min-h-target cursor-pointer items-center gap-2"


def hours() -> rx.Component:
    """Whose hours, the week, the days that differ, and how the therapist works."""
    page = rx.el.div(
        rx.cond(AvailabilityState.calendars.length() > 1, _whose()),
        _week(),
        _days(),
        _profile(),
        class_name="grid gap-8",
    )
    nobody = empty(words.NO_THERAPIST, words.NO_THERAPIST_HELP, sign="calendar")
    return rx.cond(AvailabilityState.calendars.length() > 0, page, nobody)


def _whose() -> rx.Component:
    return rx.el.select(
        rx.foreach(AvailabilityState.calendars, lambda one: rx.el.option(one.label, value=one.id)),
        value=AvailabilityState.therapist,
        on_change=AvailabilityState.go,
        aria_label=words.THERAPIST,
        class_name=join(INPUT, "sm:w-auto sm:justify-self-start"),
    )


def _section(title: str, anchor: str, action: rx.Component, content: rx.Component) -> rx.Component:
    return rx.el.section(
        rx.el.div(
            rx.el.h2(title, id=anchor, class_name="grow text-lg font-semibold"),
            action,
            class_name="mb-3 flex flex-wrap items-center gap-3",
        ),
        content,
        aria_labelledby=anchor,
    )


def _week() -> rx.Component:
    def day(one: Any) -> rx.Component:
        return rx.el.li(
            rx.el.h3(one.name, class_name="w-28 shrink-0 font-semibold"),
            rx.el.ul(rx.foreach(one.lines, _line), class_name="grid grow gap-3"),
            class_name=join(ROW, "flex-wrap items-start"),
            key=one.name,
        )

    listed = rx.el.ul(rx.foreach(AvailabilityState.week, day), class_name=ROWS)
    none = rx.el.p(words.NO_WEEK, class_name=join(CARD, PADDED))
    return _section(
        words.WEEK_TITLE, "week-title", _add_week(), rx.cond(AvailabilityState.week.length() > 0, listed, none)
    )


def _days() -> rx.Component:
    listed = rx.el.ul(
        rx.foreach(AvailabilityState.days, lambda one: rx.el.li(_line_inside(one), class_name=ROW, key=one.id)),
        class_name=ROWS,
    )
    none = rx.el.p(words.NO_DAYS, class_name=join(CARD, PADDED))
    buttons = rx.el.div(_add_days("away"), _add_days("extra"), class_name="flex flex-wrap gap-3")
    return _section(words.AWAY_TITLE, "days-title", buttons, rx.cond(AvailabilityState.days.length() > 0, listed, none))


def _line(one: Any) -> rx.Component:
    return rx.el.li(_line_inside(one), key=one.id)


def _line_inside(one: Any) -> rx.Component:
    return rx.el.div(
        rx.el.div(
            rx.el.p(one.when),
            rx.el.p(one.detail, class_name=join("text-sm", HELP)),
            class_name=BESIDE,
        ),
        ConfirmButton.create(
            label=words.REMOVE,
            name=words.REMOVE + ": " + one.when.to(str),
            kind="quiet",
            title=words.REMOVE_TITLE,
            text=words.REMOVE_TEXT,
            confirm=words.REMOVE,
            cancel=words.KEEP,
            on_confirm=call(AvailabilityState.remove, AvailabilityState.therapist, one.id),
        ),
        class_name="flex grow flex-wrap items-center gap-x-3",
    )


def _add_week() -> rx.Component:
    form = action_form(
        _therapist(),
        _weekdays(),
        _times("week", required=True),
        _place("week"),
        rx.el.label(
            rx.el.input(type="checkbox", name="by_video", class_name="size-5 accent-accent"),
            words.ALSO_VIDEO,
            class_name=_WEEKDAY,
        ),
        _labelled(
            words.FOR_SERVICE,
            "week-service",
            rx.el.select(
                rx.el.option(words.ALL_SERVICES, value=""),
                rx.foreach(AvailabilityState.services, lambda one: rx.el.option(one.label, value=one.id)),
                id="week-service",
                name="service_id",
                class_name=join(INPUT, "mt-1"),
            ),
        ),
        submit(words.ADD_WEEK),
        on_submit=AvailabilityState.add_week,
        cleared=AvailabilityState.saved,
    )
    return _panel(form, words.ADD_WEEK, "primary")


def _weekdays() -> rx.Component:
    return rx.el.fieldset(
        rx.el.legend(words.DAYS, class_name=LABEL),
        rx.el.div(
            *(
                rx.el.label(
                    rx.el.input(type="checkbox", name=f"day_{place}", class_name="size-5 accent-accent"),
                    name,
                    class_name=_WEEKDAY,
                )
                for place, name in enumerate(words.WEEKDAYS)
            ),
            class_name="grid grid-cols-2 gap-x-6",
        ),
    )


def _add_days(kind: str) -> rx.Component:
    is_away = kind == "away"
    label = words.ADD_AWAY if is_away else words.ADD_EXTRA
    form = action_form(
        _therapist(),
        rx.el.input(type="hidden", name="kind", value=kind, read_only=True),
        rx.el.div(
            _input(words.FIRST_DAY, f"{kind}-first", "first_day", "date", required=True),
            _input(words.LAST_DAY, f"{kind}-last", "last_day", "date", required=False),
            class_name="grid gap-4 sm:grid-cols-2",
        ),
        _times(kind, required=not is_away),
        rx.el.p(words.WHOLE_DAYS, class_name=join("text-sm", HELP)) if is_away else _place(kind),
        submit(label),
        on_submit=AvailabilityState.add_days,
        cleared=AvailabilityState.saved,
    )
    return _panel(form, label, "plain")


def _profile() -> rx.Component:
    form = action_form(
        _therapist(),
        _labelled(
            words.BUFFER,
            "buffer",
            rx.el.input(
                id="buffer",
                name="buffer_minutes",
                input_mode="numeric",
                default_value=AvailabilityState.buffer,
                aria_describedby="buffer-help",
                class_name=join(INPUT, "mt-1 max-w-28"),
            ),
            rx.el.p(words.BUFFER_HELP, id="buffer-help", class_name=join("mt-1 text-sm", HELP)),
        ),
        _labelled(
            words.LINK,
            "video-link",
            rx.el.input(
                id="video-link",
                name="video_link",
                type="url",
                default_value=AvailabilityState.video_link,
                aria_describedby="video-help",
                class_name=join(INPUT, "mt-1"),
            ),
            rx.el.p(words.LINK_HELP, id="video-help", class_name=join("mt-1 text-sm", HELP)),
        ),
        submit(words.SAVE, kind="plain"),
        on_submit=AvailabilityState.save_profile,
        key=AvailabilityState.therapist + AvailabilityState.buffer + AvailabilityState.video_link,
        class_name="max-w-lg",
    )
    return _section(words.PROFILE_TITLE, "profile-title", rx.fragment(), rx.el.div(form, class_name=join(CARD, PADDED)))


def _panel(form: rx.Component, label: str, kind: str) -> rx.Component:
    return Panel.create(form, label=label, title=label, kind=kind, close=words.CLOSE, done=AvailabilityState.saved)


def _therapist() -> rx.Component:
    return rx.el.input(type="hidden", name="therapist_id", value=AvailabilityState.therapist, read_only=True)


def _times(form: str, *, required: bool) -> rx.Component:
    return rx.el.div(
        _input(words.FROM, f"{form}-starts", "starts", "time", required=required),
        _input(words.UNTIL, f"{form}-ends", "ends", "time", required=required),
        class_name="grid grid-cols-2 gap-4",
    )


def _place(form: str) -> rx.Component:
    return _labelled(
        words.PLACE,
        f"{form}-place",
        rx.el.select(
            rx.foreach(AvailabilityState.places, lambda one: rx.el.option(one.label, value=one.id)),
            rx.el.option(words.VIDEO, value="video"),
            id=f"{form}-place",
            name="place",
            class_name=join(INPUT, "mt-1"),
        ),
    )


def _input(label: str, id_: str, name: str, kind: str, *, required: bool) -> rx.Component:
    control = rx.el.input(id=id_, name=name, type=kind, required=required, class_name=join(INPUT, "mt-1"))
    return _labelled(label, id_, control)


def _labelled(label: str, id_: str, *children: rx.Component) -> rx.Component:
    return rx.el.div(rx.el.label(label, html_for=id_, class_name=LABEL), *children)
