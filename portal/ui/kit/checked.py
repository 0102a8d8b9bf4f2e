"""Fields whose problem stands beside them: labels above, help and problem under them, both read aloud."""

from typing import Any

import reflex as rx

from portal.ui.kit.classes import HELP, INPUT, LABEL, PROBLEM, join


def checked_field(
    label: Any, name: str, *, form: Any, problems: Any, help_text: Any = "", classes: str = "", **props: Any
) -> rx.Component:
    """One line to type into. `problems` has a sentence by the field's id, which is `<form>-<name>`."""
    control = rx.el.input(name=name, class_name=join(INPUT, "mt-1"), **_tied(form, name, problems, props))
    return _labelled(label, name, form, problems, help_text, classes, control)


def checked_text(
    label: Any, name: str, *, form: Any, problems: Any, help_text: Any = "", classes: str = "", **props: Any
) -> rx.Component:
    """Several lines to type into."""
    control = rx.el.textarea(name=name, class_name=join(INPUT, "mt-1"), **_tied(form, name, problems, props))
    return _labelled(label, name, form, problems, help_text, classes, control)


def choice(
    label: Any,
    name: str,
    *options: rx.Component,
    form: Any,
    problems: Any,
    help_text: Any = "",
    classes: str = "",
    **props: Any,
) -> rx.Component:
    """One of several; the options are `rx.el.option`s."""
    control = rx.el.select(*options, name=name, class_name=join(INPUT, "mt-1"), **_tied(form, name, problems, props))
    return _labelled(label, name, form, problems, help_text, classes, control)


def field_id(form: Any, name: str) -> Any:
    """Return the id of a field: unique on the page as long as each form has a name of its own."""
    return f"{form}-{name}" if isinstance(form, str) else form.to(str) + f"-{name}"


def _tied(form: Any, name: str, problems: Any, props: dict[str, Any]) -> dict[str, Any]:
    id_ = field_id(form, name)
    told = {"aria_invalid": rx.cond(problems[id_], "true", "false"), "aria_describedby": id_ + "-told"}
    return {"id": id_, **told, **props}


def _labelled(
    label: Any, name: str, form: Any, problems: Any, help_text: Any, classes: str, control: rx.Component
) -> rx.Component:
    id_ = field_id(form, name)
    return rx.el.div(
        rx.el.label(label, html_for=id_, class_name=LABEL),
        control,
        rx.el.div(
            rx.cond(problems[id_], rx.el.p(problems[id_], class_name=join("mt-1", PROBLEM))),
            rx.el.p(help_text, class_name=join("mt-1 text-sm empty:hidden", HELP)),
            id=id_ + "-told",
        ),
        class_name=classes,
    )
