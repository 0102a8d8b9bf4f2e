"""Why?: every condition in words, passed or not."""

from typing import Any

import reflex as rx

from portal.practice.client import words
from portal.practice.client.state_why import WhyState
from portal.ui.kit.editing import Sheet
from portal.ui.kit.icons import icon


def why() -> rx.Component:
    """The panel with the answer; closed until somebody asks."""
    return Sheet.create(
        rx.el.div(rx.foreach(WhyState.rows, _capability), class_name="grid gap-6"),
        open=WhyState.title != "",
        title=WhyState.title,
        close=words.CLOSE,
        on_close=WhyState.close,
    )


def _capability(row: Any) -> rx.Component:
    answer = rx.cond(row.allowed, words.ALLOWED, words.NOT_ALLOWED)
    colour = rx.cond(row.allowed, "font-semibold text-accent-strong", "font-semibold text-danger")
    return rx.el.section(
        rx.el.h3(row.label, ": ", rx.el.span(answer, class_name=colour), class_name="font-semibold"),
        rx.el.ul(rx.foreach(row.steps, _step), class_name="mt-1 grid gap-1"),
        key=row.key,
    )


def _step(step: Any) -> rx.Component:
    sign = rx.cond(
        step.passed,
        rx.el.span(
            icon("check"), rx.el.span(words.PASSED, ": ", class_name="sr-only"), class_name="text-accent-strong"
        ),
        rx.el.span(icon("x"), rx.el.span(words.FAILED, ": ", class_name="sr-only"), class_name="text-danger"),
    )
    weight = rx.cond(step.passed, "text-ink-soft", "font-semibold")
    return rx.el.li(sign, rx.el.span(step.sentence, class_name=weight), class_name="flex gap-2 leading-snug")
