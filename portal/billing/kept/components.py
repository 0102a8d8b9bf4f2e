"""The part of /account about cards that one keeps."""

from typing import Any

import reflex as rx

from portal.billing.kept import words
from portal.billing.kept.state import KeptCardsState
from portal.ui.kit.classes import BESIDE, CARD, HELP, PADDED, join
from portal.ui.kit.editing import ConfirmButton
from portal.ui.kit.events import call


def kept_cards_card() -> rx.Component:
    """Every card that this login keeps; nothing where there is none."""
    shown = rx.el.section(
        rx.el.h2(words.TITLE, id="kept-cards-title", class_name="text-lg font-semibold"),
        rx.el.p(words.HELP, class_name=join("mt-1", HELP)),
        rx.el.ul(rx.foreach(KeptCardsState.rows, _card), class_name="mt-3 divide-y divide-line"),
        aria_labelledby="kept-cards-title",
        class_name=join(CARD, PADDED),
    )
    return rx.cond(KeptCardsState.rows.length() > 0, shown)


def _card(row: Any) -> rx.Component:
    return rx.el.li(
        rx.el.div(
            rx.el.p(row.card, class_name="font-semibold"),
            rx.el.p(row.detail, class_name=join("text-sm", HELP)),
            class_name=BESIDE,
        ),
        ConfirmButton.create(
            label=words.REMOVE,
            name=words.REMOVE + " " + row.card.to(str) + ", " + row.practice.to(str),
            kind="danger",
            title=words.REMOVE_TITLE,
            text=words.REMOVE_TEXT,
            confirm=words.REMOVE,
            cancel=words.KEEP_IT,
            on_confirm=call(KeptCardsState.remove, row.id),
        ),
        key=row.id,
        class_name="flex flex-wrap items-center gap-x-4 gap-y-2 py-3",
    )
