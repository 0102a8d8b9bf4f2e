"""The practice's list of payers, the way around inside Billing, and the note that changes wait."""

from typing import Any

import reflex as rx

from portal.insurance import words_pages as words
from portal.insurance.review.state_payers import InsuranceCountState, PayersState
from portal.ui.kit.buttons import button
from portal.ui.kit.classes import BESIDE, CARD, HELP, INPUT, LABEL, LINK, PADDED, ROW, ROWS, join
from portal.ui.kit.events import call
from portal.ui.kit.fields import action_form, field, submit
from portal.ui.kit.finding import Finder
from portal.ui.kit.icons import icon
from portal.ui.kit.native import inner_link
from portal.ui.kit.shell_parts import NavItem
from portal.ui.kit.states import empty
from portal.ui.navigation import BILLING
from portal.ui.shell_state import ShellState

_SECTION = (
    "inline-flex min-h-target items-center rounded-small px-3 text-ink-soft hover:bg-sunk hover:text-ink "
    "aria-[current=page]:bg-accent-soft aria-[current=page]:font-semibold aria-[current=page]:text-accent-strong"
)


def billing_sections() -> rx.Component:
    """The pages of Billing, for who may open more than one; a page that is not for somebody has no link."""
    links = (
        rx.cond(
            ShellState.links.contains(entry.key),
            rx.el.li(
                NavItem.create(entry.label, to=rx.Var.create(entry.address) + ShellState.query, class_name=_SECTION)
            ),
        )
        for entry in BILLING
    )
    listed = rx.el.ul(*links, class_name="-mx-3 flex flex-wrap gap-1")
    nav = rx.el.nav(listed, aria_label="Billing", class_name="mb-4")
    shown: rx.Component = rx.cond(ShellState.links.contains("insurance"), nav)
    return shown


def insurance_banner() -> rx.Component:
    """How many changes wait, with the way there; read aloud when one comes. Nothing while none does."""
    to = rx.Var.create("/practice/insurance") + ShellState.query
    told = rx.el.p(
        rx.el.span(icon("shield"), class_name="text-accent-strong"),
        rx.el.span(InsuranceCountState.told, class_name="font-semibold"),
        inner_link(words.OPEN, to=to, class_name=LINK),
        class_name=join(CARD, "mb-6 flex flex-wrap items-center gap-x-3 gap-y-1 px-5 py-3"),
    )
    shown: rx.Component = rx.el.div(rx.cond(InsuranceCountState.told != "", told), role="status")
    return shown


def payers() -> rx.Component:
    """The list, searched as one types, and putting a company on it."""
    rows = rx.el.ul(rx.foreach(PayersState.rows, _row), class_name=ROWS)
    more = rx.cond(PayersState.has_more, button(words.MORE, on_click=PayersState.more, classes="mt-4"))
    listed = rx.cond(
        PayersState.rows.length() > 0, rx.fragment(rows, more), empty(words.NO_PAYERS, words.NO_PAYERS_HELP)
    )
    section: rx.Component = rx.el.section(
        rx.el.h2(words.PAYERS, id="payers-title", class_name="text-lg font-semibold"),
        rx.el.p(words.PAYERS_HELP, class_name=join("mb-3", HELP)),
        _add(),
        Finder.create(
            rx.el.label(words.FIND_PAYER, html_for="find-payer", class_name=LABEL),
            rx.el.input(
                id="find-payer",
                name="find",
                type="search",
                auto_complete="off",
                max_length=120,
                class_name=join(INPUT, "mt-1"),
            ),
            id="payer-finder",
            shown=PayersState.found,
            on_find=PayersState.find,
            class_name="my-4 max-w-md",
        ),
        listed,
        aria_labelledby="payers-title",
    )
    return section


def _add() -> rx.Component:
    form = action_form(
        field(words.PAYER_NAME, "name", auto_complete="off", max_length=120, required=True),
        rx.el.div(
            submit(words.ADD_PAYER, kind="plain"),
            button(words.LARGE, on_click=PayersState.add_large, kind="quiet"),
            class_name="flex flex-wrap gap-3",
        ),
        on_submit=PayersState.add,
        cleared=PayersState.done,
        class_name="max-w-md",
    )
    card: rx.Component = rx.el.div(form, class_name=join(CARD, PADDED))
    return card


def _row(row: Any) -> rx.Component:
    aside = button(
        words.PUT_ASIDE,
        rx.el.span(" ", row.name, class_name="sr-only"),
        on_click=call(PayersState.offer, row.id, False),
    )
    back = button(
        words.OFFER, rx.el.span(" ", row.name, class_name="sr-only"), on_click=call(PayersState.offer, row.id, True)
    )
    item: rx.Component = rx.el.li(
        rx.el.p(row.name, class_name=rx.cond(row.is_archived, join(BESIDE, "text-ink-soft line-through"), BESIDE)),
        rx.cond(row.is_archived, back, aside),
        class_name=join(ROW, "flex-wrap"),
        key=row.id,
    )
    return item
