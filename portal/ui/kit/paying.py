"""The part of assets/ui/paying.jsx."""

import reflex as rx


class PayButton(rx.Component):
    """Sends the form it stands in; with a card that is kept it asks first, and names the sum and the card.

    The form has the fields `part` and `card`, and boxes with `data-cents`. `pattern` is an amount with # in place of
    its number; `words` are title, text, confirm and cancel, with {sum} and {card} in them.
    """

    library = "$/public/ui/paying.jsx"
    tag = "PayButton"
    pattern: rx.Var[str]
    words: rx.Var[dict[str, str]]
