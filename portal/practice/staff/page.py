"""/practice/team: Organization, Team."""

import reflex as rx

from portal.practice.components_sections import organization_sections
from portal.practice.staff import words
from portal.practice.staff.components import invitation, members, question
from portal.practice.staff.state import TeamState
from portal.ui.kit.states import settled
from portal.ui.layout import Page, staff_page


def team_page() -> rx.Component:
    """Who works here, and the way to invite more."""
    content = rx.el.div(invitation(), members(), class_name="grid gap-8")
    return staff_page(
        "Team",
        settled(TeamState.loaded, TeamState.refusal, content, on_retry=TeamState.load),
        question(),
        lead=words.LEAD,
        back=organization_sections(),
    )


PAGES = (Page("/practice/team", team_page, "Team", TeamState.load),)
