"""The notice, the idle warning and the sign-in over the page, with their words."""

import reflex as rx
from reflex_base.vars.base import Var

from portal.ui import words
from portal.ui.kit.shell_parts import Notice, OutboxNotice, SessionKeeper, StepUp
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
    "code": "Code",
    "codeWhy": "Your password is right. Now enter the code from your app, or one of your recovery codes.",
    "somebodyElse": "Not you? Sign in as somebody else",
    "unreachable": "We cannot reach the portal. Please check your connection and try again.",
}


_OUTBOX_WORDS = {
    "waits": "A message of yours is not sent yet. It goes out when you open its conversation.",
    "refused": "A message of yours could not be sent. What you wrote is in its conversation.",
    "open": "Open the conversation",
    "drop": "Throw it away",
    "dropTitle": "Throw this message away?",
    "dropText": "What you wrote is nowhere else: nobody has got it yet.",
    "keep": "Keep it",
}


_STEP_UP_WORDS = {
    "title": "Please confirm it is you",
    "why": "This matters, so we ask for your password again. Then it goes on where you were.",
    "password": "Password",
    "code": "Code from your app",
    "codeHelp": "Or one of your recovery codes.",
    "confirm": "Confirm",
    "cancel": "Leave it",
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


def waiting_messages() -> rx.Component:
    """What was written in a conversation and is not sent yet, on every other page."""
    return OutboxNotice.create(account=PageState.account_id, words=Var.create(_OUTBOX_WORDS))


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


def step_up() -> rx.Component:
    """The question who one is, before what matters most."""
    return StepUp.create(
        asked=PageState.step_up_asked,
        asks_code=PageState.step_up_code,
        email=ShellState.email,
        words=Var.create(_STEP_UP_WORDS),
        on_confirmed=ShellState.confirmed,
        on_not_now=ShellState.not_now,
    )
