"""/practice/clients: Clients."""

import reflex as rx

from portal.practice.clients import words
from portal.practice.clients.components import client_list, finder
from portal.practice.clients.components_bulk import bulk_bar
from portal.practice.clients.components_tools import tools
from portal.practice.clients.state import ClientsState
from portal.practice.clients.state_bulk import BulkState
from portal.practice.joining.components_banner import join_banner
from portal.practice.joining.state_count import WaitingState
from portal.ui.kit.states import settled
from portal.ui.layout import Page, staff_page


def clients_page() -> rx.Component:
    """Everybody whom one may see, found by typing."""
    content = rx.el.div(join_banner(), tools(), finder(), bulk_bar(), client_list())
    return staff_page(
        words.CLIENTS, settled(ClientsState.loaded, ClientsState.refusal, content, on_retry=ClientsState.load)
    )


PAGES = (Page("/practice/clients", clients_page, "Clients", (ClientsState.load, BulkState.load, WaitingState.load)),)
