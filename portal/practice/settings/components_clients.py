"""Manage Clients on the settings page: the same list as under Clients, below what holds for everybody."""

import reflex as rx

from portal.practice.clients.components import client_list, finder
from portal.practice.clients.components_bulk import bulk_bar
from portal.practice.clients.state import ClientsState
from portal.practice.settings import words
from portal.ui.kit.classes import HELP, LINK, join
from portal.ui.kit.states import skeleton

_PARTS = (
    (words.NOTICES, "notices"),
    (words.SHORTCUTS, "shortcuts"),
    (words.HISTORY, "history"),
    (words.MANAGE_CLIENTS, "clients"),
)


def on_this_page() -> rx.Component:
    """Ways down a long page."""
    jump = join(LINK, "inline-flex min-h-target items-center")
    links = (rx.el.li(rx.el.a(title, href=f"#{key}-title", class_name=jump)) for title, key in _PARTS)
    listed = rx.el.ul(*links, class_name="-my-2 flex flex-wrap gap-x-5")
    made: rx.Component = rx.el.nav(listed, aria_label=words.ON_THIS_PAGE)
    return made


def manage_clients() -> rx.Component:
    """Clients, found and switched one by one or several at a time."""
    listed = rx.el.div(finder(), bulk_bar(), client_list())
    made: rx.Component = rx.el.section(
        rx.el.h2(words.MANAGE_CLIENTS, id="clients-title", class_name="scroll-mt-4 text-lg font-semibold"),
        rx.el.p(words.MANAGE_CLIENTS_HELP, class_name=join("max-w-prose", HELP)),
        rx.el.div(rx.cond(ClientsState.loaded, listed, skeleton()), class_name="mt-4"),
        aria_labelledby="clients-title",
    )
    return made
