"""The card about codes at sign-in, and the note where a practice asks for them."""

from typing import Any

import reflex as rx

from portal.accounts.second_factor import words
from portal.accounts.second_factor.state import SecondFactorState
from portal.ui.kit.buttons import button, button_link
from portal.ui.kit.classes import CARD, HELP, INPUT, LABEL, PADDED, join
from portal.ui.kit.decisions import CopyButton
from portal.ui.kit.editing import ConfirmButton
from portal.ui.kit.fields import action_form, field, submit

_BUTTONS = "mt-5 flex flex-wrap gap-3"
_IN_WORDS: Any = SecondFactorState.required_by
_LEFT: Any = SecondFactorState.codes_left


def required_note() -> rx.Component:
    """That a practice asks for codes and stays closed without them; at the top, because nothing else goes on."""
    note = rx.el.div(
        rx.el.p(_IN_WORDS, words.IS_REQUIRED),
        rx.el.div(rx.el.a(words.GO_TO_SET_UP, href="#second-factor", class_name=_LINK), class_name="mt-3"),
        class_name="rounded-small border-l-4 border-caution bg-caution-soft p-4",
    )
    return rx.cond((SecondFactorState.required_by != "") & ~SecondFactorState.is_on, note)


_LINK = "inline-flex min-h-target items-center font-semibold underline underline-offset-4"


def second_factor_card() -> rx.Component:
    """Codes at sign-in: how they stand, and what can be done about them."""
    return rx.el.section(
        rx.el.h2(words.TITLE, id="second-factor", class_name="text-lg font-semibold"),
        rx.el.p(rx.cond(SecondFactorState.is_on, words.IS_ON, words.IS_OFF), class_name=join("mt-1", HELP)),
        rx.cond(
            SecondFactorState.codes != "",
            _codes(),
            rx.cond(SecondFactorState.secret != "", _set_up(), _choices()),
        ),
        aria_labelledby="second-factor",
        class_name=join(CARD, PADDED, "scroll-mt-6"),
    )


def _choices() -> rx.Component:
    return rx.cond(
        SecondFactorState.is_on,
        rx.fragment(
            rx.el.p(
                rx.cond(SecondFactorState.codes_left == 1, words.ONE_LEFT, rx.fragment(_LEFT, words.ARE_LEFT)),
                class_name="mt-3",
            ),
            rx.cond(
                SecondFactorState.required_by != "", rx.el.p(_IN_WORDS, words.STAYS_ON, class_name=join("mt-1", HELP))
            ),
            rx.el.div(
                _confirm(words.NEW_CODES, words.NEW_CODES_TITLE, words.NEW_CODES_TEXT, SecondFactorState.renew),
                button(words.OTHER_APP, on_click=SecondFactorState.begin),
                rx.cond(
                    SecondFactorState.required_by == "",
                    _confirm(
                        words.SWITCH_OFF, words.OFF_TITLE, words.OFF_TEXT, SecondFactorState.switch_off, kind="danger"
                    ),
                ),
                class_name=_BUTTONS,
            ),
        ),
        rx.el.div(button(words.SET_UP, on_click=SecondFactorState.begin), class_name=_BUTTONS),
    )


def _confirm(label: str, title: str, text: str, handler: Any, kind: str = "plain") -> rx.Component:
    return ConfirmButton.create(
        label=label,
        kind=kind,
        mild=kind == "plain",
        title=title,
        text=text,
        confirm=label,
        cancel=words.CANCEL,
        on_confirm=handler,
    )


def _set_up() -> rx.Component:
    """The three steps: an app, its secret by picture or by hand, and its first code."""
    return rx.el.div(
        rx.el.ol(
            rx.el.li(words.STEP_APP),
            rx.el.li(
                words.STEP_SCAN,
                rx.el.img(
                    src=SecondFactorState.picture, alt=words.PICTURE, class_name="mt-3 size-48 rounded-small bg-card"
                ),
                rx.el.p(words.BY_HAND, class_name="mt-3", id="secret-label"),
                rx.el.p(
                    SecondFactorState.secret,
                    class_name="mt-1 break-words rounded-small bg-sunk p-3 font-semibold tracking-wide select-all",
                    aria_labelledby="secret-label",
                    role="group",
                ),
            ),
            rx.el.li(words.STEP_CODE),
            class_name="mt-4 grid list-decimal gap-4 pl-6",
        ),
        action_form(
            field(words.CODE, "code", auto_complete="one-time-code", auto_capitalize="none", required=True),
            rx.el.div(
                submit(words.SWITCH_ON),
                button(words.CANCEL, on_click=SecondFactorState.put_away),
                class_name="flex flex-wrap gap-3",
            ),
            on_submit=SecondFactorState.confirm,
            cleared=SecondFactorState.saved,
            class_name="mt-5",
        ),
    )


def _codes() -> rx.Component:
    """The recovery codes, this once."""
    return rx.el.div(
        rx.el.label(words.CODES, html_for="recovery-codes", class_name=LABEL),
        rx.el.p(words.KEEP_THEM, id="recovery-help", class_name=HELP),
        rx.el.textarea(
            id="recovery-codes",
            value=SecondFactorState.codes,
            read_only=True,
            rows="10",
            spell_check=False,
            aria_describedby="recovery-help",
            class_name=join(INPUT, "mt-2 max-w-80 bg-sunk tracking-wide"),
        ),
        rx.el.div(
            CopyButton.create(
                words.COPY,
                target="recovery-codes",
                label=words.COPY_LABEL,
                copied=words.COPIED,
                by_hand=words.COPY_BY_HAND,
            ),
            button(words.KEPT, kind="primary", on_click=SecondFactorState.put_away),
            rx.cond(SecondFactorState.required_by != "", button_link(words.TO_PRACTICE, to="/practice")),
            class_name=_BUTTONS,
        ),
        class_name="mt-4",
    )
