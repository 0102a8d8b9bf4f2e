"""The parts of /practice/billing for one client: what is open, payments, and what can be done about them."""

from typing import Any

import reflex as rx

from portal.billing import words as common
from portal.billing.books import words
from portal.billing.books.components import TITLE
from portal.billing.books.state import BooksState, CorrectionsState
from portal.ui.kit.buttons import button, text_link
from portal.ui.kit.classes import BESIDE, CARD, HELP, INPUT, LABEL, PADDED, ROWS, join
from portal.ui.kit.editing import PressId
from portal.ui.kit.events import call
from portal.ui.kit.fields import action_form, field, submit
from portal.ui.shell_state import ShellState

_OPENER = "inline-flex min-h-target cursor-pointer list-none items-center font-semibold text-accent-strong"
_ITEM = "px-5 py-4 sm:px-6"
_FIELDS = "grid max-w-md gap-3 pb-3"
_BOX = "size-6 shrink-0 accent-accent"
_REASONS = ("discount", "write_off", "correction", "insurance")


def account() -> rx.Component:
    """One client's money."""
    one: Any = BooksState.account
    charges = rx.el.ul(rx.foreach(one.charges, _charge), class_name=ROWS)
    payments = rx.el.ul(rx.foreach(one.payments, _payment), class_name=ROWS)
    return rx.el.div(
        button(words.BACK, on_click=call(BooksState.open_account, ""), classes="justify-self-start"),
        rx.el.section(
            rx.el.h2(one.name, class_name="text-xl font-semibold"),
            rx.el.p(one.owes, class_name=HELP),
            text_link(words.SUPERBILL, to="/practice/clients/" + one.id.to(str) + ShellState.query),
        ),
        rx.el.section(
            rx.el.h3(words.CHARGES, class_name=TITLE),
            rx.cond(one.charges.length() > 0, charges, rx.el.p(words.NO_CHARGES, class_name=HELP)),
        ),
        rx.cond(BooksState.may_write, rx.el.div(_charge_form(), _receive_form(), _fee_form(), class_name="grid gap-4")),
        rx.cond(
            BooksState.may_write,
            rx.el.section(
                rx.el.h3(words.PAYMENTS, class_name=TITLE),
                rx.cond(one.payments.length() > 0, payments, rx.el.p(words.NO_PAYMENTS, class_name=HELP)),
            ),
        ),
        class_name="grid gap-8",
    )


def _charge(row: Any) -> rx.Component:
    id_ = row.id.to(str)
    form = action_form(
        rx.el.input(type="hidden", name="charge_id", value=row.id),
        rx.el.input(type="hidden", name="revision", value=row.revision.to(str)),
        _line(words.ADJUST_AMOUNT, "amount", "adjust-" + id_, help_text=words.ADJUST_HELP, required=True),
        _choice(words.REASON, "reason", "reason-" + id_, {key: common.REASONS[key] for key in _REASONS}),
        submit(words.SAVE, kind="plain"),
        on_submit=CorrectionsState.adjust,
        cleared=CorrectionsState.done,
        class_name=_FIELDS,
    )
    return rx.el.li(
        _amount_line(row.day, row.label, row.detail, row.amount),
        rx.cond(BooksState.may_write, _opens(words.ADJUST, row.day, form)),
        class_name=_ITEM,
        key=row.id,
    )


def _payment(row: Any) -> rx.Component:
    id_ = row.id.to(str)
    form = action_form(
        rx.el.input(type="hidden", name="payment_id", value=row.id),
        PressId.create(name="operation_id", answers=CorrectionsState.done),
        _line(words.REFUND_AMOUNT, "amount", "back-" + id_, default_value=row.left, required=True),
        rx.el.label(
            rx.el.input(type="checkbox", name="again", class_name=_BOX),
            rx.el.span(words.AGAIN, rx.el.span(words.AGAIN_HELP, class_name=join("block text-sm", HELP))),
            class_name="flex cursor-pointer items-start gap-3 py-2",
        ),
        submit(words.GIVE, kind="danger"),
        on_submit=CorrectionsState.refund,
        cleared=CorrectionsState.done,
        class_name=_FIELDS,
    )
    return rx.el.li(
        _amount_line(row.day, row.what, "", row.amount),
        rx.cond(BooksState.may_write & (row.left != ""), _opens(words.REFUND, row.day, form)),
        class_name=_ITEM,
        key=row.id,
    )


