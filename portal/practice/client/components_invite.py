"""The invitation of a client: how it stands, and writing one."""

from typing import Any

import reflex as rx

from portal.invitations.words import DEFAULT_MESSAGE
from portal.practice.client import words
from portal.practice.client.components import section
from portal.practice.client.state import ClientState
from portal.practice.client.state_forms import ClientFormsState
from portal.practice.client.state_invite import FORM, InviteState
from portal.practice.client.state_network import NetworkState
from portal.ui.kit.buttons import button
from portal.ui.kit.checked import checked_text, choice, field_id
from portal.ui.kit.classes import BUTTON, BUTTON_KINDS, CARD, HELP, LABEL, PADDED, join
from portal.ui.kit.editing import ConfirmButton, FillIn, Panel, PressId, StepButton
from portal.ui.kit.events import call
from portal.ui.kit.fields import action_form

_CLIENT: Any = ClientState.client
_PREVIEW: Any = InviteState.preview
_NO_PROBLEMS: Any = rx.Var.create({"": ""}).to(dict[str, str])


def invitation() -> rx.Component:
    """How far the client has come towards the portal, and inviting them or somebody of their network."""
    invited: Any = InviteState.invited
    never = rx.cond(_CLIENT.status == "active", words.HAS_JOINED, words.NEVER_INVITED)
    return section(
        "invitation",
        words.INVITATION,
        rx.el.div(
            rx.cond(invited.id != "", invitation_status(invited), rx.el.p(never)),
            rx.cond(
                InviteState.may_invite & ~_CLIENT.is_archived,
                rx.el.div(_invite(), invitation_buttons(invited), class_name="mt-5 flex flex-wrap gap-3"),
            ),
            class_name=join(CARD, PADDED),
        ),
    )


def invitation_status(invited: Any) -> rx.Component:
    """Where an invitation stands."""
    return rx.el.div(
        rx.el.p(invited.label, class_name="font-semibold"),
        rx.el.p(invited.detail, class_name=join("break-words text-sm", HELP)),
    )


def invitation_buttons(invited: Any) -> rx.Component:
    """What can be done about an invitation."""
    again = button(words.SEND_AGAIN, on_click=call(InviteState.send_again, invited.id))
    withdraw = ConfirmButton.create(
        label=words.WITHDRAW,
        kind="plain",
        title=words.WITHDRAW_QUESTION,
        text=words.WITHDRAW_TEXT,
        confirm=words.WITHDRAW,
        cancel=words.CANCEL,
        on_confirm=call(InviteState.withdraw, invited.id),
    )
    return rx.fragment(rx.cond(invited.can_send_again, again), rx.cond(invited.can_withdraw, withdraw))


def _invite() -> rx.Component:
    invitees: Any = NetworkState.invitees
    whom = choice(
        words.WHOM,
        "whom",
        rx.el.option(_CLIENT.name, value=""),
        rx.foreach(invitees, lambda one: rx.el.option(one.label, value=one.value)),
        form="invite",
        problems=_NO_PROBLEMS,
    )
    form = action_form(
        rx.cond(invitees.length() > 0, whom, rx.el.input(type="hidden", name="whom", value="", read_only=True)),
        _message(),
        _forms_along(),
        rx.el.input(type="hidden", name="step", default_value="preview"),
        PressId.create(name="press", answers=InviteState.sent),
        rx.el.div(_preview(), aria_live="polite"),
        rx.el.div(
            StepButton.create(words.PREVIEW, name="step", value="preview", kind="plain"),
            rx.cond(
                (_PREVIEW.whom != "") & (_PREVIEW.problem == ""),
                StepButton.create(words.SEND_INVITATION, name="step", value="send", kind="primary"),
            ),
            class_name="flex flex-wrap gap-3",
        ),
        on_submit=InviteState.compose,
        cleared=InviteState.sent,
        custom_attrs={"noValidate": True},
    )
    return Panel.create(
        form,
        label=words.INVITE,
        title=words.INVITE_TITLE,
        kind="primary",
        close=words.CLOSE,
        done=InviteState.sent,
        on_open=InviteState.start,
    )


def _message() -> rx.Component:
    messages: Any = InviteState.messages
    target = field_id("invite", "message")
    kept = rx.foreach(messages, lambda one: FillIn.create(one.label, target=target, text=one.value))
    return rx.el.div(
        checked_text(
            words.MESSAGE,
            "message",
            form="invite",
            problems=_NO_PROBLEMS,
            help_text=words.MESSAGE_HELP,
            rows=9,
            default_value=DEFAULT_MESSAGE,
        ),
        rx.cond(messages.length() > 0, rx.el.div(kept, class_name="mt-1 flex flex-wrap gap-2")),
    )


def _forms_along() -> rx.Component:
    boxes = rx.el.fieldset(
        rx.el.legend(words.FORMS_ALONG, class_name=LABEL),
        rx.foreach(ClientFormsState.choices, _box),
    )
    return rx.cond(ClientFormsState.choices.length() > 0, boxes)


def _box(form: Any) -> rx.Component:
    box = rx.el.input(type="checkbox", name=FORM + form.value.to(str), class_name="size-6 shrink-0 accent-accent")
    classes = "flex min-h-target cursor-pointer items-center gap-3 py-1 leading-snug"
    return rx.el.label(box, form.label, class_name=classes, key=form.value)


def _preview() -> rx.Component:
    """What the person will read: the words, the button as it will look, the forms that wait."""
    problem = rx.el.p(_PREVIEW.whom, ": ", _PREVIEW.problem, class_name="font-semibold text-caution")
    letter = rx.el.div(
        rx.el.p(rx.el.strong(words.PREVIEW_TO, ": "), _PREVIEW.whom, class_name="break-words"),
        rx.el.p(rx.el.strong(words.PREVIEW_SUBJECT, ": "), _PREVIEW.subject),
        rx.el.p(_PREVIEW.before, class_name="mt-3 whitespace-pre-line break-words"),
        rx.el.p(rx.el.span(_PREVIEW.button, class_name=join(BUTTON, BUTTON_KINDS["plain"])), class_name="my-3"),
        rx.el.p(_PREVIEW.after, class_name="whitespace-pre-line break-words"),
        rx.cond(
            _PREVIEW.forms.length() > 0,
            rx.el.ul(rx.foreach(_PREVIEW.forms, rx.el.li), class_name="mt-3 list-disc pl-5 text-sm"),
        ),
        class_name="mt-2 rounded-small bg-sunk p-4",
    )
    shown = rx.el.div(rx.el.h3(words.PREVIEW_TITLE, class_name="font-semibold"), letter)
    return rx.cond(_PREVIEW.whom != "", rx.cond(_PREVIEW.problem != "", problem, shown))
