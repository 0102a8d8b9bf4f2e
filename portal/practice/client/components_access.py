"""The fields about access, shared by the form that adds somebody and those that give and change access."""

from typing import Any

import reflex as rx

from portal.practice.client import words
from portal.practice.client.showing_network import BASIS, PRESETS, SINGLE
from portal.ui.kit.checked import checked_field, choice


def what_they_may(form: Any, problems: Any, nothing: str) -> rx.Component:
    """What somebody may do: a set that is often right, or one thing."""
    return choice(
        words.MAY_DO,
        "may",
        rx.el.option(nothing, value=""),
        rx.el.optgroup(*(_option(one) for one in PRESETS), label=words.OFTEN),
        rx.el.optgroup(*(_option(one) for one in SINGLE), label=words.SINGLE),
        form=form,
        problems=problems,
    )


def terms(form: Any, problems: Any, grant: Any = None) -> rx.Component:
    """On what basis, from and to which day, and a note; starting with those of `grant` where there is one."""
    usual = [] if grant is not None else [rx.el.option(words.AS_PRESET, value="")]
    basis = choice(
        words.BASIS,
        "basis",
        *usual,
        *(_option(one) for one in BASIS),
        form=form,
        problems=problems,
        help_text="" if grant is not None else words.BASIS_HELP,
        **_start(grant, "basis"),
    )
    return rx.fragment(
        basis,
        rx.el.div(
            _day(words.FIRST_DAY, "first_day", words.FIRST_DAY_HELP if grant is None else "", form, problems, grant),
            _day(words.LAST_DAY, "last_day", words.LAST_DAY_HELP, form, problems, grant),
            class_name="grid gap-5 sm:grid-cols-2",
        ),
        checked_field(
            words.NOTE,
            "note",
            form=form,
            problems=problems,
            help_text=words.NOTE_HELP,
            auto_complete="off",
            **_start(grant, "note"),
        ),
    )


def _day(label: str, name: str, help_text: str, form: Any, problems: Any, grant: Any) -> rx.Component:
    return checked_field(
        label, name, form=form, problems=problems, help_text=help_text, type="date", **_start(grant, name)
    )


def _start(grant: Any, name: str) -> dict[str, Any]:
    return {} if grant is None else {"default_value": getattr(grant, name)}


def _option(option: Any) -> rx.Component:
    return rx.el.option(option.label, value=option.value)
