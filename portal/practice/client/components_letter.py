"""The parts of a form that invites: the message, the forms along with it, and what somebody will get."""

from typing import Any

import reflex as rx

from portal.invitations.words import DEFAULT_MESSAGE
from portal.practice.client import words
from portal.practice.client.sending import FORM
from portal.ui.kit.buttons import text_link
from portal.ui.kit.checked import checked_field, checked_text, field_id
from portal.ui.kit.classes import BUTTON, BUTTON_KINDS, LABEL, join
from portal.ui.kit.editing import FillIn, StepButton
from portal.ui.shell_state import ShellState

NO_PROBLEMS: Any = rx.Var.create({"": ""}).to(dict[str, str])
"""For forms whose problems stand above them only."""


def message(messages: Any) -> rx.Component:
    """The words of the invitation, and those that the practice keeps."""
    target = field_id("invite", "message")
    kept = rx.foreach(messages, lambda one: FillIn.create(one.label, target=target, text=one.value))
    return rx.el.div(
        checked_text(
            words.MESSAGE,
            "message",
            form="invite",
            problems=NO_PROBLEMS,
            help_text=words.MESSAGE_HELP,
            rows=9,
            default_value=DEFAULT_MESSAGE,
        ),
        rx.cond(
            messages.length() > 0,
            rx.el.div(kept, role="group", aria_label=words.KEPT_MESSAGES, class_name="mt-1 flex flex-wrap gap-2"),
        ),
        _keep(),
    )


def _keep() -> rx.Component:
    """Keeping the words for later, and the way to those that are kept."""
    to = rx.Var.create("/practice/invitation-messages") + ShellState.query
    return rx.el.details(
        rx.el.summary(
            words.KEEP_WORDS,
            class_name="flex min-h-target cursor-pointer items-center font-semibold text-accent-strong",
        ),
        rx.el.div(
            checked_field(
                words.KEEP_NAME,
                "kept_name",
                form="invite",
                problems=NO_PROBLEMS,
                help_text=words.KEEP_HELP,
                max_length=80,
                auto_complete="off",
            ),
            rx.el.div(
                StepButton.create(words.KEEP_NOW, name="step", value="keep", kind="plain"),
                text_link(words.MANAGE_MESSAGES, to=to),
                class_name="mt-3 flex flex-wrap items-center gap-4",
            ),
            class_name="mt-2 rounded-small border border-line p-4",
        ),
    )


def forms_along(choices: Any) -> rx.Component:
    """The forms that are sent with the invitation."""
    boxes = rx.el.fieldset(rx.el.legend(words.FORMS_ALONG, class_name=LABEL), rx.foreach(choices, _box))
    return rx.cond(choices.length() > 0, boxes)


def letter(shown: Any) -> rx.Component:
    """What somebody will read: the words, the button as it will look, the forms; or why they cannot be invited."""
    problem = rx.el.p(shown.whom, ": ", shown.problem, class_name="font-semibold text-caution")
    text = rx.el.div(
        rx.el.p(rx.el.strong(words.PREVIEW_TO, ": "), shown.whom, class_name="break-words"),
        rx.el.p(rx.el.strong(words.PREVIEW_SUBJECT, ": "), shown.subject),
        rx.el.p(shown.before, class_name="mt-3 whitespace-pre-line break-words"),
        rx.el.p(rx.el.span(shown.button, class_name=join(BUTTON, BUTTON_KINDS["plain"])), class_name="my-3"),
        rx.el.p(shown.after, class_name="whitespace-pre-line break-words"),
        rx.el.p(shown.until, class_name="mt-3 break-words"),
        rx.cond(
            shown.forms.length() > 0,
            rx.el.div(
                rx.el.p(words.FORMS_NOT_NAMED, class_name="font-semibold"),
                rx.el.ul(rx.foreach(shown.forms, rx.el.li), class_name="list-disc pl-5"),
                class_name="mt-4 border-t border-line pt-3 text-sm",
            ),
        ),
        class_name="mt-2 rounded-small bg-sunk p-4",
    )
    found = rx.el.div(rx.el.h3(words.PREVIEW_TITLE, class_name="font-semibold"), text)
    return rx.cond(shown.whom != "", rx.cond(shown.problem != "", problem, found))


def _box(form: Any) -> rx.Component:
    box = rx.el.input(type="checkbox", name=FORM + form.value.to(str), class_name="size-6 shrink-0 accent-accent")
    classes = "flex min-h-target cursor-pointer items-center gap-3 py-1 leading-snug"
    return rx.el.label(box, form.label, class_name=classes, key=form.value)
