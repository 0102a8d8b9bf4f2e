"""The form in which a client is added."""

from typing import Any

import reflex as rx

from portal.practice.clients import words
from portal.practice.clients.components import alike_note
from portal.practice.clients.state import ClientsState
from portal.ui.kit.checked import checked_field
from portal.ui.kit.editing import Panel
from portal.ui.kit.fields import action_form, submit


def add_client() -> rx.Component:
    """A button, and behind it the form; for those who may add clients."""
    form = "add"
    problems: Any = ClientsState.problems
    fields = action_form(
        checked_field(words.GIVEN_NAME, "given_name", form=form, problems=problems, auto_complete="off"),
        checked_field(words.FAMILY_NAME, "family_name", form=form, problems=problems, auto_complete="off"),
        checked_field(
            words.BIRTH_DATE,
            "birth_date",
            form=form,
            problems=problems,
            help_text=words.BIRTH_DATE_HELP,
            type="date",
            classes="max-w-60",
        ),
        checked_field(
            words.EMAIL,
            "email",
            form=form,
            problems=problems,
            help_text=words.EMAIL_HELP,
            input_mode="email",
            auto_complete="off",
            spell_check=False,
        ),
        checked_field(words.PHONE, "phone", form=form, problems=problems, type="tel", auto_complete="off"),
        alike_note(),
        rx.el.input(type="hidden", name="despite", value=ClientsState.despite, read_only=True),
        rx.cond(ClientsState.despite != "", submit(words.ADD_ANYWAY), submit(words.ADD)),
        on_submit=ClientsState.add,
        custom_attrs={"noValidate": True},
    )
    panel: rx.Component = Panel.create(
        fields, label=words.ADD, title=words.ADD_TITLE, kind="primary", close=words.CLOSE, done=0
    )
    return rx.cond(ClientsState.may_add, panel)
