"""/practice/forms/[form_id]: building a form."""

from typing import Any

import reflex as rx

from portal.intake.answers.components import back_to
from portal.practice.building import words
from portal.practice.building.components import workbench
from portal.practice.building.state import BuilderState
from portal.ui.kit.states import settled
from portal.ui.layout import Page, staff_page
from portal.ui.shell_state import ShellState


def builder_page() -> rx.Component:
    """One form in the making."""
    head: Any = BuilderState.head
    return staff_page(
        rx.cond(head.id != "", head.title, words.FORM),
        settled(head.id != "", BuilderState.refusal, workbench(), on_retry=BuilderState.load),
        back=back_to(words.BACK, rx.Var.create("/practice/forms") + ShellState.query),
    )


PAGES = (Page("/practice/forms/[form_id]", builder_page, words.FORM, BuilderState.load),)
