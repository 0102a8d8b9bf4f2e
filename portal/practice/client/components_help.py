"""Helping a client sign in: the check, what happens, and how the last help stands."""

from typing import Any

import reflex as rx

from portal.practice.client import words_help as words
from portal.practice.client.components import section
from portal.practice.client.state import ClientState
from portal.practice.client.state_help import HelpState
from portal.ui.kit.classes import CARD, HELP, LABEL, PADDED, join
from portal.ui.kit.editing import ConfirmButton, Panel
from portal.ui.kit.fields import action_form, submit

_CLIENT: Any = ClientState.client


def help_signing_in() -> rx.Component:
    """Shown for a client with a login, to who may invite."""
    part = section(
        "help",
        words.TITLE,
        rx.el.div(
            rx.el.p(rx.cond(HelpState.standing != "", HelpState.standing, words.ABOUT)),
            rx.el.div(_panel(), rx.cond(HelpState.is_open, _withdraw()), class_name="mt-5 flex flex-wrap gap-3"),
            class_name=join(CARD, PADDED),
        ),
    )
    return rx.cond(HelpState.may_help & (_CLIENT.status == "active") & ~_CLIENT.is_archived, part)


def _panel() -> rx.Component:
    form = action_form(
        rx.el.p(words.WHAT_HAPPENS, class_name=HELP),
        rx.el.fieldset(
            rx.el.legend(words.HOW, class_name=LABEL),
            *(_check(check.value, label) for check, label in words.CHECKS.items()),
        ),
        rx.el.p(words.WRITTEN_DOWN, class_name=join("text-sm", HELP)),
        submit(words.SEND),
        on_submit=HelpState.start,
        cleared=HelpState.done,
    )
    return Panel.create(
        form,
        label=words.HELP,
        name=words.HELP_TITLE,
        title=words.HELP_TITLE,
        kind="plain",
        close=words.CLOSE,
        done=HelpState.done,
    )


def _check(value: str, label: str) -> rx.Component:
    box = rx.el.input(
        type="radio", name="check", value=value, required=True, class_name="mt-1 size-6 shrink-0 accent-accent"
    )
    return rx.el.label(box, label, class_name="flex min-h-target cursor-pointer items-start gap-3 py-2")


def _withdraw() -> rx.Component:
    return ConfirmButton.create(
        label=words.WITHDRAW,
        kind="quiet",
        title=words.WITHDRAW_TITLE,
        text=words.WITHDRAW_TEXT,
        confirm=words.WITHDRAW,
        cancel=words.CANCEL,
        on_confirm=HelpState.withdraw,
    )
