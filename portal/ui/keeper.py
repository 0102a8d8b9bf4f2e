"""The notice, the idle warning and the sign-in over the page, with their words."""

import reflex as rx
from reflex_base.vars.base import Var

from portal.ui import words
from portal.ui.kit.shell_parts import Notice, SessionKeeper
from portal.ui.session_state import PageState
from portal.ui.shell_state import ShellState

_WORDS = {
    "warning": "Are you still there?",
    "countdown": "To keep your information safe, we will sign you out in",
    "stay": "Stay signed in",
    "leave": words.SIGN_OUT,
    "title": "Please sign in again",
    "kept": "You were away for a while, so we locked the page. What you wrote is still here.",
    "email": "Email",
    "password": "Password",
    "signIn": "Sign in",
    "somebodyElse": "Not you? Sign in as somebody else",
    "unreachable": "We cannot reach the portal. Please check your connection and try again.",
}


def notice() -> rx.Component:
    """The one sentence that the server has for the person."""
    return Notice.create(
        text=PageState.notice,
        tone=PageState.notice_tone,
        count=PageState.notice_count,
        close_label=words.CLOSE,
    )


def session_keeper() -> rx.Component:
    """What watches over the session in the browser."""
    return SessionKeeper.create(
        left=ShellState.idle_left,
        checks=ShellState.idle_checks,
        ended=PageState.ended,
        because=PageState.ended_because,
        account=PageState.account_id,
        email=ShellState.email,
        words=Var.create(_WORDS),
        on_check=ShellState.check,
        on_stay=ShellState.stay,
    )
