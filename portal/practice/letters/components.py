"""The parts of the page of kept messages."""

from typing import Any

import reflex as rx

from portal.invitations.words import DEFAULT_MESSAGE
from portal.practice.client.components_letter import NO_PROBLEMS
from portal.practice.letters import words
from portal.practice.letters.state import LettersState
from portal.ui.kit.checked import checked_field, checked_text
from portal.ui.kit.classes import CARD, PADDED, join
from portal.ui.kit.editing import ConfirmButton, Panel
from portal.ui.kit.events import call
from portal.ui.kit.fields import action_form, submit
from portal.ui.kit.states import empty


def messages() -> rx.Component:
    """Every message, and writing one."""
    write = _panel("message-", words.ADD, words.ADD_TITLE, "primary", "", "", DEFAULT_MESSAGE)
    listed = rx.el.ul(rx.foreach(LettersState.rows, _message), class_name="grid gap-4")
    nothing = empty(words.NONE, words.NONE_HELP, sign="mail")
    return rx.el.div(
        rx.el.div(write, class_name="mb-6"),
        rx.cond(LettersState.rows.length() > 0, listed, nothing),
        class_name="max-w-3xl",
    )


def _message(one: Any) -> rx.Component:
    form = "message-" + one.id.to(str)
    delete = ConfirmButton.create(
        label=words.DELETE,
        name=one.delete_name,
        kind="quiet",
        title=one.delete_question,
        text=words.DELETE_TEXT,
        confirm=words.DELETE,
        cancel=words.CANCEL,
        on_confirm=call(LettersState.delete, one.id),
    )
    return rx.el.li(
        rx.el.h2(one.name, class_name="text-lg font-semibold break-words"),
        rx.el.p(one.body, class_name="mt-2 whitespace-pre-line break-words"),
        rx.el.div(
            _panel(form, words.EDIT, one.edit_name, "plain", one.id, one.name, one.body),
            delete,
            class_name="mt-4 flex flex-wrap gap-3",
        ),
        key=one.id,
        class_name=join(CARD, PADDED),
    )


def _panel(form: Any, label: str, title: Any, kind: str, id_: Any, name: Any, body: Any) -> rx.Component:
    fields = action_form(
        checked_field(
            words.NAME,
            "name",
            form=form,
            problems=NO_PROBLEMS,
            help_text=words.NAME_HELP,
            default_value=name,
            max_length=80,
            auto_complete="off",
        ),
        checked_text(
            words.BODY,
            "body",
            form=form,
            problems=NO_PROBLEMS,
            help_text=words.BODY_HELP,
            default_value=body,
            rows=9,
        ),
        rx.el.input(type="hidden", name="template_id", value=id_, read_only=True),
        submit(words.SAVE),
        on_submit=LettersState.save,
        cleared=LettersState.saved[form],
        custom_attrs={"noValidate": True},
    )
    return Panel.create(
        fields, label=label, name=title, title=title, kind=kind, close=words.CLOSE, done=LettersState.saved[form]
    )
