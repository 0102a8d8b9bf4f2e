"""What can be done with the clients who are chosen."""

from typing import Any

import reflex as rx

from portal.practice.client.components_letter import NO_PROBLEMS, forms_along, letter, message
from portal.practice.clients import words
from portal.practice.clients.state_bulk import BulkState
from portal.settings.catalog import CATALOG
from portal.ui.kit.checked import choice
from portal.ui.kit.classes import HELP
from portal.ui.kit.editing import Arrival, Panel, PressId, StepButton
from portal.ui.kit.fields import action_form
from portal.ui.kit.picking import PickBar, PickedIds

_FEATURES = tuple((one.name.value, one.label) for one in CATALOG.values() if one.per_client)
_UNCHECKED = {"custom_attrs": {"noValidate": True}}


def bulk_bar() -> rx.Component:
    """How many are chosen, and what can be done with them; for those who may do any of it."""
    bar = PickBar.create(
        rx.cond(BulkState.may_invite, _invite()),
        rx.cond(BulkState.may_switch, _switch()),
        label=words.PICKED,
        one=words.ONE_PICKED,
        many=words.MANY_PICKED,
        none=words.UNPICK,
        done=BulkState.switched + BulkState.sent,
    )
    return rx.cond(BulkState.may_invite, bar)


def _switch() -> rx.Component:
    options = (rx.el.option(label, value=name) for name, label in _FEATURES)
    confirm = rx.el.label(
        rx.el.input(type="checkbox", name="confirmed", class_name="size-6 shrink-0 accent-accent"),
        words.SHOW_ADDRESS,
        class_name="flex min-h-target cursor-pointer items-center gap-3",
    )
    form = action_form(
        rx.el.p(words.SWITCH_HELP, class_name=HELP),
        choice(words.FEATURE, "setting", *options, form="switch", problems=NO_PROBLEMS),
        rx.cond(BulkState.asks, confirm),
        PickedIds.create(name="clients"),
        rx.el.input(type="hidden", name="step", default_value="off"),
        rx.el.div(
            StepButton.create(words.SWITCH_OFF, name="step", value="off", kind="primary"),
            StepButton.create(words.FOLLOW, name="step", value="back", kind="plain"),
            class_name="flex flex-wrap gap-3",
        ),
        on_submit=BulkState.switch,
        cleared=BulkState.switched,
        **_UNCHECKED,
    )
    return Panel.create(
        form, label=words.SWITCH, title=words.SWITCH_TITLE, kind="plain", close=words.CLOSE, done=BulkState.switched
    )


def _invite() -> rx.Component:
    shown: Any = BulkState.preview
    form = action_form(
        message(BulkState.messages),
        forms_along(BulkState.choices),
        PickedIds.create(name="clients"),
        rx.el.input(type="hidden", name="step", default_value="preview"),
        PressId.create(name="press", answers=BulkState.sent),
        Arrival.create(
            _refused(),
            rx.cond(shown.whom != "", rx.el.p(words.WILL_GET)),
            letter(shown),
            what=shown.whom + shown.before + BulkState.refused.to_string(),
        ),
        rx.el.p(BulkState.progress, role="status", class_name="font-semibold empty:hidden"),
        rx.el.div(
            StepButton.create(words.PREVIEW, name="step", value="preview", kind="plain"),
            rx.cond(shown.whom != "", StepButton.create(words.SEND, name="step", value="send", kind="primary")),
            class_name="flex flex-wrap gap-3",
        ),
        on_submit=BulkState.invite,
        cleared=BulkState.sent,
        **_UNCHECKED,
    )
    return Panel.create(
        form,
        label=words.INVITE,
        title=words.INVITE_TITLE,
        kind="plain",
        close=words.CLOSE,
        done=BulkState.sent,
        on_open=BulkState.start,
    )


def _refused() -> rx.Component:
    refused: Any = BulkState.refused
    row = rx.foreach(refused, lambda one: rx.el.li(rx.el.strong(one.whom, ": "), one.problem, key=one.whom))
    note = rx.el.div(
        rx.el.p(words.CANNOT),
        rx.el.ul(row, class_name="mt-1 grid gap-1"),
        class_name="mb-4 rounded-small border-l-4 border-caution bg-caution-soft p-3",
    )
    return rx.cond(refused.length() > 0, note)
