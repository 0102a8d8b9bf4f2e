"""The parts of /practice/insurance about proposals."""

from typing import Any

import reflex as rx

from portal.insurance import words as common
from portal.insurance import words_pages as words
from portal.insurance.components import compared
from portal.insurance.review.state import ReviewState
from portal.ui.kit.buttons import button, button_link
from portal.ui.kit.classes import BESIDE, CARD, HELP, INPUT, LABEL, PADDED, ROW, ROWS, join
from portal.ui.kit.editing import ConfirmButton
from portal.ui.kit.events import call
from portal.ui.kit.fields import action_form, submit
from portal.ui.kit.states import empty
from portal.ui.shell_state import ShellState

_ONE: Any = ReviewState.proposal
_RADIO = "size-6 shrink-0 accent-accent"
_CHOICE = "flex min-h-target cursor-pointer items-center gap-2"
_NOTE = "rounded-small border-l-4 border-caution bg-caution-soft p-3"


def queue() -> rx.Component:
    """Everything that waits, or that nothing does."""
    rows = rx.el.ul(rx.foreach(ReviewState.rows, _row), class_name=ROWS)
    more = rx.cond(ReviewState.has_more, button(words.MORE, on_click=ReviewState.more, classes="mt-4"))
    listed = rx.cond(ReviewState.rows.length() > 0, rx.fragment(rows, more), empty(words.NOBODY, words.NOBODY_HELP))
    return rx.el.section(
        rx.el.h2(words.QUEUE, id="queue", class_name="mb-3 text-lg font-semibold"),
        rx.el.div(listed, aria_live="polite", aria_relevant="additions"),
        aria_labelledby="queue",
    )


def _row(row: Any) -> rx.Component:
    return rx.el.li(
        rx.el.div(
            rx.el.p(row.client, class_name="font-semibold"),
            rx.el.p(row.about),
            rx.el.p(row.told, class_name=join("text-sm", HELP)),
            class_name=BESIDE,
        ),
        button(
            words.OPEN,
            rx.el.span(" ", row.client, class_name="sr-only"),
            on_click=call(ReviewState.open_proposal, row.id),
        ),
        class_name=join(ROW, "flex-wrap"),
        key=row.id,
    )


def proposal() -> rx.Component:
    """One proposal, old beside new, with what is decided about each line."""
    moved = rx.el.div(
        rx.el.p(words.MOVED_ON),
        button(words.LOOK_AGAIN, on_click=call(ReviewState.open_proposal, _ONE.id), classes="mt-3"),
        class_name=_NOTE,
    )
    return rx.el.section(
        button(words.BACK_TO_QUEUE, on_click=call(ReviewState.open_proposal, "")),
        rx.el.h2(_ONE.client_name, id="proposal", tab_index=-1, class_name="mt-5 text-xl font-semibold"),
        rx.el.h3(_ONE.about, class_name="font-semibold"),
        rx.el.p(_ONE.told, class_name=join("text-sm", HELP)),
        rx.el.div(rx.cond(ReviewState.moved, moved), role="status", class_name="mt-3"),
        rx.cond(_ONE.is_stale, rx.el.p(words.STALE_STAFF, class_name=join("mt-3", _NOTE))),
        rx.cond(_ONE.new_payer != "", rx.el.p(words.NEW_PAYER, class_name=join("mt-3", _NOTE))),
        rx.cond(_ONE.is_waiting, _form(), compared(_ONE.lines, words.WAS_BEFORE, words.ASKED)),
        rx.el.div(
            button_link(
                words.RECORD,
                to="/practice/clients/" + _ONE.client_id.to(str) + "/insurance" + ShellState.query,
            ),
            class_name="mt-5",
        ),
        aria_labelledby="proposal",
        class_name=join(CARD, PADDED),
    )


