"""The invitation of a client: how it stands, and writing one."""

from typing import Any

import reflex as rx

from portal.practice.client import words
from portal.practice.client.components import section
from portal.practice.client.components_letter import NO_PROBLEMS, forms_along, letter, message
from portal.practice.client.state import ClientState
from portal.practice.client.state_forms import ClientFormsState
from portal.practice.client.state_invite import InviteState
from portal.practice.client.state_network import NetworkState
from portal.ui.kit.buttons import button
from portal.ui.kit.checked import choice
from portal.ui.kit.classes import CARD, HELP, PADDED, join
from portal.ui.kit.editing import Arrival, ConfirmButton, Panel, PressId, StepButton
from portal.ui.kit.events import call
from portal.ui.kit.fields import action_form

_CLIENT: Any = ClientState.client
_HAS_JOINED = _CLIENT.status == "active"
_PREVIEW: Any = InviteState.preview


def invitation() -> rx.Component:
    """How far the client has come towards the portal, and inviting them or somebody of their network."""
    invited: Any = InviteState.invited
    never = rx.cond(_HAS_JOINED, words.HAS_JOINED, words.NEVER_INVITED)
    anybody = ~_HAS_JOINED | (NetworkState.invitees.length() > 0)
    return section(
        "invitation",
        words.INVITATION,
        rx.el.div(
            rx.cond(invited.id != "", invitation_status(invited), rx.el.p(never)),
            rx.cond(
                InviteState.may_invite & ~_CLIENT.is_archived,
                rx.el.div(
                    rx.cond(anybody, _invite()),
                    invitation_buttons(invited),
                    class_name="mt-5 flex flex-wrap gap-3 empty:hidden",
                ),
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
        rx.cond(_HAS_JOINED, rx.fragment(), rx.el.option(_CLIENT.name, value="")),
        rx.foreach(invitees, lambda one: rx.el.option(one.label, value=one.value)),
        form="invite",
        problems=NO_PROBLEMS,
    )
    form = action_form(
        rx.cond(invitees.length() > 0, whom, rx.el.input(type="hidden", name="whom", value="", read_only=True)),
        message(InviteState.messages),
        forms_along(ClientFormsState.choices),
        rx.el.input(type="hidden", name="step", default_value="preview"),
        PressId.create(name="press", answers=InviteState.sent),
        Arrival.create(letter(_PREVIEW), what=_PREVIEW.whom + _PREVIEW.before + _PREVIEW.problem),
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
