"""The part of assets/ui/client_import.jsx: a list of clients is looked through, then taken in."""

import reflex as rx


class ClientImport(rx.Component):
    """Sends a CSV file to `to`: once to look through it, and again, when somebody has seen what is wrong, to import."""

    library = "$/public/ui/client_import.jsx"
    tag = "ClientImport"
    to: rx.Var[str]
    query: rx.Var[str]
    words: rx.Var[dict[str, str]]
