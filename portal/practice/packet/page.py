"""/practice/clients/[client_id]/packet: several forms at once, each to its own signers."""

from typing import Any

import reflex as rx

from portal.intake.answers.components import back_to
from portal.practice.packet import words
from portal.practice.packet.state import PacketState
from portal.ui.kit.classes import CARD, HELP, INPUT, LABEL, PADDED, join
from portal.ui.kit.fields import action_form, submit
from portal.ui.kit.states import empty, settled
from portal.ui.layout import Page, staff_page
from portal.ui.shell_state import ShellState

_TICK = "flex min-h-target cursor-pointer items-center gap-3"


def packet_page() -> rx.Component:
    """The forms of the practice with a box each, and below each who signs it."""
    nothing = empty(words.NO_FORMS, words.NO_FORMS_HELP, sign="file-text")
    content = rx.cond(PacketState.forms.length() > 0, _packet(), nothing)
    return staff_page(
        words.TITLE,
        settled(PacketState.loaded, PacketState.refusal, content, on_retry=PacketState.load),
        lead=words.HELP,
        back=back_to(words.BACK, rx.Var.create("/practice/clients/") + PacketState.client + ShellState.query),
    )


def _packet() -> rx.Component:
    due = rx.el.div(
        rx.el.label(words.DUE, html_for="packet-due", class_name=LABEL),
        rx.el.input(
            id="packet-due", name="due_on", type="date", min=PacketState.first_day, class_name=join(INPUT, "mt-1")
        ),
        rx.el.p(words.DUE_HELP, class_name=join("mt-1 text-sm", HELP)),
        class_name="max-w-60",
    )
    listed = rx.el.ul(rx.foreach(PacketState.forms, _form), class_name="grid gap-3", aria_label=words.FORMS)
    return action_form(
        listed,
        due,
        submit(words.SEND),
        on_submit=PacketState.send,
        cleared=PacketState.sent,
        custom_attrs={"noValidate": True},
    )


def _form(form: Any) -> rx.Component:
    """One form; who signs it opens when it is ticked."""
    version = form.id.to(str)
    return rx.el.li(
        _tick("form:" + version, form.title, "peer font-semibold"),
        rx.el.fieldset(
            rx.el.legend(form.who, class_name="font-semibold"),
            rx.foreach(PacketState.signers, lambda one: _tick("sign:" + version + ":" + one.id.to(str), one.label)),
            _tick("all:" + version, words.ALL_OF_THEM),
            _tick("only:" + version, words.ONLY_THEM),
            class_name="mt-3 hidden border-l-2 border-line pl-4 group-has-[.packet-form:checked]/form:block",
        ),
        key=version,
        class_name=join(CARD, PADDED, "group/form"),
    )


def _tick(name: Any, label: Any, classes: str = "") -> rx.Component:
    marked = "packet-form " if "peer" in classes else ""
    box = rx.el.input(type="checkbox", name=name, class_name=marked + "size-6 shrink-0 accent-accent")
    return rx.el.label(box, rx.el.span(label, class_name=classes.replace("peer", "")), class_name=_TICK)


PAGES = (Page("/practice/clients/[client_id]/packet", packet_page, words.TITLE, PacketState.load),)
