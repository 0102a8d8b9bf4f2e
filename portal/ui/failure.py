"""What a person sees when something goes wrong, and what the log gets."""

import secrets
from collections.abc import Container
from typing import Any

import structlog

from portal.accounts.service_sign_in import SET_UP
from portal.errors import NotFound, NotPermitted, PortalError, SecondFactorMissing, SentBefore, SignedOut, StepUpNeeded
from portal.ui.ending import end_page
from portal.ui.session_state import PageState

_LETTERS = "ABCDEFGHJKMNPQRSTVWXYZ23456789"
TOO_LARGE = "That was too long to send, so it was not saved. Please shorten it and try again."
_ABSENT = object()
log = structlog.get_logger("portal.door")


def snapshot(page: PageState) -> dict[str, Any]:
    """Note what a page's own vars hold, by reference: handlers assign, they do not change in place."""
    kept = vars(_plain(page))
    return {name: kept.get(name, _ABSENT) for name in _own_fields(page)}


def keep_back(page: PageState, before: dict[str, Any], unsent: Container[str]) -> None:
    """Send nothing of what is as it was, but for what was `unsent` already.

    For live updates alone: what a browser asks for is answered. A frame says that something happened, and whoever may
    see one side of a record does not learn when the others change.
    """
    plain, kept = _plain(page), vars(_plain(page))
    for name, value in before.items():
        was = _default(page, name) if value is _ABSENT else value
        if name not in unsent and kept.get(name, was) == was:
            plain.dirty_vars.discard(name)


def unsent_of(page: PageState) -> frozenset[str]:
    """Return which of a page's own vars changed before a handler began, and were not sent yet."""
    return frozenset(_plain(page).dirty_vars)


def is_begun(page: PageState) -> bool:
    """Say whether any of a page's own vars is not as it began."""
    kept = vars(_plain(page))
    return any(name in kept and kept[name] != _default(page, name) for name in _own_fields(page))


def _own_fields(page: PageState) -> list[str]:
    cls = _plain(page).__class__
    return [name for name, field in cls.__fields__.items() if field._owner is cls]


def _plain(page: PageState) -> Any:
    return getattr(page, "__wrapped__", page)


def _restore(page: PageState, before: dict[str, Any]) -> None:
    if page._is_again and page.keeps:
        _plain(page).reset()  # nothing has found in reach again what it kept
        return
    kept = vars(_plain(page))
    for name, value in before.items():
        if kept.get(name, _ABSENT) is not value:
            setattr(page, name, _default(page, name) if value is _ABSENT else value)


def _default(page: PageState, name: str) -> Any:
    return _plain(page).__class__.__fields__[name].default_value()


async def show_failure(
    page: PageState, wrong: Exception, before: dict[str, Any], *, reads: bool, told: bool = False
) -> None:
    """Put the page back as it was and show why nothing happened; empty it when it may no longer be seen.

    The sentence is said once: where the page stays in a notice, else in place of the page, and read aloud there.
    A part of a page is emptied alone, and not a word is said where it was only to be shown (`reads`). A live update
    that nobody asked for (`told`) says nothing new of a page that was refused before, for the same reason.
    """
    _restore(page, before)
    if isinstance(wrong, SignedOut):
        await end_page(page)
    elif isinstance(wrong, NotFound | NotPermitted) and page.is_part:
        _plain(page).reset()
        if not reads:
            page._say(wrong.sentence, "problem")
    elif isinstance(wrong, NotFound | NotPermitted):
        _plain(page).reset()
        if told and page.refusal == wrong.sentence:
            return
        page.refusal = wrong.sentence
        page.refusal_to = SET_UP if isinstance(wrong, SecondFactorMissing) else ""
        page._say("")
    elif isinstance(wrong, StepUpNeeded):
        page._say("")
    elif isinstance(wrong, PortalError):
        page._refuse(wrong.sentence, for_good=isinstance(wrong, SentBefore))
    else:
        page._say(unexpected(wrong), "problem")


def unexpected(wrong: BaseException) -> str:
    """Log a failure nobody foresaw, without any value it may quote, and return the sentence with its number."""
    number = "".join(secrets.choice(_LETTERS) for _ in range(8))
    number = f"{number[:4]}-{number[4:]}"
    log.error("unexpected failure", reference=number, exc_info=wrong)
    return (
        "Something went wrong on our side, and nothing was changed. Please try again. "
        f"If it happens again, tell your practice this number: {number}."
    )


async def too_large(root: Any) -> None:
    """Say in a tab that a frame was too large to be read; `root` is the tab's state, its lock held."""
    page = await root._get_root_state().get_state(PageState)
    page._say(TOO_LARGE, "problem")


def on_unforeseen(exception: Exception) -> None:
    """Log what went wrong outside of every guard; the browser learns nothing of it."""
    log.error("failure outside of the door", exc_info=exception)


def on_page_error(exception: Exception) -> None:
    """Note that a page reported an error; what it says may quote what is on screen, so it is not kept."""
    log.warning("page error", kind=type(exception).__name__)
