"""The panel that adds a person to the contact network."""

from typing import Any

import reflex as rx

from portal.practice.client import words
from portal.practice.client.components_access import terms, what_they_may
from portal.practice.client.state_network import NetworkState
from portal.ui.kit.buttons import button
from portal.ui.kit.checked import checked_field
from portal.ui.kit.classes import BESIDE, HELP, INPUT, LABEL, join
from portal.ui.kit.editing import Panel
from portal.ui.kit.events import call
from portal.ui.kit.fields import action_form, submit
from portal.ui.kit.finding import Finder

_FORM = "person"
_PROBLEMS: Any = NetworkState.problems
_CHOSEN: Any = NetworkState.chosen


def add_person() -> rx.Component:
    """A button, and behind it: find somebody known, else enter a new person, and say what they may do."""
    is_new = _CHOSEN.key == ""
    form = action_form(
        rx.cond(is_new, _new_person(), _chosen()),
        rx.el.input(type="hidden", name="known", value=_CHOSEN.key, read_only=True),
        checked_field(
            words.RELATIONSHIP,
            "relationship",
            form=_FORM,
            problems=_PROBLEMS,
            help_text=words.RELATIONSHIP_HELP,
            auto_complete="off",
        ),
        what_they_may(_FORM, _PROBLEMS, words.NOTHING_YET),
        terms(_FORM, _PROBLEMS),
        _alike(),
        rx.el.input(type="hidden", name="despite", value=NetworkState.despite, read_only=True),
        rx.cond((NetworkState.despite != "") & is_new, submit(words.ADD_ANYWAY), submit(words.ADD)),
        on_submit=NetworkState.add,
        cleared=NetworkState.added,
        custom_attrs={"noValidate": True},
    )
    return Panel.create(
        rx.cond(is_new, _find()),
        form,
        label=words.ADD_PERSON,
        title=words.ADD_TITLE,
        kind="plain",
        close=words.CLOSE,
        done=NetworkState.added,
    )


def _find() -> rx.Component:
    searched: Any = NetworkState.searched
    nobody = (searched["query"] != "") & (NetworkState.known.length() == 0)
    search = rx.el.input(
        id="known-query",
        name="query",
        type="search",
        auto_complete="off",
        spell_check=False,
        max_length=200,
        aria_describedby="known-help",
        class_name=join(INPUT, "mt-1"),
    )
    return rx.el.div(
        Finder.create(
            rx.el.label(words.FIND_KNOWN, html_for="known-query", class_name=LABEL),
            search,
            rx.el.p(words.FIND_KNOWN_HELP, id="known-help", class_name=join("mt-1 text-sm", HELP)),
            id="known",
            shown=NetworkState.searched,
            on_find=NetworkState.search,
        ),
        rx.el.div(
            _people(NetworkState.known),
            rx.cond(nobody, rx.el.p(words.NOT_KNOWN, class_name="mt-2")),
            role="status",
        ),
        class_name="mb-6 border-b border-line pb-6",
    )


def _new_person() -> rx.Component:
    return rx.el.div(
        _line(words.GIVEN_NAME, "given_name"),
        _line(words.FAMILY_NAME, "family_name"),
        _line(words.EMAIL, "email", input_mode="email", spell_check=False),
        _line(words.PHONE, "phone", type="tel"),
        class_name="grid gap-5",
    )


def _line(label: str, name: str, **props: Any) -> rx.Component:
    return checked_field(label, name, form=_FORM, problems=_PROBLEMS, auto_complete="off", **props)


def _chosen() -> rx.Component:
    return rx.el.div(
        rx.el.p(words.CHOSEN, class_name=HELP),
        rx.el.p(_CHOSEN.name, class_name="font-semibold"),
        rx.el.p(_CHOSEN.detail, class_name=join("break-words text-sm", HELP)),
        button(words.SOMEBODY_ELSE, kind="quiet", on_click=call(NetworkState.choose, ""), classes="-ml-5"),
    )


def _alike() -> rx.Component:
    note = rx.el.div(
        rx.el.p(words.NOT_ADDED_YET, class_name="font-semibold"),
        _people(NetworkState.alike),
        class_name="rounded-small border-l-4 border-caution bg-caution-soft p-3",
    )
    return rx.el.div(rx.cond((NetworkState.alike.length() > 0) & (_CHOSEN.key == ""), note), role="alert")


def _people(people: Any) -> rx.Component:
    return rx.el.ul(rx.foreach(people, _person), class_name="mt-2 grid gap-1 empty:hidden")


def _person(person: Any) -> rx.Component:
    return rx.el.li(
        rx.el.span(
            rx.el.span(person.name, class_name="block font-semibold"),
            rx.el.span(person.detail, class_name=join("block break-words text-sm", HELP)),
            class_name=BESIDE,
        ),
        button(
            words.CHOOSE_THIS,
            kind="quiet",
            on_click=call(NetworkState.choose, person.key),
            aria_label=words.CHOOSE_THIS + " " + person.name.to(str),
        ),
        key=person.key,
        class_name="flex flex-wrap items-center gap-x-3",
    )
