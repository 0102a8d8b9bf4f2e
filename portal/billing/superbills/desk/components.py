"""The part of a client's page about superbills."""

from typing import Any

import reflex as rx

from portal.billing.superbills import words_page as words
from portal.billing.superbills.components import period_form
from portal.billing.superbills.desk.state import SuperbillState
from portal.ui.kit.buttons import button
from portal.ui.kit.checked import checked_field
from portal.ui.kit.classes import CARD, HELP, PADDED, join
from portal.ui.kit.events import call
from portal.ui.kit.fields import action_form, submit

_STATE: Any = SuperbillState


def superbill() -> rx.Component:
    """What is missing, the way to a superbill, and the diagnoses; nothing for roles without money."""
    part = rx.el.section(
        rx.el.h2(words.TITLE, id="superbill-title", class_name="text-lg font-semibold"),
        rx.el.p(words.STAFF_HELP, class_name=HELP),
        rx.el.div(
            _gaps(),
            rx.cond(_STATE.has_sessions, period_form(_STATE)),
            rx.cond(_STATE.enters, _diagnoses()),
            class_name=join(CARD, PADDED, "mt-3 grid gap-5"),
        ),
        aria_labelledby="superbill-title",
    )
    return rx.cond(_STATE.loaded, part)


def _gaps() -> rx.Component:
    listed = rx.el.div(
        rx.el.h3(words.MISSING, class_name="font-semibold"),
        rx.el.ul(rx.foreach(_STATE.gaps, rx.el.li), class_name="mt-1 grid list-disc gap-1 pl-5"),
        class_name="rounded-small border-l-4 border-caution bg-caution-soft p-4",
    )
    return rx.fragment(
        rx.cond(_STATE.has_sessions, rx.fragment(), rx.el.p(words.NO_SESSIONS)),
        rx.cond(
            _STATE.gaps.length() > 0,
            listed,
            rx.cond(_STATE.has_sessions, rx.el.p(words.NOTHING_MISSING), rx.fragment()),
        ),
    )


def _diagnoses() -> rx.Component:
    toggle = button(
        rx.cond(_STATE.open, words.HIDE, words.SHOW),
        on_click=call(SuperbillState.show, ~_STATE.open),
        aria_expanded=rx.cond(_STATE.open, "true", "false"),
        classes="justify-self-start",
    )
    rows = rx.el.ul(rx.foreach(_STATE.rows, _row), class_name="grid gap-2")
    shown = rx.el.div(
        rx.cond(_STATE.rows.length() > 0, rows, rx.el.p(words.NO_DIAGNOSES, class_name=HELP)),
        _form(),
        class_name="mt-3 grid gap-5",
    )
    return rx.el.section(
        rx.el.h3(words.DIAGNOSES, id="diagnoses-title", class_name="font-semibold"),
        rx.el.p(words.DIAGNOSES_HELP, class_name=join("mb-3", HELP)),
        toggle,
        rx.cond(_STATE.open, shown),
        aria_labelledby="diagnoses-title",
        class_name="border-t border-line pt-5",
    )


def _row(row: Any) -> rx.Component:
    return rx.el.li(
        rx.el.p(row.codes, class_name="font-semibold tabular-nums"),
        rx.el.p(row.day, class_name=join("text-sm", HELP)),
        key=row.key,
    )


def _form() -> rx.Component:
    return action_form(
        _line(words.CODES, "codes", words.CODES_HELP, auto_complete="off", spell_check=False, max_length=200),
        _line(words.FROM_DAY, "first_day", words.FROM_DAY_HELP, type="date", default_value=_STATE.last, required=True),
        submit(words.SAVE, kind="plain"),
        on_submit=SuperbillState.save,
        cleared=SuperbillState.done,
        class_name="grid max-w-md gap-4",
    )


def _line(label: str, name: str, help_text: str, **props: Any) -> rx.Component:
    return checked_field(label, name, form="diagnosis", problems=_STATE.problems, help_text=help_text, **props)
