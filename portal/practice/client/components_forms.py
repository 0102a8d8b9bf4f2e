"""The forms of a client, and sending another."""

from typing import Any

import reflex as rx

from portal.clients.views import ClientStatus
from portal.practice.client import words
from portal.practice.client.components import section
from portal.practice.client.sending import SIGNER, THE_CLIENT
from portal.practice.client.state import ClientState
from portal.practice.client.state_forms import ClientFormsState
from portal.practice.client.state_network import NetworkState
from portal.ui.kit.buttons import button, button_link
from portal.ui.kit.checked import checked_field, choice
from portal.ui.kit.classes import BESIDE, CARD, HELP, LABEL, PADDED, ROW, ROW_LINK, ROWS, join
from portal.ui.kit.editing import ConfirmButton, Panel
from portal.ui.kit.events import call
from portal.ui.kit.fields import action_form, submit
from portal.ui.kit.icons import icon
from portal.ui.kit.native import inner_link
from portal.ui.kit.states import skeleton
from portal.ui.shell_state import ShellState

_CLIENT: Any = ClientState.client


def forms() -> rx.Component:
    """What was sent, and where it stands; for roles that have to do with forms."""
    nothing = rx.el.div(
        rx.el.p(words.NO_FORMS, class_name="font-semibold"),
        rx.el.p(words.NO_FORMS_HELP, class_name=HELP),
        class_name=join(CARD, PADDED),
    )
    rows = rx.el.ul(rx.foreach(ClientFormsState.rows, _row), class_name=ROWS, aria_labelledby="forms-title")
    may_send = ClientFormsState.may_send & ~_CLIENT.is_archived
    shown = section(
        "forms",
        words.FORMS,
        rx.cond(ClientFormsState.rows.length() > 0, rows, nothing),
        rx.cond(may_send, rx.el.div(_send(), _packet(), class_name="mt-4 flex flex-wrap gap-3")),
    )
    return rx.cond(ClientFormsState.loaded, rx.cond(ClientFormsState.sees_forms, shown), skeleton(1))


def _row(form: Any) -> rx.Component:
    read = rx.el.span(
        words.READ,
        icon("chevron-right"),
        class_name="inline-flex shrink-0 items-center gap-1 font-semibold text-accent-strong",
    )
    to = form.address.to(str) + ShellState.query
    return rx.el.li(
        rx.cond(
            form.address != "",
            inner_link(_words_of(form), read, to=to, class_name=ROW_LINK),
            rx.el.div(_words_of(form), class_name=ROW),
        ),
        _acts(form),
        rx.cond(ClientFormsState.told == form.id, _steps(form)),
        key=form.id,
    )


def _acts(form: Any) -> rx.Component:
    """What can be done about a form from here."""
    open_ = ClientFormsState.told == form.id
    return rx.el.div(
        _act(words.HAPPENED, form, ClientFormsState.tell, aria_expanded=open_),
        rx.cond(ClientFormsState.may_send & form.is_waiting & ~_CLIENT.is_archived, _waiting(form)),
        rx.cond(ClientFormsState.may_send & form.has_ended & ~_CLIENT.is_archived, _ended(form)),
        class_name="flex flex-wrap items-center gap-1 px-1 pb-2",
    )


def _act(label: str, form: Any, handler: Any, **more: Any) -> rx.Component:
    name = label + ": " + form.title.to(str)
    return button(label, kind="quiet", classes="text-sm", on_click=call(handler, form.id), aria_label=name, **more)


def _ended(form: Any) -> rx.Component:
    return _act(words.SEND_AGAIN, form, ClientFormsState.send_again)


def _waiting(form: Any) -> rx.Component:
    remind = _act(words.REMIND, form, ClientFormsState.remind)
    take_back = ConfirmButton.create(
        label=words.TAKE_BACK,
        name=words.TAKE_BACK + ": " + form.title.to(str),
        kind="quiet",
        title=words.TAKE_BACK_QUESTION,
        text=words.TAKE_BACK_TEXT,
        confirm=words.TAKE_BACK,
        cancel=words.CANCEL,
        on_confirm=call(ClientFormsState.take_back, form.id, form.revision),
    )
    return rx.fragment(remind, take_back)


def _steps(form: Any) -> rx.Component:
    def step(one: Any) -> rx.Component:
        return rx.el.li(
            rx.el.span(one.what, class_name="block font-semibold"),
            rx.el.span(one.detail, class_name=join("block text-sm", HELP)),
            key=one.what + one.detail,
        )

    title = words.HAPPENED + ": " + form.title.to(str)
    return rx.el.ol(rx.foreach(ClientFormsState.steps, step), aria_label=title, class_name="grid gap-2 px-5 pb-4")


def _words_of(form: Any) -> rx.Component:
    return rx.el.span(
        rx.el.span(form.title, class_name="block font-semibold"),
        rx.el.span(
            form.status,
            rx.cond(form.detail != "", " · ", ""),
            form.detail,
            class_name=rx.cond(form.is_late, "block text-sm text-caution", join("block text-sm", HELP)),
        ),
        class_name=BESIDE,
    )


def _signers() -> rx.Component:
    """Those who can be asked to sign, the client first."""
    no_login = rx.cond(_CLIENT.status == ClientStatus.ACTIVE.value, "", words.NO_LOGIN_YET)
    return rx.el.fieldset(
        rx.el.legend(words.SIGNERS, class_name=LABEL),
        rx.el.p(words.SIGNERS_HELP, class_name=join("mt-1 text-sm", HELP)),
        _signer(f"{SIGNER}{THE_CLIENT}", _CLIENT.name, no_login),
        rx.foreach(NetworkState.signers, lambda one: _signer(one.name, one.label, one.detail)),
        class_name="min-w-0",
    )


def _signer(name: Any, label: Any, detail: Any) -> rx.Component:
    box = rx.el.input(type="checkbox", name=name, class_name="mt-1 size-6 shrink-0 accent-accent")
    told = rx.el.span(
        rx.el.span(label, class_name="block"),
        rx.el.span(detail, class_name=join("block text-sm empty:hidden", HELP)),
        class_name="min-w-0 leading-snug",
    )
    return rx.el.label(box, told, class_name="flex min-h-target cursor-pointer items-start gap-3 py-2", key=name)


def _packet() -> rx.Component:
    to = rx.Var.create("/practice/clients/") + _CLIENT.id.to(str) + "/packet" + ShellState.query
    return button_link(words.SEND_SEVERAL, to=to, kind="quiet")


def _send() -> rx.Component:
    problems: Any = ClientFormsState.problems
    form = action_form(
        choice(
            words.FORM,
            "form",
            rx.el.option(words.CHOOSE, value=""),
            rx.foreach(ClientFormsState.choices, lambda one: rx.el.option(one.label, value=one.value)),
            form="send",
            problems=problems,
        ),
        checked_field(
            words.DUE,
            "due_on",
            form="send",
            problems=problems,
            help_text=words.DUE_HELP,
            type="date",
            min=ClientFormsState.first_day,
            classes="max-w-60",
        ),
        _signers(),
        submit(words.SEND),
        on_submit=ClientFormsState.send,
        cleared=ClientFormsState.sent,
        custom_attrs={"noValidate": True},
    )
    return Panel.create(
        form,
        label=words.SEND_FORM,
        title=words.SEND_FORM,
        kind="plain",
        close=words.CLOSE,
        done=ClientFormsState.sent,
    )
