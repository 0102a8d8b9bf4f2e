"""The part of /billing about cards that one keeps."""

from typing import Any

import reflex as rx

from portal.billing.paying import words_page as words
from portal.billing.paying.state import BillingState
from portal.ui.kit.buttons import button
from portal.ui.kit.classes import BESIDE, HELP, INPUT, LABEL, ROW, ROWS, join
from portal.ui.kit.editing import ConfirmButton, PressId
from portal.ui.kit.events import call
from portal.ui.kit.fields import action_form, submit

TITLE = "mb-3 text-lg font-semibold"
_OPENER = "inline-flex min-h-target cursor-pointer list-none items-center font-semibold text-accent-strong"


def called(card: Any) -> Any:
    """Return what a card is called: its name, where it has one, and the card."""
    return rx.cond(card.name != "", card.name + " · " + card.card, card.card)


def cards() -> rx.Component:
    """The cards that one keeps; a sentence in their place where staff view the page as somebody."""
    rows = rx.el.ul(rx.foreach(BillingState.cards, _card), class_name=ROWS)
    add = action_form(
        PressId.create(name="operation_id", answers=BillingState.done),
        submit(words.ADD_CARD, kind="plain"),
        on_submit=BillingState.add_card,
        cleared=BillingState.done,
        class_name="mt-4",
    )
    return rx.el.section(
        rx.el.h2(words.CARDS, id="cards", class_name=TITLE),
        rx.cond(
            BillingState.is_view,
            rx.el.p(words.CARDS_THEIRS, class_name=HELP),
            rx.fragment(
                rx.el.p(words.CARDS_HELP, class_name=join("mb-3", HELP)),
                rx.cond(BillingState.cards.length() > 0, rows),
                add,
            ),
        ),
        aria_labelledby="cards",
    )


def _card(card: Any) -> rx.Component:
    usual = button(
        words.MAKE_USUAL,
        rx.el.span(" ", card.card, class_name="sr-only"),
        on_click=call(BillingState.change_card, "default", {"card_id": card.id}),
    )
    remove = ConfirmButton.create(
        label=words.REMOVE,
        name=words.REMOVE + " " + card.card.to(str),
        kind="danger",
        title=words.REMOVE_TITLE,
        text=words.REMOVE_TEXT,
        confirm=words.REMOVE,
        cancel=words.KEEP_IT,
        on_confirm=call(BillingState.change_card, "remove", {"card_id": card.id}),
    )
    return rx.el.li(
        rx.el.div(
            rx.el.p(called(card), class_name="font-semibold"),
            rx.el.p(
                card.detail, rx.cond(card.is_default, rx.fragment(" · ", words.USUAL)), class_name=join("text-sm", HELP)
            ),
            class_name=BESIDE,
        ),
        rx.cond(card.is_default, rx.fragment(), usual),
        remove,
        _name_form(card),
        class_name=join(ROW, "flex-wrap"),
        key=card.id,
    )


def _name_form(card: Any) -> rx.Component:
    id_ = "name-" + card.id.to(str)
    form = action_form(
        rx.el.input(type="hidden", name="card_id", value=card.id),
        rx.el.div(
            rx.el.label(words.NAME, html_for=id_, class_name=LABEL),
            rx.el.input(
                id=id_,
                name="name",
                max_length=60,
                auto_complete="off",
                default_value=card.name,
                aria_describedby=id_ + "-help",
                class_name=join(INPUT, "mt-1"),
            ),
            rx.el.p(words.NAME_HELP, id=id_ + "-help", class_name=join("mt-1 text-sm", HELP)),
        ),
        submit(words.SAVE_NAME, kind="plain"),
        on_submit=lambda fields: call(BillingState.change_card, "name", fields),
        class_name="grid max-w-md gap-3 pb-3",
    )
    summary = rx.el.summary(words.RENAME, rx.el.span(" ", card.card, class_name="sr-only"), class_name=_OPENER)
    return rx.el.details(summary, form, class_name="basis-full")
