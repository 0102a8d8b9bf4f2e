"""The parts of the home page."""

from typing import Any

import reflex as rx

from portal.home import words
from portal.home.state import HomeState
from portal.ui.kit.classes import BESIDE, BUTTON, BUTTON_KINDS, HELP, ROW_LINK, ROWS, join
from portal.ui.kit.icons import icon
from portal.ui.kit.native import inner_link
from portal.ui.kit.states import empty, skeleton

_ACTION = "inline-flex shrink-0 items-center gap-1 font-semibold text-accent-strong"
_PRIMARY = "inline-flex shrink-0 items-center gap-1 rounded-small bg-accent py-2 pr-2 pl-4 font-semibold text-on-accent"


def todo_list() -> rx.Component:
    """What there is to do, person by person; one kind word when there is nothing at all."""
    people = rx.el.div(rx.foreach(HomeState.people, _person), class_name="grid gap-8")
    nothing = rx.cond(
        HomeState.people.length() > 0,
        empty(words.ALL_DONE, words.NOTHING_YET),
        rx.cond(HomeState.closed != "", empty(words.CLOSED, HomeState.closed), empty(words.NOBODY, words.ASK)),
    )
    listed = rx.cond(HomeState.count > 0, people, rx.cond(HomeState.weighed, nothing, skeleton()))
    return rx.cond(HomeState.loaded, listed, skeleton())


def _person(person: Any) -> rx.Component:
    filled = rx.el.ul(rx.foreach(person.todos, _todo), class_name=ROWS)
    return rx.el.section(
        rx.el.h2(
            person.heading,
            rx.cond(person.place != "", rx.el.span(" · ", person.place, class_name="font-normal text-ink-soft")),
            class_name="mb-3 text-lg font-semibold",
        ),
        rx.cond(person.todos.length() > 0, filled, rx.el.p(words.NOTHING_FOR, class_name=HELP)),
        key=person.client_id,
    )


def _todo(todo: Any) -> rx.Component:
    return rx.el.li(
        inner_link(
            rx.el.span(
                rx.match(
                    todo.kind,
                    ("appointment", icon("calendar-days", 22)),
                    ("money", icon("credit-card", 22)),
                    ("messages", icon("mail", 22)),
                    icon("file-text", 22),
                ),
                class_name="hidden text-accent sm:block",
            ),
            rx.el.span(
                rx.el.span(todo.title, class_name="block font-semibold"),
                rx.cond(
                    todo.detail != "",
                    rx.el.span(
                        todo.detail, class_name=rx.cond(todo.is_late, "block text-caution", join("block", HELP))
                    ),
                ),
                class_name=BESIDE,
            ),
            rx.el.span(
                todo.action,
                icon("chevron-right"),
                class_name=rx.cond(todo.is_first, _PRIMARY, _ACTION),
            ),
            to=todo.address,
            class_name=ROW_LINK,
        ),
        rx.cond(todo.join != "", _join(todo)),
        key=todo.id,
    )


def _join(todo: Any) -> rx.Component:
    link = rx.el.a(
        icon("video"),
        words.JOIN,
        rx.el.span(", ", words.JOIN_NOTE, class_name="sr-only"),
        href=todo.join,
        target="_blank",
        rel="noopener noreferrer",
        class_name=join(BUTTON, BUTTON_KINDS["primary"]),
    )
    return rx.el.div(link, class_name="px-5 pb-4 sm:px-6")