def _amount_line(day: Any, label: Any, detail: Any, amount: Any) -> rx.Component:
    return rx.el.div(
        rx.el.div(
            rx.el.p(day, class_name="font-semibold"),
            rx.el.p(label, class_name=join("empty:hidden", HELP)),
            rx.el.p(detail, class_name=join("text-sm empty:hidden", HELP)),
            class_name=BESIDE,
        ),
        rx.el.span(amount, class_name="shrink-0 font-semibold tabular-nums"),
        class_name="flex flex-wrap gap-x-4",
    )


def _opens(label: str, about: Any, form: rx.Component) -> rx.Component:
    summary = rx.el.summary(label, rx.el.span(" ", about, class_name="sr-only"), class_name=_OPENER)
    return rx.el.details(summary, form)


def _charge_form() -> rx.Component:
    form = action_form(
        _hidden(),
        field(words.AMOUNT, "amount", input_mode="decimal", auto_complete="off", required=True, max_length=20),
        _line(words.DAY, "day", "charge-day", type="date", default_value=BooksState.today, required=True),
        field(words.LABEL, "label", help_text=words.LABEL_HELP, auto_complete="off", max_length=120),
        submit(words.SAVE, kind="plain"),
        on_submit=BooksState.charge,
        cleared=BooksState.done,
        class_name=_FIELDS,
    )
    return rx.el.div(_opens(words.CHARGE, "", form), class_name=join(CARD, PADDED))


def _receive_form() -> rx.Component:
    methods = {key: common.METHODS[key] for key in ("cash", "check")}
    form = action_form(
        _hidden(),
        _line(words.AMOUNT, "amount", "received", input_mode="decimal", required=True),
        _choice(words.METHOD, "method", "method", methods),
        _line(words.DAY, "day", "received-day", type="date", default_value=BooksState.today, required=True),
        field(words.REFERENCE, "reference", auto_complete="off", max_length=60),
        submit(words.SAVE, kind="plain"),
        on_submit=BooksState.receive,
        cleared=BooksState.done,
        class_name=_FIELDS,
    )
    return rx.el.div(_opens(words.RECORD, "", form), class_name=join(CARD, PADDED))


def _fee_form() -> rx.Component:
    one: Any = BooksState.account
    form = action_form(
        rx.el.input(type="hidden", name="client_id", value=one.id),
        _line(
            words.FEE_AMOUNT,
            "amount",
            "fee",
            help_text=words.FEE_HELP,
            input_mode="decimal",
            default_value=one.fee,
            max_length=20,
        ),
        rx.el.label(
            rx.el.input(type="checkbox", name="copay", default_checked=one.is_copay, class_name=_BOX),
            rx.el.span(words.COPAY, rx.el.span(words.COPAY_HELP, class_name=join("block text-sm", HELP))),
            class_name="flex cursor-pointer items-start gap-3 py-2",
        ),
        submit(words.SAVE, kind="plain"),
        on_submit=CorrectionsState.agree,
        class_name=_FIELDS,
    )
    return rx.el.div(_opens(words.FEE, one.fee, form), class_name=join(CARD, PADDED))


def _hidden() -> rx.Component:
    one: Any = BooksState.account
    return rx.fragment(
        rx.el.input(type="hidden", name="client_id", value=one.id),
        PressId.create(name="operation_id", answers=BooksState.done),
    )


def _line(label: str, name: str, id_: Any, *, help_text: str = "", **props: Any) -> rx.Component:
    told = {"aria_describedby": id_ + "-help"} if help_text else {}
    return rx.el.div(
        rx.el.label(label, html_for=id_, class_name=LABEL),
        rx.el.input(id=id_, name=name, auto_complete="off", class_name=join(INPUT, "mt-1"), **told, **props),
        *([rx.el.p(help_text, id=id_ + "-help", class_name=join("mt-1 text-sm", HELP))] if help_text else []),
    )


def _choice(label: str, name: str, id_: Any, options: dict[str, str]) -> rx.Component:
    listed = (rx.el.option(shown, value=value) for value, shown in options.items())
    return rx.el.div(
        rx.el.label(label, html_for=id_, class_name=LABEL),
        rx.el.select(*listed, id=id_, name=name, class_name=join(INPUT, "mt-1")),
    )
