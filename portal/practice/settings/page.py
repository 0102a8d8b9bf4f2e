"""/practice/settings: Organization, Client Portal."""

import reflex as rx

from portal.practice.clients.state import ClientsState
from portal.practice.clients.state_bulk import BulkState
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
from portal.practice.settings.components_clients import manage_clients, on_this_page
from portal.practice.settings.components_colour import mail_colour
from portal.practice.settings.state import SettingsState
from portal.practice.settings.state_answering import AnsweringState
from portal.practice.settings.state_colour import ColourState
from portal.practice.settings.state_history import HistoryState
from portal.ui.kit.states import settled
from portal.ui.layout import Page, staff_page

PARTS = (AnsweringState.load, ColourState.load, HistoryState.load, ClientsState.load, BulkState.load)


def settings_page() -> rx.Component:
    """Every switch, the links to hand out, the clients, and what was changed when; to other roles how it all stands."""
    changes = SettingsState.may_change
    content = rx.el.div(
        rx.cond(changes, on_this_page()),
        feature_switches(),
        notice_switches(),
        rx.cond(changes, answering_hours()),
        rx.cond(changes, mail_colour()),
        rx.cond(changes, team_switches()),
        shortcut_cards(),
        rx.cond(changes, change_history()),
        rx.cond(changes, manage_clients()),
        class_name="grid gap-10",
    )
    return staff_page(
        "Client Portal",
        settled(SettingsState.loaded, SettingsState.refusal, content, on_retry=SettingsState.load),
        before_and_after(),
        lead=rx.cond(~SettingsState.loaded | changes, words.LEAD, words.READ_ONLY),
        back=organization_sections(),
    )


PAGES = (Page("/practice/settings", settings_page, "Client Portal", (SettingsState.load, *PARTS)),)
