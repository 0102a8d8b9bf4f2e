"""The part of assets/ui/leaving.jsx: on to another site."""

import reflex as rx


class Leaving(rx.Component):
    """Takes the browser to an address as soon as there is one; a link beside it does the same."""

    library = "$/public/ui/leaving.jsx"
    tag = "Leaving"
    to: rx.Var[str]
    label: rx.Var[str]
