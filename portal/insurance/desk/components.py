"""The parts of one client's insurance, for staff."""

from typing import Any

import reflex as rx

from portal.insurance import words_pages as words
from portal.insurance.components import compared, place_choice, policy_fields, policy_lines
from portal.insurance.desk.state import DeskState
from portal.models import MOST_POLICIES
from portal.ui.kit.buttons import button
from portal.ui.kit.classes import CARD, HELP, PADDED, join
from portal.ui.kit.editing import ConfirmButton
from portal.ui.kit.events import call
from portal.ui.kit.fields import action_form, submit
from portal.ui.kit.states import empty
from portal.ui.shell_state import ShellState


def policies() -> rx.Component:
    """Policies in their order, and adding one."""
    rows = rx.el.ul(rx.foreach(DeskState.policies, _policy), class_name="grid gap-4")
    nothing = rx.cond(DeskState.editing == "", empty(words.NONE_STAFF, words.NONE_STAFF_HELP, sign="shield"))
    add = rx.cond(
        (DeskState.policies.length() < MOST_POLICIES) & (DeskState.editing == ""),
        button(words.ADD_POLICY, on_click=call(DeskState.edit, "new"), classes="justify-self-start"),
    )
    return rx.el.div(
        rx.cond(DeskState.policies.length() > 0, rows, nothing),
        rx.cond(DeskState.editing == "new", rx.el.div(_form(), class_name=join(CARD, PADDED))),
        add,
        class_name="grid max-w-3xl gap-4",
    )


def _policy(policy: Any) -> rx.Component:
    is_open = DeskState.editing == policy.id.to(str)
    history = rx.el.section(
        rx.el.h3(words.HISTORY, class_name="font-semibold"),
        rx.el.ul(rx.foreach(DeskState.past, _past), class_name="mt-2 grid gap-4"),
        class_name="mt-5 border-t border-line pt-5",
    )
    return rx.el.li(
        rx.el.p(policy.place, class_name=join("text-sm", HELP)),
        rx.el.h2(policy.payer, class_name="text-lg font-semibold"),
        rx.cond(policy.waiting, rx.el.p(words.WAITS_FOR_STAFF, class_name="text-caution")),
        policy_lines(policy),
        rx.cond(is_open, rx.el.div(_form(), class_name="mt-5 border-t border-line pt-5"), _buttons(policy)),
        rx.cond(DeskState.past_of == policy.id.to(str), history),
        key=policy.id,
        class_name=join(CARD, PADDED),
    )


def _buttons(policy: Any) -> rx.Component:
    about = rx.el.span(" ", policy.payer, class_name="sr-only")
    shown = DeskState.past_of == policy.id.to(str)
    up = button(
        words.UP, about, on_click=call(DeskState.arrange, policy.id, policy.number.to(int) - 1, policy.revision)
    )
    end = ConfirmButton.create(
        label=words.END,
        name=words.END + " " + policy.payer.to(str),
        kind="danger",
        title=words.END_TITLE,
        text=words.END_TEXT,
        confirm=words.END,
        cancel=words.CANCEL,
        on_confirm=call(DeskState.arrange, policy.id, 0, policy.revision),
    )
    return rx.el.div(
        button(words.CHANGE, about, on_click=call(DeskState.edit, policy.id)),
        rx.cond(policy.is_first, rx.fragment(), up),
        button(
            words.HISTORY,
            about,
            on_click=call(DeskState.show_past, rx.cond(shown, "", policy.id)),
            aria_expanded=rx.cond(shown, "true", "false"),
        ),
        end,
        class_name="mt-4 flex flex-wrap gap-3",
    )


def _form() -> rx.Component:
    state: Any = DeskState
    address = "/practice/clients/" + state.client_id.to(str) + "/insurance/cards" + ShellState.query
    adds = rx.el.label(
        rx.el.input(type="checkbox", name="adds_payer", class_name="size-6 shrink-0 accent-accent"),
        rx.el.span(words.ADDS_PAYER, rx.el.span(words.ADDS_PAYER_HELP, class_name=join("block text-sm", HELP))),
        class_name="flex cursor-pointer items-start gap-3 py-2",
    )
    return action_form(
        rx.cond(DeskState.editing == "new", place_choice(state)),
        policy_fields(state, card_address=address, payer_help=words.PAYER_HELP),
        adds,
        rx.el.input(type="hidden", name="seen", value=state.seen.to_string(), read_only=True),
        rx.el.div(
            submit(words.SAVE),
            button(words.CLOSE_STAFF, on_click=call(DeskState.edit, ""), kind="quiet"),
            class_name="flex flex-wrap gap-3",
        ),
        on_submit=DeskState.save,
        cleared=DeskState.done,
        custom_attrs={"noValidate": True},
    )


def _past(one: Any) -> rx.Component:
    return rx.el.li(
        rx.el.p(one.told, class_name=join("text-sm", HELP)),
        compared(one.lines, words.WAS_BEFORE, words.BECAME),
        key=one.key,
    )
