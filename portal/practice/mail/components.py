"""The parts of the page about mail."""

from typing import Any

import reflex as rx

from portal.practice.mail import words
from portal.practice.mail.state import MailState
from portal.ui.kit.buttons import button
from portal.ui.kit.classes import HELP, ROWS, join
from portal.ui.kit.editing import ConfirmButton
from portal.ui.kit.events import call
from portal.ui.kit.states import empty

_ROW = "px-5 py-4 sm:px-6"


def failed() -> rx.Component:
    """The mail that did not arrive, or that all has."""
    more = rx.cond(
        MailState.older != "",
        rx.el.div(
            button(words.OLDER, on_click=call(MailState.show_older, MailState.older)),
            class_name="mt-4",
        ),
    )
    listed = rx.fragment(rx.el.ul(rx.foreach(MailState.failed, _failed), class_name=ROWS), more)
    nothing = empty(words.NONE_FAILED, words.NONE_FAILED_HELP)
    return _section(
        "failed",
        words.FAILED,
        rx.el.p(MailState.tally, class_name=join("mb-3", HELP)),
        rx.cond(MailState.failed.length() > 0, listed, nothing),
        help_text=words.FAILED_HELP,
    )


def tried() -> rx.Component:
    """The mail that is tried again by itself; nothing where there is none."""
    listed = rx.el.ul(rx.foreach(MailState.tried, _tried), class_name=ROWS)
    return rx.cond(MailState.tried.length() > 0, _section("tried", words.TRIED, listed, help_text=words.TRIED_HELP))


def jobs() -> rx.Component:
    """What is done every so often, and how it went."""
    listed = rx.el.ul(rx.foreach(MailState.jobs, _job), class_name=ROWS)
    return _section("jobs", words.JOBS, listed, help_text=words.JOBS_HELP)


def _section(key: str, title: str, *children: Any, help_text: str) -> rx.Component:
    return rx.el.section(
        rx.el.h2(title, id=f"{key}-title", class_name="text-lg font-semibold"),
        rx.el.p(help_text, class_name=join("mb-1", HELP)),
        *children,
        aria_labelledby=f"{key}-title",
    )


def _failed(row: Any) -> rx.Component:
    again = button(
        words.AGAIN,
        on_click=call(MailState.send_again, row.id),
        custom_attrs={"aria-label": row.again_name},
    )
    aside = ConfirmButton.create(
        label=words.ASIDE,
        name=row.aside_name,
        kind="quiet",
        title=words.ASIDE_QUESTION,
        text=row.aside_text,
        confirm=words.ASIDE,
        cancel=words.CANCEL,
        on_confirm=call(MailState.let_be, row.id),
    )
    return rx.el.li(
        _facts(row),
        rx.el.p(row.why_not, class_name=join("mt-1 text-sm empty:hidden", HELP)),
        rx.el.div(rx.cond(row.why_not == "", again), aside, class_name="mt-3 flex flex-wrap gap-2"),
        key=row.id,
        class_name=_ROW,
    )


def _tried(row: Any) -> rx.Component:
    return rx.el.li(_facts(row), key=row.id, class_name=_ROW)


def _facts(row: Any) -> rx.Component:
    return rx.el.div(
        rx.el.p(row.subject, class_name="font-semibold"),
        rx.el.p(row.whom, class_name="break-words"),
        rx.el.p(row.reason, class_name="mt-1"),
        rx.el.p(row.when, class_name=join("text-sm", HELP)),
    )


def _job(row: Any) -> rx.Component:
    outcome = rx.cond(row.is_failing, "font-semibold text-danger", "")
    times = rx.el.dl(
        _time(words.LAST, row.last),
        _time(words.NEXT, row.next),
        class_name=join("mt-1 flex flex-wrap gap-x-6 text-sm", HELP),
    )
    return rx.el.li(
        rx.el.div(
            rx.el.p(row.label, class_name="min-w-0 grow font-semibold"),
            rx.el.p(row.outcome, class_name=outcome),
            class_name="flex flex-wrap items-baseline justify-between gap-x-4",
        ),
        times,
        key=row.name,
        class_name=_ROW,
    )


def _time(label: str, text: Any) -> rx.Component:
    shown = rx.el.div(rx.el.dt(label, ":"), rx.el.dd(text), class_name="flex gap-1")
    return rx.cond(text != "", shown)
