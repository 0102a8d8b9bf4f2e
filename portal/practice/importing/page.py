"""/practice/import-clients: Import clients."""

import reflex as rx

from portal.practice.components_back import back_to
from portal.practice.importing import words
from portal.practice.importing.components import example
from portal.practice.importing.state import ImportState
from portal.ui.kit.client_import import ClientImport
from portal.ui.kit.states import settled
from portal.ui.layout import Page, staff_page
from portal.ui.shell_state import ShellState


def import_page() -> rx.Component:
    """How the file should look, and taking it in."""
    send = ClientImport.create(to="/practice/clients/import", query=ShellState.query, words=words.IMPORT)
    content = rx.el.div(example(), send, class_name="grid max-w-3xl gap-8")
    return staff_page(
        words.TITLE,
        settled(ImportState.loaded, ImportState.refusal, content, on_retry=ImportState.load),
        lead=words.LEAD,
        back=back_to(words.BACK, "/practice/clients"),
    )


PAGES = (Page("/practice/import-clients", import_page, words.TITLE, ImportState.load),)
