"""Who comes to a new appointment: looked for by name, chosen one after the other."""

from typing import Any

import reflex as rx

from portal.scheduling import words_staff as words
from portal.scheduling.week.state_planning import PlanningState
from portal.ui.kit.buttons import button
from portal.ui.kit.classes import BESIDE, HELP, INPUT, LABEL, join
from portal.ui.kit.events import call
from portal.ui.kit.finding import Finder

_SEARCH = "new-who"


def who_comes() -> rx.Component:
    """Those who were chosen, and the search for one more."""
    sought: Any = PlanningState.sought
    ids: Any = PlanningState.ids
    opened: Any = PlanningState.opened
    nobody = (sought["name"] != "") & (PlanningState.found.length() == 0)
    search = Finder.create(
        rx.el.label(
            rx.cond(PlanningState.chosen.length() == 0, words.CLIENT, words.ALSO), html_for=_SEARCH, class_name=LABEL
        ),
        rx.el.input(
            id=_SEARCH,
            name="name",
            type="search",
            auto_complete="off",
            spell_check=False,
            max_length=200,
            placeholder=words.WHO_PLACEHOLDER,
            class_name=join(INPUT, "mt-1"),
        ),
        id=rx.Var.create("new-appointment-") + opened.to_string(),
        shown=sought,
        on_find=PlanningState.find,
    )
    found = rx.el.ul(
        rx.foreach(PlanningState.found, lambda one: rx.cond(ids.contains(one.id), None, _found(one))),
        class_name="mt-2 grid gap-1 empty:hidden",
        aria_label=words.WHO_FOUND,
    )
    chosen = rx.el.ul(
        rx.foreach(PlanningState.chosen, _chosen), class_name="mb-4 grid gap-1 empty:hidden", aria_label=words.WHO_COMES
    )
    more = rx.el.div(search, rx.el.div(found, rx.cond(nobody, rx.el.p(words.WHO_NOBODY, class_name="mt-2"))))
    part: rx.Component = rx.el.div(
        rx.el.div(chosen, role="status"),
        rx.cond(PlanningState.is_full, rx.el.p(words.WHO_FULL, class_name=HELP), more),
        class_name="mb-5 border-b border-line pb-5",
    )
    return part


def _found(one: Any) -> rx.Component:
    return _person(one, words.WHO_CHOOSE)


def _chosen(one: Any) -> rx.Component:
    return _person(one, words.WHO_REMOVE)


def _person(one: Any, label: str) -> rx.Component:
    name = label + " " + one.label.to(str)
    row: rx.Component = rx.el.li(
        rx.el.span(
            rx.el.span(one.label, class_name="block font-semibold"),
            rx.el.span(one.detail, class_name=join("block text-sm empty:hidden", HELP)),
            class_name=BESIDE,
        ),
        button(
            label,
            kind="quiet",
            on_click=[call(PlanningState.choose, one.id), rx.set_value(_SEARCH, ""), rx.set_focus(_SEARCH)],
            aria_label=name,
        ),
        key=one.id,
        class_name="flex flex-wrap items-center gap-x-3",
    )
    return row
