"""The part of /account about receipts."""

from typing import Any

import reflex as rx

from portal.billing.receipts import words
from portal.billing.receipts.state import ReceiptsState
from portal.ui.kit.buttons import button
from portal.ui.kit.classes import BESIDE, CARD, HELP, LINK, PADDED, join
from portal.ui.kit.native import file_link


def receipts_card() -> rx.Component:
    """Every receipt of this login."""
    rows = rx.el.ul(rx.foreach(ReceiptsState.rows, _receipt), class_name="mt-3 divide-y divide-line")
    more = rx.cond(
        ReceiptsState.has_more,
        rx.el.div(button(words.OLDER, on_click=ReceiptsState.show_older), class_name="mt-4"),
    )
    nothing = rx.el.div(
        rx.el.p(words.NOTHING, class_name="font-semibold"),
        rx.el.p(words.NOTHING_HELP, class_name=HELP),
        class_name="mt-3",
    )
    shown = rx.el.section(
        rx.el.h2(words.TITLE, id="receipts-title", class_name="text-lg font-semibold"),
        rx.el.p(words.HELP, class_name=join("mt-1", HELP)),
        rx.cond(ReceiptsState.rows.length() > 0, rx.fragment(rows, more), nothing),
        aria_labelledby="receipts-title",
        class_name=join(CARD, PADDED),
    )
    return rx.cond(ReceiptsState.loaded, shown)


def _receipt(row: Any) -> rx.Component:
    return rx.el.li(
        rx.el.div(
            rx.el.p(row.day, " · ", row.amount, class_name="font-semibold tabular-nums"),
            rx.el.p(row.detail, class_name=join("text-sm", HELP)),
            class_name=BESIDE,
        ),
        file_link(
            words.OPEN,
            rx.el.span(" ", row.day, class_name="sr-only"),
            href=row.address,
            name="receipt.pdf",
            class_name=LINK,
        ),
        key=row.id,
        class_name="flex flex-wrap items-center gap-x-4 gap-y-2 py-3",
    )
