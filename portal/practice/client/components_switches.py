"""The switches of one client, the question before an address is shown, and the way back."""

from typing import Any

import reflex as rx

from portal.practice.client import words
from portal.practice.client.components import section
from portal.practice.client.state_switches import SwitchState
from portal.ui.kit.classes import BESIDE, HELP, LABEL, ROWS, join
from portal.ui.kit.decisions import Question, Switch, UndoNotice
from portal.ui.kit.events import call
from portal.ui.kit.states import skeleton
from portal.ui.session_state import PageState
from portal.ui.words import CLOSE

_ANSWERS = SwitchState.answers + PageState.notice_count


def switches() -> rx.Component:
    """What this client can do in the portal, as far as one's role sees it."""
    listed = rx.el.ul(rx.foreach(SwitchState.rows, _switch), class_name=ROWS)
    return section(
        "features",
        words.FEATURES,
        rx.cond(SwitchState.loaded, listed, skeleton(1)),
        help_text=words.FEATURES_HELP,
    )


def before_and_after_switching() -> rx.Component:
    """The question before a change, and the way back after it."""
    asked: Any = SwitchState.asked
    done: Any = SwitchState.done
    return rx.fragment(
        Question.create(
            open=asked.name != "",
            title=asked.title,
            lines=asked.lines,
            confirm=words.SHOW_ADDRESS,
            cancel=words.KEEP_HIDDEN,
            harms=True,
            on_confirm=call(SwitchState.switch, asked.name, False, asked.step),
            on_cancel=SwitchState.leave_it,
        ),
        UndoNotice.create(
            text=done.sentence,
            count=done.count,
            undo=words.UNDO,
            close=CLOSE,
            on_undo=call(SwitchState.switch, done.name, done.value),
        ),
    )


def _switch(row: Any) -> rx.Component:
    id_ = "feature-" + row.name.to(str)
    name = rx.el.label(row.label, id=id_ + "-label", html_for=id_, class_name=join(LABEL, "cursor-pointer"))
    told = rx.el.div(
        rx.el.p(row.detail, class_name=join("mt-1 text-sm", HELP)),
        rx.el.p(row.reason, class_name=join("text-sm empty:hidden", HELP)),
        id=id_ + "-help",
    )
    return rx.el.li(
        rx.el.div(
            rx.el.div(name, told, class_name=BESIDE),
            Switch.create(
                id=id_,
                on=row.is_on,
                locked=row.locked,
                answers=_ANSWERS,
                described_by=id_ + "-help",
                on_switch=lambda on: call(SwitchState.switch, row.name, on),
            ),
            class_name="flex flex-wrap items-start gap-x-4 gap-y-2",
        ),
        key=row.name,
        class_name="px-5 py-4 sm:px-6",
    )
