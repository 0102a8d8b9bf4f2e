"""The parts of /billing."""

from typing import Any

import reflex as rx

from portal.billing.paying import words_page as words
from portal.billing.paying.components_cards import TITLE, called
from portal.billing.paying.state import BillingState
from portal.ui.kit.buttons import button
from portal.ui.kit.classes import BESIDE, CARD, HELP, INPUT, LABEL, LINK, PADDED, ROW, ROWS, join
from portal.ui.kit.editing import PressId
from portal.ui.kit.events import call
from portal.ui.kit.fields import action_form, field
from portal.ui.kit.leaving import Leaving
from portal.ui.kit.native import file_link
from portal.ui.kit.paying import PayButton
from portal.ui.kit.states import empty
from portal.ui.shell_state import ShellState

BOX = "size-6 shrink-0 accent-accent"


def waiting_note() -> rx.Component:
    """What is on its way, and the two ways on: to the payment page, or not at all."""
    waiting: Any = BillingState.waiting
    amount = rx.cond(waiting.is_setup, words.CARD_BEGUN, rx.fragment(words.BEGUN, " ", waiting.amount, "."))
    note = rx.el.section(
        rx.el.h2(words.WAITING, class_name="font-semibold"),
        rx.el.p(amount, " ", words.WAITING_HELP, class_name=join("mt-1", HELP)),
        rx.el.div(
            rx.cond(waiting.address != "", Leaving.create(to=BillingState.leave_to, label=words.GO_ON)),
            rx.cond(
                (waiting.address != "") & (BillingState.leave_to == ""),
                rx.el.a(words.GO_ON, href=waiting.address, class_name=LINK, custom_attrs={"rel": "external"}),
            ),
            button(words.GIVE_UP, on_click=call(BillingState.give_up, waiting.id)),
            class_name="mt-4 flex flex-wrap items-center gap-4",
        ),
        class_name=join(CARD, PADDED),
        role="status",
    )
    return rx.cond(waiting.id != "", note)


def balance() -> rx.Component:
    """What is owed, with a form to pay it."""
    owed: Any = BillingState.balance
    rows = rx.el.ul(rx.foreach(owed.charges, lambda row: _charge(row, owed.can_pay)), class_name=ROWS)
    form = action_form(
        rx.el.fieldset(
            rx.el.legend(rx.cond(owed.can_pay, words.CHOOSE, words.OPEN), class_name=join("mb-2", LABEL)),
            rows,
        ),
        rx.cond(owed.can_pay, _way_to_pay()),
        on_submit=BillingState.pay,
        cleared=BillingState.done,
    )
    shown = rx.el.div(
        rx.el.p(owed.summary, class_name="mb-4 text-xl font-semibold"),
        form,
        rx.cond(BillingState.is_view, rx.el.p(words.PAY_THEIRS, class_name=join("mt-4", HELP))),
    )
    content = rx.cond(owed.charges.length() > 0, shown, empty(words.NOTHING_OWED, words.NOTHING_OWED_HELP))
    return rx.el.section(
        rx.el.h2(words.BALANCE, id="balance", class_name=TITLE),
        content,
        aria_labelledby="balance",
    )


def _charge(row: Any, can_pay: Any) -> rx.Component:
    id_ = "box-" + row.id.to(str)
    return rx.el.li(
        rx.el.label(
            rx.cond(
                can_pay,
                rx.el.input(
                    type="checkbox",
                    id=id_,
                    name="charge-" + row.id.to(str),
                    default_checked=row.is_free,
                    disabled=~row.is_free,
                    class_name=BOX,
                    custom_attrs={"data-cents": row.cents},
                ),
            ),
            rx.el.span(
                rx.el.span(row.day, class_name="block font-semibold"),
                rx.cond(row.label != "", rx.el.span(row.label, class_name="block")),
                rx.cond(row.detail != "", rx.el.span(row.detail, class_name=join("block text-sm", HELP))),
                class_name=BESIDE,
            ),
            rx.el.span(row.amount, class_name="shrink-0 font-semibold tabular-nums"),
            class_name=join(ROW, "has-[input]:cursor-pointer"),
        ),
        key=row.id,
    )


def _way_to_pay() -> rx.Component:
    owed: Any = BillingState.balance
    cards = rx.foreach(BillingState.cards, lambda card: rx.el.option(called(card), value=card.id))
    return rx.el.div(
        PressId.create(name="operation_id", answers=BillingState.done),
        field(words.PART, "part", help_text=words.PART_HELP, input_mode="decimal", auto_complete="off", max_length=12),
        rx.el.div(
            rx.el.label(words.PAY_WITH, html_for="card", class_name=LABEL),
            rx.el.select(
                cards, rx.el.option(words.NEW_CARD, value=""), id="card", name="card", class_name=join(INPUT, "mt-1")
            ),
        ),
        rx.el.label(
            rx.el.input(type="checkbox", name="keep", class_name=BOX),
            rx.el.span(words.KEEP, rx.el.span(BillingState.consent, class_name=join("block text-sm", HELP))),
            class_name="flex cursor-pointer items-start gap-3 py-2",
        ),
        PayButton.create(words.PAY, pattern=owed.pattern, words=rx.Var.create(words.ASKS)),
        class_name="mt-5 grid max-w-md gap-4",
    )


def history() -> rx.Component:
    """Payments so far. What staff view as somebody else is not theirs to take along: no statement, no receipts."""
    href = "/billing/statement.pdf" + ShellState.query
    statement = file_link(words.STATEMENT, href=href, name="statement.pdf", class_name=LINK)
    rows = rx.el.ul(rx.foreach(BillingState.payments, _payment), class_name=ROWS)
    return rx.el.section(
        rx.el.h2(words.HISTORY, id="history", class_name=TITLE),
        rx.cond(BillingState.payments.length() > 0, rows, rx.el.p(words.NO_PAYMENTS, class_name=HELP)),
        rx.cond(
            BillingState.oldest != "",
            rx.el.div(button(words.OLDER, on_click=BillingState.show_older), class_name="mt-4"),
        ),
        rx.cond(~BillingState.is_view, rx.el.p(statement, class_name="mt-4")),
        aria_labelledby="history",
    )


def _payment(row: Any) -> rx.Component:
    receipt = file_link(
        words.RECEIPT,
        rx.el.span(" ", row.day, class_name="sr-only"),
        href=row.receipt,
        name="receipt.pdf",
        class_name=LINK,
    )
    return rx.el.li(
        rx.el.div(
            rx.el.p(row.day, class_name="font-semibold"),
            rx.el.p(row.what, class_name=join("text-sm", HELP)),
            class_name=BESIDE,
        ),
        rx.cond(row.receipt != "", receipt),
        rx.el.span(row.amount, class_name="shrink-0 font-semibold tabular-nums"),
        class_name=join(ROW, "flex-wrap"),
        key=row.id,
    )
