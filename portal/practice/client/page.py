"""/practice/clients/[client_id]: one client."""

from typing import Any

import reflex as rx

from portal.billing.superbills.desk.components import superbill
from portal.billing.superbills.desk.state import SuperbillState
from portal.practice.client.components import archived_note, back, details
from portal.practice.client.components_forms import forms
from portal.practice.client.components_help import help_signing_in
from portal.practice.client.components_invite import invitation
from portal.practice.client.components_network import network
from portal.practice.client.components_switches import before_and_after_switching, switches
from portal.practice.client.components_why import why
from portal.practice.client.state import ClientState
from portal.practice.client.state_forms import ClientFormsState
from portal.practice.client.state_help import HelpState
from portal.practice.client.state_invite import InviteState
from portal.practice.client.state_network import NetworkState
from portal.practice.client.state_switches import SwitchState
from portal.ui.kit.states import settled
from portal.ui.layout import Page, staff_page


def client_page() -> rx.Component:
    """Who the client is, their forms and invitation, and the people around them."""
    client: Any = ClientState.client
    content = rx.el.div(
        archived_note(),
        rx.el.div(
            details(),
            forms(),
            superbill(),
            invitation(),
            help_signing_in(),
            network(),
            switches(),
            class_name="grid max-w-3xl gap-10",
        ),
    )
    return staff_page(
        rx.cond(client.name != "", client.name, "Client"),
        settled(ClientState.loaded, ClientState.refusal, content, on_retry=ClientState.load),
        why(),
        before_and_after_switching(),
        back=back(),
    )


PAGES = (
    Page(
        "/practice/clients/[client_id]",
        client_page,
        "Client",
        (
            ClientState.load,
            ClientFormsState.load,
            InviteState.load,
            HelpState.load,
            NetworkState.load,
            SwitchState.load,
            SuperbillState.load,
        ),
    ),
)
