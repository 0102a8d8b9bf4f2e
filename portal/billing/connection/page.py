"""/practice/card-processing: Organization, Card Processing."""

import reflex as rx

from portal.billing.connection import words
from portal.billing.connection.state import ConnectionState
from portal.practice.components_sections import organization_sections
from portal.ui.kit.classes import CARD, HELP, PADDED, join
from portal.ui.kit.editing import ConfirmButton
from portal.ui.kit.fields import action_form, field, submit
from portal.ui.kit.states import settled
from portal.ui.layout import Page, staff_page


def connection_page() -> rx.Component:
    """How it stands, and the form for the keys."""
    content = rx.el.div(_standing(), _keys(), class_name="grid gap-6")
    return staff_page(
        "Card Processing",
        settled(ConnectionState.loaded, ConnectionState.refusal, content, on_retry=ConnectionState.load),
        lead=words.LEAD,
        back=organization_sections(),
    )


def _standing() -> rx.Component:
    leave = ConfirmButton.create(
        label=words.DISCONNECT,
        kind="danger",
        title=words.DISCONNECT_TITLE,
        text=words.DISCONNECT_TEXT,
        confirm=words.DISCONNECT,
        cancel=words.KEEP,
        on_confirm=ConnectionState.disconnect,
    )
    connected = rx.fragment(
        rx.el.p(ConnectionState.about),
        rx.el.p(rx.cond(ConnectionState.is_live, words.LIVE, words.TEST), class_name=join("mb-4", HELP)),
        leave,
    )
    return rx.el.section(
        rx.el.h2(rx.cond(ConnectionState.is_connected, words.ON, words.OFF), class_name="text-lg font-semibold"),
        rx.cond(ConnectionState.is_connected, connected, rx.el.p(words.OFF_HELP, class_name=HELP)),
        class_name=join(CARD, PADDED),
    )


def _keys() -> rx.Component:
    form = action_form(
        field(words.SECRET, "secret", type="password", help_text=words.KEY_HELP, auto_complete="off", required=True),
        field(
            words.SIGNING, "signing", type="password", help_text=words.SIGNING_HELP, auto_complete="off", required=True
        ),
        rx.el.p(words.HOOK, ": ", rx.el.code(ConnectionState.hook, class_name="break-all"), class_name=HELP),
        submit(rx.cond(ConnectionState.is_connected, words.REPLACE, words.CONNECT)),
        on_submit=ConnectionState.connect,
        cleared=ConnectionState.done,
        class_name="grid max-w-lg gap-4",
    )
    return rx.el.section(form, class_name=join(CARD, PADDED))


PAGES = (Page("/practice/card-processing", connection_page, "Card Processing", ConnectionState.load),)
