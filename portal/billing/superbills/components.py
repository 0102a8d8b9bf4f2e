"""The form for the days of a superbill, on either side."""

from typing import Any

import reflex as rx

from portal.billing.superbills import words_page as words
from portal.ui.kit.classes import INPUT, LABEL, join
from portal.ui.kit.fields import action_form, submit


def period_form(state: Any) -> rx.Component:
    """From when until when, and the button. `state` has `first`, `last` and `ask`."""
    return action_form(
        rx.el.div(
            _day(words.FIRST, "first", state.first),
            _day(words.LAST, "last", state.last),
            class_name="grid grid-cols-2 gap-4",
        ),
        submit(words.DOWNLOAD, kind="plain"),
        on_submit=state.ask,
        class_name="mt-3 grid max-w-md gap-4",
    )


def _day(label: str, name: str, value: Any) -> rx.Component:
    id_ = f"superbill-{name}"
    return rx.el.div(
        rx.el.label(label, html_for=id_, class_name=LABEL),
        rx.el.input(id=id_, name=name, type="date", default_value=value, required=True, class_name=join(INPUT, "mt-1")),
        class_name="min-w-0",
    )
