"""The parts of the team page."""

from typing import Any

import reflex as rx

from portal.practice.staff import words
from portal.practice.staff.state import TeamState
from portal.ui.kit.buttons import button
from portal.ui.kit.classes import CARD, HELP, INPUT, LABEL, ROWS, join
from portal.ui.kit.decisions import Question, Switch
from portal.ui.kit.events import call
from portal.ui.kit.fields import action_form, field, submit
from portal.ui.kit.icons import icon
from portal.ui.session_state import PageState

_SUMMARY = "inline-flex min-h-target cursor-pointer list-none items-center gap-1 font-semibold text-accent-strong"


def invitation() -> rx.Component:
    """A card that opens to invite somebody."""
    form = action_form(
        rx.el.p(words.INVITE_HELP, class_name=HELP),
        field(words.NAME, "name", auto_complete="off", required=True, max_length=120),
        field(words.EMAIL, "email", type="email", auto_complete="off", required=True),
        _role_choice("invite-role", "therapist"),
        submit(words.SEND),
        on_submit=TeamState.invite,
        cleared=TeamState.saved,
        class_name="max-w-md pt-3",
    )
    opener = rx.el.summary(icon("user-plus"), words.INVITE, class_name=join(_SUMMARY, "gap-3"))
    return rx.el.details(opener, form, class_name=join(CARD, "px-5 py-3 sm:px-6"))


def members() -> rx.Component:
    """Everybody on the team, those who may sign in first."""
    return rx.el.section(
        rx.el.h2(words.MEMBERS, id="members-title", class_name="mb-3 text-lg font-semibold"),
        rx.el.ul(rx.foreach(TeamState.members, _member), class_name=ROWS),
        aria_labelledby="members-title",
    )


def question() -> rx.Component:
    """The question before somebody's access is closed."""
    asked: Any = TeamState.asked
    return Question.create(
        open=asked.id != "",
        title=asked.title,
        lines=asked.lines,
        confirm=words.CLOSE,
        cancel=words.KEEP,
        harms=True,
        on_confirm=call(TeamState.give_access, asked.id, False, 1),
        on_cancel=TeamState.leave_it,
    )


def _member(row: Any) -> rx.Component:
    return rx.el.li(
        rx.el.div(
            rx.el.div(
                rx.el.h3(row.name, class_name="font-semibold"),
                rx.el.p(row.about, class_name="leading-snug"),
                rx.el.p(row.email, class_name=join("text-sm break-words", HELP)),
                class_name="min-w-0 grow",
            ),
            rx.cond(row.status != "", rx.el.p(row.status, class_name="shrink-0 rounded-small bg-sunk px-2 text-sm")),
            class_name="flex flex-wrap items-start gap-x-4 gap-y-1",
        ),
        rx.cond(
            row.add_ons.length() > 0,
            rx.el.div(rx.foreach(row.add_ons, _add_on), class_name="mt-3 grid gap-x-10 sm:grid-cols-2"),
        ),
        rx.cond(
            row.is_active,
            _changes(row),
            button(
                words.LET_BACK,
                on_click=call(TeamState.give_access, row.id, True, 0),
                aria_label=f"{words.LET_BACK}: {row.name}",
                classes="mt-3",
            ),
        ),
        class_name=join("px-5 py-4 sm:px-6"),
        key=row.id,
    )


def _add_on(one: Any) -> rx.Component:
    id_ = one.id.to(str)
    return rx.el.div(
        rx.el.label(
            one.label,
            rx.el.span(one.whose, class_name="sr-only"),
            id=id_ + "-label",
            html_for=id_,
            class_name="cursor-pointer",
        ),
        Switch.create(
            id=id_,
            on=one.is_on,
            locked=False,
            answers=TeamState.saved + PageState.notice_count,
            on_switch=lambda on: call(TeamState.subscribe, one.member, one.add_on, on),
        ),
        class_name="flex items-center justify-between gap-4 py-2",
    )


def _changes(row: Any) -> rx.Component:
    """What opens to give another role, to send an invitation again, or to close the access."""
    form = action_form(
        rx.el.input(type="hidden", name="membership_id", value=row.id),
        _role_choice("role-" + row.id.to(str), row.role),
        submit(words.SAVE, kind="plain"),
        on_submit=TeamState.change_role,
        cleared=TeamState.saved,
    )
    again = button(words.SEND_AGAIN, on_click=call(TeamState.send_again, row.id))
    close = button(words.CLOSE, kind="danger", on_click=call(TeamState.give_access, row.id, False, 0))
    return rx.el.details(
        rx.el.summary(
            words.CHANGE,
            rx.el.span(" ", row.name, class_name="sr-only"),
            icon("chevron-down"),
            class_name=_SUMMARY,
        ),
        rx.el.div(
            form,
            rx.el.div(
                rx.cond(row.waits, again),
                rx.cond(row.is_self, rx.el.p(words.NOT_YOURSELF, class_name=join("text-sm", HELP)), close),
                class_name="mt-5 flex flex-wrap gap-3",
            ),
            class_name="max-w-md border-l-2 border-line pl-4 pb-2",
        ),
        key=row.role,
        class_name="mt-2",
    )


def _role_choice(id_: Any, chosen: Any) -> rx.Component:
    """The roles, each with what it may do under the list."""
    options = rx.foreach(TeamState.roles, lambda one: rx.el.option(one.label, value=one.role))
    helps = rx.foreach(
        TeamState.roles, lambda one: rx.el.li(rx.el.span(one.label, ": ", class_name="font-semibold"), one.help)
    )
    told = id_ + "-help"
    return rx.el.div(
        rx.el.label(words.ROLE, html_for=id_, class_name=LABEL),
        rx.el.select(
            options,
            id=id_,
            name="role",
            default_value=chosen,
            aria_describedby=id_ + "-help",
            class_name=join(INPUT, "mt-1"),
        ),
        rx.el.ul(helps, id=told, class_name=join("mt-2 grid gap-1 text-sm", HELP)),
    )
