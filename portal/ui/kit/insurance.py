"""The part of assets/ui/insurance.jsx: a photo of one side of a card."""

import reflex as rx


class CardPhoto(rx.Component):
    """Takes a photo, sends it to `to`, and puts its id into the form's field `name`.

    `current` is the address of the photo on record, empty where there is none.
    """

    library = "$/public/ui/insurance.jsx"
    tag = "CardPhoto"
    name: rx.Var[str]
    label: rx.Var[str]
    to: rx.Var[str]
    current: rx.Var[str]
    words: rx.Var[dict[str, str]]
