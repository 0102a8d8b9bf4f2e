"""How a list of clients should look."""

import reflex as rx

from portal.practice.importing import words
from portal.ui.kit.classes import HELP, join

_CELL = "whitespace-nowrap px-3 py-2 text-left"


def example() -> rx.Component:
    """The columns, in words and as a table of one line."""
    head, line = words.EXAMPLE
    table = rx.el.table(
        rx.el.thead(rx.el.tr(*(rx.el.th(cell, scope="col", class_name=join(_CELL, "font-semibold")) for cell in head))),
        rx.el.tbody(rx.el.tr(*(rx.el.td(cell, class_name=_CELL) for cell in line))),
        aria_label=words.EXAMPLE_LABEL,
        class_name="w-full text-sm",
    )
    return rx.el.section(
        rx.el.h2(words.HOW, id="how-title", class_name="text-lg font-semibold"),
        rx.el.p(words.HOW_HELP, class_name=join("mt-1", HELP)),
        rx.el.div(
            table,
            tab_index=0,
            role="group",
            aria_label=words.EXAMPLE_LABEL,
            class_name="mt-3 overflow-x-auto rounded-small border border-line bg-card",
        ),
        rx.el.p(words.HOW_MORE, class_name=join("mt-2 text-sm", HELP)),
        aria_labelledby="how-title",
        class_name="min-w-0",
    )
