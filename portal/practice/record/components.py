"""The parts of the audit page."""

from typing import Any

import reflex as rx

from portal.practice.record import words
from portal.practice.record.state import AuditState
from portal.ui.kit.buttons import button
from portal.ui.kit.classes import CARD, HELP, INPUT, LABEL, LINK, PADDED, ROWS, join
from portal.ui.kit.events import call
from portal.ui.kit.states import empty

_EVERYTHING = {"show": AuditState.show}


def verification() -> rx.Component:
    """The button that reads the whole chain, and what came of it."""
    verdict: Any = AuditState.verdict
    said = rx.cond(
        verdict.sentence != "",
        rx.el.div(
            rx.el.p(
                verdict.sentence, class_name=rx.cond(verdict.is_whole, "font-semibold", "font-semibold text-danger")
            ),
            rx.el.ul(rx.foreach(verdict.faults, _fault), class_name="list-disc pl-5 empty:hidden"),
            rx.el.p(verdict.end, class_name=join("text-sm break-words", HELP)),
            class_name="mt-4 grid gap-1",
        ),
    )
    return rx.el.section(
        rx.el.h2(words.VERIFY_TITLE, id="verify-title", class_name="text-lg font-semibold"),
        rx.el.div(
            rx.el.p(words.VERIFY_HELP, class_name=HELP),
            button(words.VERIFY, on_click=AuditState.verify),
            class_name="mt-1 flex flex-wrap items-center justify-between gap-4 sm:flex-nowrap",
        ),
        rx.el.div(said, role="status"),
        aria_labelledby="verify-title",
        class_name=join(CARD, PADDED),
    )


def search() -> rx.Component:
    """What to look for: four fields and a button; it starts anew with what was chosen in the list."""
    fields = rx.el.div(
        _choice(words.SHOW, "show", AuditState.show, _option("changes", words.CHANGES), _option("looks", words.LOOKS)),
        _choice(
            words.PERSON,
            "person",
            AuditState.person,
            _option("", words.ANYBODY),
            rx.foreach(AuditState.people, lambda one: _option(one.value, one.label)),
        ),
        _typed(),
        _choice(
            words.ACTION,
            "action",
            AuditState.action,
            _option("", words.ANYTHING),
            *(_option(name, text) for name, text in words.actions()),
        ),
        class_name="grid gap-4 sm:grid-cols-2",
    )
    ways = rx.el.div(
        button(words.FIND, type="submit", kind="primary"),
        button(words.ALL, kind="quiet", on_click=call(AuditState.find, _EVERYTHING)),
        class_name="mt-5 flex flex-wrap gap-2",
    )
    return rx.el.form(fields, ways, key=AuditState.searches, on_submit=AuditState.find, class_name=join(CARD, PADDED))


def entries() -> rx.Component:
    """The entries that fit, the latest first."""
    more = rx.cond(
        AuditState.older != "", rx.el.div(button(words.OLDER, on_click=AuditState.show_older), class_name="mt-4")
    )
    listed = rx.fragment(rx.el.ul(rx.foreach(AuditState.rows, _entry), class_name=ROWS), more)
    nothing = empty(words.NOTHING, words.NOTHING_HELP, sign="search")
    return rx.el.section(
        rx.el.h2(words.ENTRIES, id="entries-title", class_name="mb-3 text-lg font-semibold"),
        rx.cond(AuditState.rows.length() > 0, listed, nothing),
        aria_labelledby="entries-title",
    )


def _typed() -> rx.Component:
    return rx.el.div(
        rx.el.label(words.CLIENT, html_for="client", class_name=LABEL),
        rx.el.input(
            id="client",
            name="client",
            default_value=AuditState.client,
            max_length=80,
            auto_complete="off",
            aria_describedby="client-help",
            class_name=join(INPUT, "mt-1"),
        ),
        rx.el.p(words.CLIENT_HELP, id="client-help", class_name=join("mt-1 text-sm", HELP)),
    )


def _choice(label: str, name: str, chosen: Any, *options: Any) -> rx.Component:
    return rx.el.div(
        rx.el.label(label, html_for=name, class_name=LABEL),
        rx.el.select(*options, id=name, name=name, default_value=chosen, class_name=join(INPUT, "mt-1")),
    )


def _option(value: Any, label: Any) -> rx.Component:
    return rx.el.option(label, value=value)


def _entry(row: Any) -> rx.Component:
    by_person = call(AuditState.find, {"show": AuditState.show, "person": row.actor_id})
    by_client = call(AuditState.find, {"show": AuditState.show, "client_id": row.client_id})
    return rx.el.li(
        rx.el.p(
            rx.cond(row.actor_id != "", _only(row.actor, by_person), rx.el.span(row.actor, class_name="font-semibold")),
            " ",
            row.what,
            rx.cond(row.client != "", rx.fragment(": ", _only(row.client, by_client))),
            class_name="leading-snug",
        ),
        rx.cond(row.detail != "", rx.el.p(row.detail, class_name="leading-snug")),
        rx.el.p(row.when, class_name=join("text-sm", HELP)),
        class_name="px-5 py-4 sm:px-6",
        key=row.key,
    )


def _only(name: Any, find: Any) -> rx.Component:
    """A name that, when it is pressed, leaves only what concerns this person."""
    return rx.el.button(
        name, type="button", title=words.ONLY, on_click=find, class_name=join(LINK, "cursor-pointer py-1")
    )


def _fault(sentence: Any) -> rx.Component:
    return rx.el.li(sentence)
