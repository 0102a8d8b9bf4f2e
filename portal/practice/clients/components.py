"""The parts of the list of clients: a table on a screen, cards on a phone."""

from typing import Any

import reflex as rx

from portal.practice.clients import words
from portal.practice.clients.showing import STATUSES
from portal.practice.clients.state import ClientsState
from portal.ui.kit.buttons import button
from portal.ui.kit.classes import CARD, HELP, INPUT, LABEL, LINK, join
from portal.ui.kit.events import call
from portal.ui.kit.finding import Finder
from portal.ui.kit.icons import icon
from portal.ui.kit.native import inner_link
from portal.ui.kit.picking import PickBox
from portal.ui.kit.states import empty
from portal.ui.shell_state import ShellState

_HEAD = "px-4 py-3 text-left text-sm font-semibold text-ink-soft first:pl-6"
_CELL = "block break-words md:table-cell md:px-4 md:py-3 md:align-top md:first:pl-6"
_ROW = "relative block p-5 hover:bg-sunk md:table-row md:p-0"
_NAME = "font-semibold text-ink after:absolute after:inset-0 hover:underline focus-visible:after:-outline-offset-4"
_PILL = "inline-block rounded-full px-3 py-0.5 text-sm"

_ENVELOPE = (
    "relative z-10 -my-2.5 inline-flex min-h-target min-w-target items-center justify-center rounded-small "
    "text-accent-strong hover:bg-sunk"
)


def finder() -> rx.Component:
    """The search, and what narrows it."""
    return Finder.create(
        _labelled(
            words.SEARCH,
            "query",
            rx.el.input(
                id="find-query",
                name="query",
                type="search",
                auto_complete="off",
                spell_check=False,
                max_length=200,
                class_name=join(INPUT, "mt-1"),
                aria_describedby="find-help",
            ),
            rx.el.p(words.SEARCH_HELP, id="find-help", class_name=join("mt-1 text-sm", HELP)),
            classes="col-span-2 min-w-0 grow sm:basis-64",
        ),
        _filter(
            words.STATUS, "status", words.ANY_STATUS, [rx.el.option(one.label, value=one.value) for one in STATUSES]
        ),
        rx.cond(
            ClientsState.therapists.length() > 0,
            _filter(words.THERAPIST, "therapist", words.ANY_THERAPIST, [rx.foreach(ClientsState.therapists, _option)]),
        ),
        _filter(words.SWITCHED_OFF, "off", words.ANY_FEATURE, [rx.foreach(ClientsState.features, _option)]),
        id="clients",
        shown=ClientsState.shown,
        on_find=ClientsState.find,
        class_name="mb-6 grid grid-cols-2 gap-4 sm:flex sm:flex-wrap sm:items-start",
    )


def client_list() -> rx.Component:
    """Who was found, or that nobody was."""
    listed = rx.el.div(
        _stale(),
        _table(),
        rx.cond(
            ClientsState.after != "",
            rx.el.div(button(words.MORE, on_click=call(ClientsState.more, ClientsState.after)), class_name="mt-4"),
        ),
    )
    shown: Any = ClientsState.shown
    looked = (shown["query"] != "") | (shown["status"] != "") | (shown["therapist"] != "") | (shown["off"] != "")
    assigned = empty(words.NOBODY_ASSIGNED, words.NOBODY_ASSIGNED_HELP, sign="users")
    nobody = rx.cond(
        looked,
        empty(words.NOBODY_FOUND, words.NOBODY_FOUND_HELP, sign="search"),
        rx.cond(ClientsState.only_assigned, assigned, empty(words.NOBODY_YET, words.NOBODY_YET_HELP, sign="users")),
    )
    return rx.el.div(
        rx.el.p(ClientsState.counted, role="status", class_name=join("mb-2 min-h-6 text-sm", HELP)),
        rx.cond(ClientsState.rows.length() > 0, listed, nobody),
    )


def _stale() -> rx.Component:
    note = rx.el.div(
        rx.el.p(words.STALE, class_name="grow"),
        button(words.REFRESH, kind="quiet", on_click=call(ClientsState.find, ClientsState.shown)),
        class_name=join(CARD, "mb-4 flex flex-wrap items-center gap-3 px-5 py-2"),
    )
    return rx.el.div(rx.cond(ClientsState.stale, note), role="status")


