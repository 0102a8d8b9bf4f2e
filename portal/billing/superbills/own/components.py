"""The part of /billing about superbills."""

from typing import Any

import reflex as rx

from portal.billing.superbills import words_page as words
from portal.billing.superbills.components import period_form
from portal.billing.superbills.own.state import OwnSuperbillState
from portal.ui.kit.classes import HELP


def own_superbill() -> rx.Component:
    """The way to a superbill, for who may take one; nothing for anybody else."""
    state: Any = OwnSuperbillState
    part = rx.el.section(
        rx.el.h2(words.TITLE, id="superbill", class_name="mb-1 text-lg font-semibold"),
        rx.el.p(words.OWN_HELP, " ", words.OWN_CARE, class_name=HELP),
        period_form(state),
        aria_labelledby="superbill",
    )
    return rx.cond(state.shown, part)
