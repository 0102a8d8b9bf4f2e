"""/home: what do I have to do?"""

import reflex as rx

from portal.home.components import todo_list
from portal.home.state import HomeState
from portal.ui.kit.states import settled
from portal.ui.layout import Page, client_page


def home_page() -> rx.Component:
    """The to-do list of everybody one acts for."""
    return client_page("To do", settled(HomeState.loaded, HomeState.refusal, todo_list(), on_retry=HomeState.load))


PAGES = (Page("/home", home_page, "Home", HomeState.load),)