def _table() -> rx.Component:
    titles = (words.NAME, words.STATUS, words.THERAPISTS, words.CONTACT, words.NETWORK)
    heads = (rx.el.th(title, scope="col", role="columnheader", class_name=_HEAD) for title in titles)
    box = rx.el.td(role="cell", class_name="w-14")
    return rx.el.table(
        rx.el.thead(
            rx.el.tr(rx.cond(ClientsState.may_add, box), *heads, role="row"),
            role="rowgroup",
            class_name="hidden border-b border-line md:table-header-group",
        ),
        rx.el.tbody(
            rx.foreach(ClientsState.rows, _row),
            role="rowgroup",
            class_name="block divide-y divide-line md:table-row-group",
        ),
        role="table",
        aria_label=words.CLIENTS,
        class_name=join(CARD, "block w-full overflow-hidden md:table"),
    )


def _row(row: Any) -> rx.Component:
    return rx.el.tr(
        rx.cond(
            ClientsState.may_add,
            rx.el.td(
                PickBox.create(value=row.id, label=row.pick),
                role="cell",
                class_name="float-right block md:float-none md:table-cell md:py-3 md:pl-4 md:align-top",
            ),
        ),
        rx.el.th(
            rx.el.div(
                inner_link(row.name, to=row.address.to(str) + ShellState.query, class_name=_NAME),
                rx.cond(ShellState.links.contains("inbox"), _envelope(row)),
                class_name="flex items-start justify-between gap-2",
            ),
            scope="row",
            role="rowheader",
            class_name=join(_CELL, "text-left md:min-w-52"),
        ),
        rx.el.td(
            _pill(row),
            rx.el.p(row.off, class_name=join("mt-1 text-sm empty:hidden", HELP)),
            role="cell",
            class_name=join(_CELL, "mt-1 md:mt-0"),
        ),
        _cell(row.therapists, "md:min-w-36"),
        rx.el.td(
            row.contact,
            rx.el.p(row.mail, class_name="font-semibold text-danger empty:hidden"),
            role="cell",
            class_name=join(_CELL, HELP, "empty:hidden md:empty:table-cell"),
        ),
        _cell(row.network, HELP),
        role="row",
        key=row.id,
        class_name=_ROW,
    )


def _envelope(row: Any) -> rx.Component:
    """The way to the messages with one client."""
    return inner_link(
        icon("mail"),
        to=row.address.to(str) + "/messages" + ShellState.query,
        custom_attrs={"aria-label": words.MESSAGES_WITH + row.name.to(str)},
        class_name=_ENVELOPE,
    )


def _pill(row: Any) -> rx.Component:
    colours = rx.cond(row.status == "active", "bg-accent-soft text-accent-strong", "bg-sunk text-ink-soft")
    return rx.el.span(row.status_label, class_name=_PILL + " " + colours)


def _cell(text: Any, classes: str = "") -> rx.Component:
    return rx.el.td(text, role="cell", class_name=join(_CELL, classes, "empty:hidden md:empty:table-cell"))


def _filter(label: str, name: str, any_of_them: str, options: list[rx.Component]) -> rx.Component:
    control = rx.el.select(
        rx.el.option(any_of_them, value=""), *options, id=f"find-{name}", name=name, class_name=join(INPUT, "mt-1")
    )
    return _labelled(label, name, control, classes="sm:w-44")


def _labelled(label: str, name: str, *inside: rx.Component, classes: str) -> rx.Component:
    return rx.el.div(rx.el.label(label, html_for=f"find-{name}", class_name=LABEL), *inside, class_name=classes)


def _option(option: Any) -> rx.Component:
    return rx.el.option(option.label, value=option.value)


def alike_note() -> rx.Component:
    """Whom a new client may be."""
    return rx.el.div(
        rx.cond(
            ClientsState.alike.length() > 0,
            rx.el.div(
                rx.el.p(words.LOOKS_LIKE, class_name="font-semibold"),
                rx.el.ul(rx.foreach(ClientsState.alike, _alike), class_name="my-2 grid gap-1"),
                rx.el.p(words.LOOKS_LIKE_HELP),
                class_name="rounded-small border-l-4 border-caution bg-caution-soft p-3",
            ),
        ),
        role="alert",
    )


def _alike(one: Any) -> rx.Component:
    named = inner_link(one.name, to=one.address.to(str) + ShellState.query, class_name=LINK)
    return rx.el.li(
        rx.cond(one.address != "", named, rx.el.span(one.name, class_name="font-semibold")), " ", one.reason, key=one.id
    )
