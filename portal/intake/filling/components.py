"""The parts of the page of one form: the filler, and what was sent."""

from typing import Any

import reflex as rx

from portal.intake import words_pages as words
from portal.intake.answers.components import back_to, document_link, read_sheet
from portal.intake.filling.state import FillState
from portal.intake.filling.state_cosign import CosignState
from portal.ui.kit.buttons import button_link
from portal.ui.kit.fields import action_form, field, submit
from portal.ui.kit.filler import filler, kept
from portal.ui.kit.icons import icon
from portal.ui.shell_state import ShellState

_SENT: Any = FillState.sent
_WANTED: Any = CosignState.wanted
_FORMS = rx.Var.create("/forms") + ShellState.query


def heading() -> rx.Component:
    """The form's title, also while the page is built anew."""
    return kept(of=FillState.form_id, text=FillState.title, otherwise=words.FORM)


def lead() -> rx.Component:
    """For whom, until when, and where the practice is, unless that is hidden."""
    made: rx.Component = rx.fragment(
        kept(of=FillState.form_id, text=FillState.lead, otherwise=""),
        rx.el.span(CosignState.place, class_name="block text-sm empty:hidden"),
    )
    return made


def to_all_forms() -> rx.Component:
    """The way back to the list."""
    return back_to(words.ALL_FORMS, _FORMS)


def form() -> rx.Component:
    """The filler until the form is signed, then what was sent.

    What it sends is dropped while there is no connection (`temporal`): it keeps its own queue and sends again.
    """
    save: Any = FillState.save
    sign: Any = FillState.sign
    return filler(
        _what_was_sent(),
        account=FillState.account_id,
        sheet=FillState.sheet,
        sent_id=_SENT.id,
        replies=FillState.replies,
        review=FillState.review,
        signing=FillState.signing,
        on_save=save.temporal,
        on_review=FillState.look_over,
        on_sign=sign.temporal,
        on_wake=FillState.load,
    )


def _what_was_sent() -> rx.Component:
    return rx.el.div(
        rx.cond(
            FillState.is_new, _thanks(), rx.el.p(_SENT.sent, id="form-sent", tab_index=-1, class_name="outline-none")
        ),
        rx.cond(_WANTED.intent != "", _sign_too()),
        rx.cond(_SENT.sections.length() > 0, rx.fragment(rx.el.div(document_link(_SENT)), read_sheet(_SENT))),
        class_name="grid gap-5",
    )


def _sign_too() -> rx.Component:
    """Others signed already: the same answers, and the form below which one signs too."""
    agree = rx.el.label(
        rx.el.input(type="checkbox", name="agreed", class_name="size-6 shrink-0 accent-accent"),
        words.SIGN_TOO_AGREE,
        class_name="flex min-h-target cursor-pointer items-center gap-3",
    )
    return rx.el.section(
        rx.el.h2(words.SIGN_TOO_TITLE, class_name="text-xl font-semibold"),
        rx.el.p(words.SIGN_TOO_HELP, class_name="mt-1"),
        action_form(
            rx.el.p(_WANTED.intent),
            field(words.SIGN_TOO_NAME, "typed_name", auto_complete="name", max_length=200),
            agree,
            submit(words.SIGN_TOO),
            on_submit=CosignState.sign,
            cleared=CosignState.signed,
            custom_attrs={"noValidate": True},
        ),
        class_name="grid gap-4 rounded border border-accent bg-card p-5 sm:p-6",
    )


def _thanks() -> rx.Component:
    """What happened, and what happens next."""
    return rx.el.section(
        rx.el.h2(
            icon("circle-check", 24),
            words.SENT_TITLE,
            id="form-sent",
            tab_index=-1,
            class_name="flex items-center gap-2 text-xl font-semibold text-accent-strong outline-none",
        ),
        rx.el.p(_SENT.sent),
        rx.el.p(FillState.next_step),
        rx.el.div(button_link(words.ALL_FORMS, to=_FORMS, kind="primary")),
        class_name="grid gap-3 rounded bg-accent-soft p-5 sm:p-6",
    )
