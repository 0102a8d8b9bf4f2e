"""The insurance part of /billing."""

from typing import Any

import reflex as rx

from portal.insurance import words_pages as words
from portal.insurance.components import compared, place_choice, policy_fields, policy_lines
from portal.insurance.own.state import InsuranceState
from portal.ui.kit.buttons import button
from portal.ui.kit.classes import CARD, HELP, PADDED, join
from portal.ui.kit.editing import ConfirmButton, PressId
from portal.ui.kit.events import call
from portal.ui.kit.fields import action_form, submit
from portal.ui.kit.states import empty
from portal.ui.shell_state import ShellState

_TITLE = "text-lg font-semibold"
_PILL = "inline-block rounded-full bg-caution-soft px-3 py-0.5 text-sm"


def insurance() -> rx.Component:
    """Policies in their order, what waits for the practice, and what it decided lately."""
    policies = rx.el.ul(rx.foreach(InsuranceState.policies, _policy), class_name="grid gap-4")
    nothing = rx.cond(
        (InsuranceState.editing == "") & (InsuranceState.waiting.length() == 0),
        empty(words.NONE, words.NONE_HELP, sign="shield"),
    )
    add = rx.cond(
        InsuranceState.can_add & (InsuranceState.editing == ""),
        rx.el.div(button(words.ADD, on_click=call(InsuranceState.edit, "new")), class_name="mt-4"),
    )
    section = rx.el.section(
        rx.el.h2(words.TITLE, id="insurance", class_name=_TITLE),
        rx.el.p(words.LEAD, class_name=join("mt-1 mb-4", HELP)),
        rx.el.div(
            rx.foreach(InsuranceState.waiting, _waiting),
            rx.cond(InsuranceState.policies.length() > 0, policies, nothing),
            rx.cond(InsuranceState.editing == "new", rx.el.div(_form(), class_name=join(CARD, PADDED))),
            class_name="grid gap-4",
        ),
        add,
        _decided(),
        aria_labelledby="insurance",
    )
    return rx.cond(InsuranceState.shown, section)


def _policy(policy: Any) -> rx.Component:
    update = rx.cond(
        policy.waiting,
        rx.el.p(words.WAITS_HERE, class_name=join("mt-4", HELP)),
        rx.el.div(
            button(
                words.UPDATE,
                rx.el.span(" ", policy.payer, class_name="sr-only"),
                on_click=call(InsuranceState.edit, policy.id),
            ),
            class_name="mt-4",
        ),
    )
    is_open = InsuranceState.editing == policy.id.to(str)
    return rx.el.li(
        rx.el.p(policy.place, class_name=join("text-sm", HELP)),
        rx.el.h3(policy.payer, class_name="text-lg font-semibold"),
        policy_lines(policy),
        rx.cond(is_open, rx.el.div(_form(), class_name="mt-5 border-t border-line pt-5"), update),
        key=policy.id,
        class_name=join(CARD, PADDED),
    )


def _form() -> rx.Component:
    state: Any = InsuranceState
    address = rx.Var.create("/billing/insurance/cards") + ShellState.query
    help_text = rx.cond(InsuranceState.adds_payers, words.PAYER_NEW_HELP, words.PAYER_HELP)
    return action_form(
        rx.cond(InsuranceState.editing == "new", place_choice(state)),
        policy_fields(state, card_address=address, payer_help=help_text),
        rx.el.input(type="hidden", name="seen", value=state.seen.to_string(), read_only=True),
        PressId.create(name="operation_id", answers=InsuranceState.done),
        rx.el.div(
            submit(words.SEND),
            button(words.CLOSE, on_click=call(InsuranceState.edit, ""), kind="quiet"),
            class_name="flex flex-wrap gap-3",
        ),
        on_submit=InsuranceState.send,
        cleared=InsuranceState.done,
        custom_attrs={"noValidate": True},
    )


def _waiting(one: Any) -> rx.Component:
    take_back = ConfirmButton.create(
        label=words.TAKE_BACK,
        name=words.TAKE_BACK + ": " + one.about.to(str),
        kind="plain",
        title=words.TAKE_BACK_TITLE,
        text=words.TAKE_BACK_TEXT,
        confirm=words.TAKE_BACK,
        cancel=words.KEEP_IT,
        on_confirm=call(InsuranceState.take_back, one.id),
    )
    return rx.el.section(
        rx.el.p(words.WAITING, class_name=_PILL),
        rx.el.h3(one.about, class_name="mt-2 text-lg font-semibold"),
        rx.el.p(one.told, class_name=join("text-sm", HELP)),
        rx.cond(one.is_stale, rx.el.p(words.STALE, role="status", class_name="mt-2")),
        compared(one.lines, words.BEFORE, words.AFTER),
        rx.cond(one.may_take_back, rx.el.div(take_back, class_name="mt-4")),
        key=one.id,
        class_name=join(CARD, PADDED),
    )


def _decided() -> rx.Component:
    listed = rx.el.ul(rx.foreach(InsuranceState.decided, _decision), class_name="mt-3 grid gap-4")
    part = rx.el.div(rx.el.h3(words.LATEST, class_name=_TITLE), listed, class_name="mt-8")
    return rx.cond(InsuranceState.decided.length() > 0, part)


def _decision(one: Any) -> rx.Component:
    message = rx.el.div(
        rx.el.p(words.MESSAGE_FROM, class_name=join("text-sm", HELP)),
        rx.el.p(one.message, class_name="whitespace-pre-line break-words"),
        class_name="mt-3 border-l-4 border-accent pl-3",
    )
    return rx.el.li(
        rx.el.p(one.about, class_name="font-semibold"),
        rx.el.p(one.told, class_name=join("text-sm", HELP)),
        rx.cond(one.message != "", message),
        compared(one.lines, words.WAS_BEFORE, words.ASKED),
        key=one.id,
        class_name=join(CARD, PADDED),
    )
