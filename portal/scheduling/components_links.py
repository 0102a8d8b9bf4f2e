"""The way around inside Calendar: a row of links above each of its pages."""

import reflex as rx

from portal.ui.kit.shell_parts import NavItem
from portal.ui.navigation import CALENDAR
from portal.ui.shell_state import ShellState

_LINK = (
    "inline-flex min-h-target items-center rounded-small px-3 text-ink-soft hover:bg-sunk hover:text-ink "
    "aria-[current=page]:bg-accent-soft aria-[current=page]:font-semibold aria-[current=page]:text-accent-strong"
)


def calendar_sections() -> rx.Component:
    """The pages of Calendar that this person may open."""
    links = (
        rx.cond(
            ShellState.links.contains(entry.key),
            rx.el.li(NavItem.create(entry.label, to=rx.Var.create(entry.address) + ShellState.query, class_name=_LINK)),
        )
        for entry in CALENDAR
    )
    listed = rx.el.ul(*links, class_name="-mx-3 flex flex-wrap gap-1")
    made: rx.Component = rx.el.nav(listed, aria_label="Calendar", class_name="mb-4")
    return made
