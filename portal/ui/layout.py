"""The frame of every page: `client_page` and `staff_page`.

    def forms_page() -> rx.Component:
        return client_page(
            "Forms", settled(FormsState.loaded, FormsState.refusal, forms_list(), on_retry=FormsState.load)
        )

    PAGES = (Page("/forms", forms_page, "Forms", FormsState.load),)  # portal.py adds the pages of every feature

`heading` is the page's one `h1`; it takes the focus after a move to the page. Links inside the portal keep whom one
acts for: `ShellState.query` goes behind every address (`inner_link(…, to="/forms" + ShellState.query)`).
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import reflex as rx

from portal.ui import frame_classes as look
from portal.ui import words
from portal.ui.frame import footer_links, header, main_navigation, person_switcher, viewing_bar
from portal.ui.keeper import notice, session_keeper, step_up, waiting_messages
from portal.ui.kit.shell_parts import PageContent, PageFocus, PageMain
from portal.ui.shell_state import ShellState


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a feature. `title` is neutral: it names no person and no illness.

    `on_load` is a handler, or several where a page is made of sections that load by themselves.
    """

    route: str
    component: Callable[[], rx.Component]
    title: str
    on_load: Any


def add_page(app: rx.App, page: Page) -> None:
    """Add a page to the app, with the frame's own loading before the page's."""
    practice = rx.cond(ShellState.practice_short != "", ShellState.practice_short, words.PRODUCT)
    app.add_page(
        page.component,
        route=page.route,
        title=rx.Var.create(f"{page.title} · ") + practice,
        on_load=[ShellState.load, *(page.on_load if isinstance(page.on_load, tuple) else (page.on_load,))],
    )


def client_page(
    heading: Any, *children: rx.Component, lead: Any = None, back: rx.Component | None = None
) -> rx.Component:
    """Frame a client-side page: one column, at most 720 px. `lead` stands below the heading, `back` is a link above."""
    return _framed("max-w-column", heading, children, lead, back)


def staff_page(
    heading: Any, *children: rx.Component, lead: Any = None, back: rx.Component | None = None
) -> rx.Component:
    """Frame a staff page: wider and denser."""
    return _framed("max-w-5xl", heading, children, lead, back)


def _framed(
    width: str, heading: Any, children: tuple[rx.Component, ...], lead: Any, back: rx.Component | None
) -> rx.Component:
    return rx.el.div(
        PageFocus.create(label=words.SKIP, class_name=look.SKIP),
        rx.el.header(
            header(),
            person_switcher(),
            main_navigation(),
            footer_links(),
            class_name=look.SIDE,
        ),
        PageMain.create(
            viewing_bar(),
            waiting_messages(),
            *([back] if back else []),
            rx.el.h1(heading, id="page-heading", tab_index=-1, class_name=look.HEADING),
            *([rx.el.p(lead, class_name="mt-2 text-ink-soft")] if lead is not None else []),
            PageContent.create(*children, class_name="mt-6"),
            place=ShellState.place,
            id="content",
            custom_attrs={"tabIndex": -1},
            class_name=f"{look.MAIN} {width}",
        ),
        rx.el.noscript(words.NEEDS_SCRIPT),
        notice(),
        session_keeper(),
        step_up(),
        class_name=look.PAGE,
    )
