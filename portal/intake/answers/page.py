"""/practice/answers/[assignment_id]: a form that came in."""

from typing import Any

import reflex as rx

from portal.intake import words_pages as words
from portal.intake.answers.components import back_to, document_link, read_sheet
from portal.intake.answers.components_handling import around, courses, earlier_note, standing, under_line
from portal.intake.answers.state import AnswersState
from portal.intake.answers.state_course import CourseState
from portal.intake.answers.state_handling import HandlingState
from portal.ui.kit.states import empty, settled
from portal.ui.layout import Page, staff_page
from portal.ui.shell_state import ShellState

_SHEET: Any = AnswersState.sheet
_EARLIER: Any = HandlingState.earlier


def answers_page() -> rx.Component:
    """The answers, or that the form is still being filled in: it appears here when it is sent."""
    is_there, is_waiting = _SHEET.id != "", AnswersState.waiting != ""
    shown = rx.cond(
        is_waiting,
        empty(words.NOT_YET, AnswersState.waiting, sign="hourglass"),
        rx.el.div(
            standing(document_link(_SHEET)),
            courses(),
            rx.cond(_EARLIER.id != "", earlier_note()),
            rx.cond(_EARLIER.id != "", read_sheet(_EARLIER), read_sheet(_SHEET, under_line)),
            around(),
            class_name="max-w-3xl",
        ),
    )
    return staff_page(
        rx.cond(is_there, _SHEET.title, words.ANSWERS),
        settled(is_there | is_waiting, AnswersState.refusal, shown, on_retry=AnswersState.load),
        lead=rx.cond(is_there, rx.fragment(_SHEET.client, " · ", _SHEET.sent)),
        back=back_to(words.BACK_TO_TODAY, rx.Var.create("/practice") + ShellState.query),
    )


_ON_LOAD = (AnswersState.load, HandlingState.load, CourseState.load)
PAGES = (Page("/practice/answers/[assignment_id]", answers_page, words.ANSWERS, _ON_LOAD),)
