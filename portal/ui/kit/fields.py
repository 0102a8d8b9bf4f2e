"""Labels above fields, help under them, and forms that send once."""

from typing import Any

import reflex as rx

from portal.ui.kit.buttons import button
from portal.ui.kit.classes import HELP, INPUT, LABEL, join
from portal.ui.kit.icons import icon
from portal.ui.kit.shell_parts import ActionForm
from portal.ui.session_state import PageState


def field(label: str, name: str, *, help_text: str = "", classes: str = "", **props: Any) -> rx.Component:
    """One line to type into, with its label above and its help under it."""
    described = {"aria_describedby": f"{name}-help"} if help_text else {}
    return rx.el.div(
        rx.el.label(label, html_for=name, class_name=LABEL),
        rx.el.input(id=name, name=name, class_name=join(INPUT, "mt-1"), **described, **props),
        *([rx.el.p(help_text, id=f"{name}-help", class_name=join("mt-1 text-sm", HELP))] if help_text else []),
        class_name=classes,
    )


def action_form(*children: Any, on_submit: Any, cleared: Any = 0, **props: Any) -> rx.Component:
    """A form for `on_submit(fields: dict)`; a refusal is shown above its fields."""
    return ActionForm.create(
        *children,
        on_submit=on_submit,
        text=PageState.notice,
        tone=PageState.notice_tone,
        count=PageState.notice_count,
        cleared=cleared,
        **props,
    )


def submit(label: str, kind: str = "primary") -> rx.Component:
    """The button of an action_form; it turns while the server works, and cannot be pressed twice."""
    return button(
        rx.el.span(icon("loader-circle"), class_name="hidden motion-safe:animate-spin group-aria-busy:inline-flex"),
        label,
        type="submit",
        kind=kind,
        classes="justify-self-start group-aria-busy:pointer-events-none group-aria-busy:opacity-75",
    )
