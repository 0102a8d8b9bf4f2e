"""For administrators: the conversations they are not in, and opening one with a reason."""

from typing import Any

import reflex as rx

from portal.messaging import words_pages as words
from portal.messaging.rules import LONGEST_REASON
from portal.messaging.staff.state_client import GlassState
from portal.ui.kit.classes import CARD, HELP, INPUT, LABEL, PADDED, join
from portal.ui.kit.fields import action_form, submit


def break_glass() -> rx.Component:
    """That there are other conversations: who and when, never what."""
    listed = rx.el.ul(rx.foreach(GlassState.others, _other), class_name="mt-3 grid gap-4")
    section = rx.el.section(
        rx.el.h2(words.OTHERS, id="others-title", class_name="text-lg font-semibold"),
        rx.el.p(words.OTHERS_HELP, class_name=join("mt-1 max-w-prose", HELP)),
        rx.cond(GlassState.others.length() > 0, listed, rx.el.p(words.NO_OTHERS, class_name="mt-3")),
        aria_labelledby="others-title",
        class_name="mt-4",
    )
    return rx.cond(GlassState.is_shown, section)


def _other(one: Any) -> rx.Component:
    id_ = "reason-" + one.id.to(str)
    form = action_form(
        rx.el.input(type="hidden", name="thread", value=one.id, read_only=True),
        rx.el.div(
            rx.el.label(words.REASON, html_for=id_, class_name=LABEL),
            rx.el.input(
                id=id_,
                name="reason",
                required=True,
                max_length=LONGEST_REASON,
                auto_complete="off",
                aria_describedby=id_ + "-help",
                class_name=join(INPUT, "mt-1"),
            ),
            rx.el.p(words.REASON_HELP, id=id_ + "-help", class_name=join("mt-1 text-sm", HELP)),
        ),
        submit(words.OPEN, "danger"),
        on_submit=GlassState.open,
    )
    return rx.el.li(
        rx.el.p(one.people, class_name="font-semibold"),
        rx.el.p(one.when, class_name=join("mb-3 text-sm", HELP)),
        form,
        key=one.id,
        class_name=join(CARD, PADDED),
    )
