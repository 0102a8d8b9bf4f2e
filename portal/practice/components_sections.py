"""The way around inside Organization: a row of links above each of its pages."""

import reflex as rx

from portal.ui.kit.shell_parts import NavItem
from portal.ui.navigation import ORGANIZATION
from portal.ui.shell_state import ShellState

_LINK = (
    "inline-flex min-h-target items-center rounded-small px-3 text-ink-soft hover:bg-sunk hover:text-ink "
    "aria-[current=page]:bg-accent-soft aria-[current=page]:font-semibold aria-[current=page]:text-accent-strong"
)


def organization_sections() -> rx.Component:
    """The pages of Organization; only administrators are led to any of them, so they see all."""
    links = (
        rx.el.li(NavItem.create(entry.label, to=rx.Var.create(entry.address) + ShellState.query, class_name=_LINK))
        for entry in ORGANIZATION
    )
    listed = rx.el.ul(*links, class_name="-mx-3 flex flex-wrap gap-1")
    made: rx.Component = rx.el.nav(listed, aria_label="Organization", class_name="mb-4")
    shown: rx.Component = rx.cond(ShellState.links.contains("organization"), made)
    return shown
