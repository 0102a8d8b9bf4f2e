"""/practice/settings: Organization, Client Portal."""

import reflex as rx

from portal.practice.components_sections import organization_sections
from portal.practice.settings import words
from portal.practice.settings.components import (
    before_and_after,
    change_history,
    feature_switches,
    notice_switches,
    shortcut_cards,
    team_switches,
)
from portal.practice.settings.components_answering import answering_hours
from portal.practice.settings.components_colour import mail_colour
from portal.practice.settings.state import SettingsState
from portal.practice.settings.state_answering import AnsweringState
from portal.practice.settings.state_colour import ColourState
from portal.ui.kit.states import settled
from portal.ui.layout import Page, staff_page


def settings_page() -> rx.Component:
    """Every switch, the links to hand out, and what was changed when."""
    content = rx.el.div(
        feature_switches(),
        notice_switches(),
        answering_hours(),
        mail_colour(),
        team_switches(),
        shortcut_cards(),
        change_history(),
        class_name="grid gap-10",
    )
    return staff_page(
        "Client Portal",
        settled(SettingsState.loaded, SettingsState.refusal, content, on_retry=SettingsState.load),
        before_and_after(),
        lead=words.LEAD,
        back=organization_sections(),
    )


PAGES = (
    Page(
        "/practice/settings",
        settings_page,
        "Client Portal",
        (SettingsState.load, AnsweringState.load, ColourState.load),
    ),
)
