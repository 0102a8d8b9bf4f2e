"""The card about mails."""

from typing import Any

import reflex as rx

from portal.accounts.muting.state import MutingState
from portal.ui.kit.classes import BESIDE, CARD, HELP, LABEL, PADDED, join
from portal.ui.kit.decisions import Switch
from portal.ui.kit.events import call
from portal.ui.session_state import PageState

_TITLE = "Mails to you"
_HELP = "Choose what we tell you about by mail. Mails about your login itself always come."


def mails_card() -> rx.Component:
    """A switch for each kind of mail that this person gets; nothing where there is none."""
    card = rx.el.section(
        rx.el.h2(_TITLE, id="mails-title", class_name="text-lg font-semibold"),
        rx.el.p(_HELP, class_name=join("mt-1", HELP)),
        rx.el.ul(rx.foreach(MutingState.mails, _mail), class_name="mt-3 divide-y divide-line"),
        aria_labelledby="mails-title",
        class_name=join(CARD, PADDED),
    )
    return rx.cond(MutingState.mails.length() > 0, card)


def _mail(row: Any) -> rx.Component:
    id_ = "mail-" + row.kind.to(str)
    return rx.el.li(
        rx.el.label(row.label, id=id_ + "-label", html_for=id_, class_name=join(LABEL, BESIDE, "cursor-pointer")),
        Switch.create(
            id=id_,
            on=row.is_wanted,
            locked=False,
            answers=MutingState.answers + PageState.notice_count,
            on_switch=lambda on: call(MutingState.want, row.kind, on),
        ),
        key=row.kind,
        class_name="flex min-h-target flex-wrap items-center gap-x-4 gap-y-2 py-3",
    )