def _form() -> rx.Component:
    accept = ConfirmButton.create(
        label=words.ACCEPT_ALL,
        kind="plain",
        title=words.ACCEPT_ALL_TITLE,
        text=words.ACCEPT_ALL_TEXT,
        confirm=words.ACCEPT_ALL,
        cancel=words.CANCEL,
        mild=True,
        on_confirm=call(ReviewState.accept_everything, _ONE.revision, _ONE.policy),
    )
    form = action_form(
        rx.el.input(type="hidden", name="seen", value=_ONE.revision.to_string(), read_only=True),
        rx.el.input(type="hidden", name="policy", value=_ONE.policy.to_string(), read_only=True),
        rx.el.datalist(rx.foreach(ReviewState.offered, lambda name: rx.el.option(value=name)), id="payers"),
        compared(_ONE.lines, words.BEFORE, words.AFTER, decision=_decision),
        rx.cond(_ONE.policy == 0, _place()),
        rx.el.div(
            rx.el.label(words.MESSAGE, html_for="message", class_name=LABEL),
            rx.el.textarea(
                id="message",
                name="message",
                max_length=500,
                rows="3",
                aria_describedby="message-help",
                class_name=join(INPUT, "mt-1"),
            ),
            rx.el.p(words.MESSAGE_HELP, id="message-help", class_name=join("mt-1 text-sm", HELP)),
        ),
        rx.el.div(submit(words.DECIDE), accept, class_name="flex flex-wrap gap-3"),
        on_submit=ReviewState.decide,
        cleared=ReviewState.done,
        class_name="mt-2",
    )
    return rx.el.div(form, key=_ONE.id.to(str) + _ONE.revision.to_string() + "-" + _ONE.policy.to_string())


def _decision(line: Any) -> rx.Component:
    name = "verdict-" + line.field.to(str)
    return rx.el.fieldset(
        rx.el.legend(words.DECIDE_LINE, rx.el.span(" ", line.label), class_name="sr-only"),
        rx.el.div(
            _verdict(name, "accept", words.ACCEPT),
            rx.cond(line.kind != "photo", _verdict(name, "edit", words.EDIT)),
            _verdict(name, "reject", words.REJECT),
            class_name="flex flex-wrap gap-x-5",
        ),
        rx.cond(line.kind != "photo", _instead(line)),
        class_name="group/line mt-2",
    )


def _verdict(name: Any, value: str, label: str) -> rx.Component:
    radio = rx.el.input(type="radio", name=name, value=value, required=True, class_name=_RADIO)
    return rx.el.label(radio, label, class_name=_CHOICE)


def _instead(line: Any) -> rx.Component:
    """What staff write in place of what was sent; in sight once they choose to."""
    name = "value-" + line.field.to(str)
    props: dict[str, Any] = {"id": name, "name": name, "default_value": line.raw, "class_name": join(INPUT, "mt-1")}
    holders = (rx.el.option(words_, value=one.value) for one, words_ in common.SUBSCRIBERS.items())
    control = rx.match(
        line.kind,
        ("choice", rx.el.select(*holders, **props)),
        ("day", rx.el.input(type="date", **props)),
        (
            "payer",
            rx.el.input(
                auto_complete="off",
                max_length=120,
                custom_attrs={"list": "payers"},
                on_change=_debounced(),
                **props,
            ),
        ),
        rx.el.input(auto_complete="off", max_length=120, **props),
    )
    return rx.el.div(
        rx.el.label(words.INSTEAD, rx.el.span(": ", line.label, class_name="sr-only"), html_for=name, class_name=LABEL),
        control,
        class_name="mt-1 hidden max-w-md group-has-[input[value=edit]:checked]/line:block",
    )


def _debounced() -> Any:
    suggest: Any = ReviewState.suggest
    return suggest.debounce(250)


def _place() -> rx.Component:
    places = (rx.el.option(name, value=str(place)) for place, name in enumerate(common.PLACES, 1))
    return rx.el.div(
        rx.el.label(words.PUT_AT, html_for="place", class_name=LABEL),
        rx.el.select(
            *places, id="place", name="place", default_value=_ONE.place, class_name=join(INPUT, "mt-1 max-w-60")
        ),
    )
