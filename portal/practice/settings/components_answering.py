"""The part of the settings page about when messages are answered."""

import reflex as rx

from portal.messaging.service_hours import MOST
from portal.practice.settings import words
from portal.practice.settings.state_answering import AnsweringState
from portal.ui.kit.classes import CARD, HELP, INPUT, LABEL, PADDED, join
from portal.ui.kit.fields import action_form, submit


def answering_hours() -> rx.Component:
    """One line in the practice's own words."""
    field = rx.el.div(
        rx.el.label(words.ANSWERING_LABEL, html_for="answering-hours", class_name=LABEL),
        rx.el.input(
            id="answering-hours",
            name="hours",
            default_value=AnsweringState.answering,
            key=AnsweringState.answering_saved,
            max_length=MOST,
            auto_complete="off",
            aria_describedby="answering-help",
            class_name=join(INPUT, "mt-1"),
        ),
        rx.el.p(words.ANSWERING_HELP, id="answering-help", class_name=join("mt-1 text-sm", HELP)),
    )
    form = action_form(field, submit(words.ANSWERING_SAVE, "plain"), on_submit=AnsweringState.save)
    section: rx.Component = rx.el.section(
        rx.el.h2(words.ANSWERING, id="answering-title", class_name="text-lg font-semibold"),
        rx.el.div(form, class_name=join(CARD, PADDED, "mt-3")),
        aria_labelledby="answering-title",
    )
    return section
