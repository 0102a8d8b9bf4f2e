"""The part of the settings page about the colour of mails."""

import reflex as rx

from portal.models import Colour
from portal.notifications.colours import SHADES
from portal.practice.settings import words
from portal.practice.settings.state_colour import ColourState
from portal.ui.kit.classes import CARD, HELP, INPUT, LABEL, PADDED, join
from portal.ui.kit.fields import action_form, submit


def mail_colour() -> rx.Component:
    """One of a few colours, each beside its name."""
    choices = [rx.el.option(words.COLOURS[colour], value=colour.value) for colour in Colour]
    field = rx.el.div(
        rx.el.label(words.COLOUR_LABEL, html_for="mail-colour", class_name=LABEL),
        rx.el.div(
            rx.el.select(
                *choices,
                id="mail-colour",
                name="colour",
                default_value=ColourState.colour,
                key=ColourState.colour_saved,
                aria_describedby="mail-colour-help",
                class_name=join(INPUT, "max-w-60"),
            ),
            _swatch(),
            class_name="mt-1 flex items-center gap-3",
        ),
        rx.el.p(words.COLOUR_HELP, id="mail-colour-help", class_name=join("mt-1 text-sm", HELP)),
    )
    form = action_form(field, submit(words.COLOUR_SAVE, "plain"), on_submit=ColourState.save)
    section: rx.Component = rx.el.section(
        rx.el.h2(words.COLOUR, id="colour-title", class_name="text-lg font-semibold"),
        rx.el.div(form, class_name=join(CARD, PADDED, "mt-3")),
        aria_labelledby="colour-title",
    )
    return section


def _swatch() -> rx.Component:
    """The colour as it is now; its name stands beside it."""
    shown = ((colour.value, SHADES[colour].button) for colour in Colour)
    made: rx.Component = rx.el.span(
        aria_hidden=True,
        class_name="size-8 shrink-0 rounded-full border border-line",
        style={"background": rx.match(ColourState.colour, *shown, "transparent")},
    )
    return made
