"""What lies over every page that has a socket: the word that the connection is lost, and the page of last resort.

The stock overlay shouts on pages that need no socket, and speaks of servers; ours waits a moment and says what happens
to what was typed.
"""

from typing import Any

import reflex as rx
from reflex_base.components.component import Component
from reflex_components_core.base.error_boundary import ErrorBoundary
from reflex_components_core.core.banner import connection_errors_count

from portal.ui import words

_BROKEN = "rounded border border-line bg-card p-6 text-ink"


class ConnectionBanner(rx.Component):
    """The part of assets/ui/connection.jsx."""

    library = "$/public/ui/connection.jsx"
    tag = "ConnectionBanner"
    errors: rx.Var[int]
    words: rx.Var[str]
    coming: rx.Var[str]
    undone: rx.Var[str]


def connection_banner() -> Component:
    """Say that the connection is lost, and what was not done because its page was left meanwhile."""
    made: Component = ConnectionBanner.create(
        errors=connection_errors_count,
        words=words.CONNECTION_LOST,
        coming=words.PAGE_COMING,
        undone=words.NOT_DONE,
    )
    return made


def page_boundary() -> Component:
    """Catch what breaks while a page is drawn, and offer the way out of it; what broke goes nowhere."""
    fallback = rx.el.main(
        rx.el.h1(words.BROKEN_TITLE, class_name="text-xl font-semibold"),
        rx.el.p(words.BROKEN, class_name="mt-2"),
        rx.el.a(words.BROKEN_AGAIN, href="", class_name="mt-4 inline-block font-semibold underline underline-offset-4"),
        class_name=f"mx-auto mt-10 max-w-column {_BROKEN}",
    )
    made: Component = ErrorBoundary.create(fallback_render=rx.Var.create(fallback), on_error=rx.noop())
    return made


def app_wraps() -> dict[tuple[int, str], Any]:
    """Return what Reflex wraps around every page, in place of its own."""
    return {
        (55, "ErrorBoundary"): lambda _stateful: page_boundary(),
        (5, "Overlay"): lambda stateful: rx.fragment(connection_banner()) if stateful else None,
    }
