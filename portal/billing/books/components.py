"""The parts of /practice/billing: everybody who owes something, and what needs somebody's eyes."""

from typing import Any

import reflex as rx

from portal.billing.books import words
from portal.billing.books.state import BooksState, CorrectionsState
from portal.ui.kit.buttons import button
from portal.ui.kit.classes import BESIDE, CARD, HELP, INPUT, LABEL, PADDED, ROW, ROWS, join
from portal.ui.kit.editing import ConfirmButton
from portal.ui.kit.events import call
from portal.ui.kit.fields import action_form, submit
from portal.ui.kit.finding import Finder
from portal.ui.kit.states import empty

TITLE = "mb-3 text-lg font-semibold"


def not_connected() -> rx.Component:
    """Why nobody is offered to pay."""
    note = rx.el.p(words.NOT_CONNECTED, class_name=join(CARD, PADDED), role="status")
    return rx.cond(BooksState.loaded & ~BooksState.is_connected, note)


def debtors() -> rx.Component:
    """Who owes what, by name."""
    rows = rx.el.ul(rx.foreach(BooksState.debtors, _debtor), class_name=ROWS)
    more = rx.cond(BooksState.has_more, button(words.MORE, on_click=BooksState.more, classes="mt-4"))
    shown: Any = BooksState.shown
    nobody = rx.cond(
        shown["query"] != "",
        empty(words.FOUND_NOBODY, words.FOUND_NOBODY_HELP),
        empty(words.NOBODY, words.NOBODY_HELP),
    )
    listed = rx.cond(BooksState.debtors.length() > 0, rx.fragment(rows, more), nobody)
    return rx.el.section(
        rx.el.h2(words.OWED, id="owed", class_name=TITLE),
        _finder(),
        listed,
        aria_labelledby="owed",
    )


def _finder() -> rx.Component:
    box = rx.el.input(
        id="find-account",
        name="query",
        type="search",
        auto_complete="off",
        spell_check=False,
        max_length=200,
        aria_describedby="find-account-help",
        class_name=join(INPUT, "mt-1"),
    )
    return Finder.create(
        rx.el.label(words.SEARCH, html_for="find-account", class_name=LABEL),
        box,
        rx.el.p(words.SEARCH_HELP, id="find-account-help", class_name=join("mt-1 text-sm", HELP)),
        id="accounts",
        shown=BooksState.shown,
        on_find=BooksState.find,
        class_name="mb-4 block max-w-md",
    )


def _debtor(row: Any) -> rx.Component:
    return rx.el.li(
        rx.el.div(
            rx.el.p(row.name, class_name="font-semibold"),
            rx.el.p(row.owes, class_name=join("tabular-nums", HELP)),
            class_name=BESIDE,
        ),
        button(
            words.OPEN,
            rx.el.span(" ", row.name, class_name="sr-only"),
            on_click=call(BooksState.open_account, row.id),
        ),
        class_name=ROW,
        key=row.id,
    )


def unclear() -> rx.Component:
    """What nobody could find out."""
    rows = rx.el.ul(rx.foreach(CorrectionsState.unclear, _unclear), class_name=ROWS)
    section = rx.el.section(
        rx.el.h2(words.UNCLEAR, id="unclear", class_name=TITLE),
        rx.el.p(words.UNCLEAR_HELP, class_name=join("mb-3", HELP)),
        rows,
        aria_labelledby="unclear",
    )
    return rx.cond(CorrectionsState.unclear.length() > 0, section)


def _unclear(row: Any) -> rx.Component:
    decide = ConfirmButton.create(
        label=row.decision,
        name=row.decision.to(str) + ": " + row.what.to(str),
        kind="plain",
        title=words.DECIDE_TITLE,
        text=rx.cond(row.help != "", row.help, words.UNCLEAR_HELP),
        confirm=row.decision,
        cancel=words.NOT_NOW,
        on_confirm=call(CorrectionsState.decide, row.kind, row.id),
    )
    return rx.el.li(
        rx.el.div(
            rx.el.p(row.what, class_name="font-semibold"),
            rx.cond(row.help != "", rx.el.p(row.help, class_name="mt-1")),
            rx.el.p(row.reference, class_name=join("text-sm break-all", HELP)),
            class_name=BESIDE,
        ),
        decide,
        class_name=join(ROW, "flex-wrap"),
        key=row.id,
    )


def export() -> rx.Component:
    """A month as a file."""
    form = action_form(
        rx.el.div(
            rx.el.label(words.MONTH, html_for="month", class_name=LABEL),
            rx.el.input(
                id="month",
                name="month",
                type="month",
                required=True,
                default_value=BooksState.today[:7],
                class_name=join(INPUT, "mt-1"),
            ),
        ),
        submit(words.DOWNLOAD, kind="plain"),
        on_submit=CorrectionsState.export,
        class_name="flex flex-wrap items-end gap-4",
    )
    section = rx.el.section(
        rx.el.h2(words.EXPORT, id="export", class_name=TITLE),
        rx.el.p(words.EXPORT_HELP, class_name=join("mb-3", HELP)),
        form,
        aria_labelledby="export",
    )
    return rx.cond(BooksState.may_write, section)
