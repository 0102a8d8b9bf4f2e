"""The part of assets/ui/importing.jsx: a form that sends a file to one of our own routes and shows the answer."""

import reflex as rx


class ImportForm(rx.Component):
    """Sends a file, or pasted text, to `to`; the answer says what was brought in and what is not acted upon."""

    library = "$/public/ui/importing.jsx"
    tag = "ImportForm"
    to: rx.Var[str]
    query: rx.Var[str]
    words: rx.Var[dict[str, str]]
