"""/billing: one page with what is owed, payments so far, and cards."""

import reflex as rx

from portal.billing.paying import words_page as words
from portal.billing.paying.components import balance, history, waiting_note
from portal.billing.paying.components_cards import cards
from portal.billing.paying.state import BillingState
from portal.billing.superbills.own.components import own_superbill
from portal.billing.superbills.own.state import OwnSuperbillState
from portal.insurance.own.components import insurance
from portal.insurance.own.state import InsuranceState
from portal.ui.kit.classes import LINK, join
from portal.ui.kit.states import settled
from portal.ui.layout import Page, client_page

_PART = join(LINK, "inline-flex min-h-target items-center px-3")


def billing_page() -> rx.Component:
    """What is owed first, then what was paid, then cards."""
    money = rx.fragment(waiting_note(), balance(), history(), own_superbill(), cards())
    content = rx.el.div(_parts(), rx.cond(BillingState.may_pay, money), insurance(), class_name="grid gap-10")
    return client_page(
        rx.cond(InsuranceState.shown, words.WITH_INSURANCE, words.TITLE),
        settled(BillingState.loaded, BillingState.refusal, content, on_retry=BillingState.load),
    )


def _parts() -> rx.Component:
    """The way to each part, where there is more than one."""
    links = (
        rx.el.li(rx.el.a(label, href=f"#{part}", class_name=_PART))
        for part, label in (
            ("balance", words.BALANCE),
            ("history", words.HISTORY),
            ("cards", words.CARDS),
            ("insurance", words.INSURANCE),
        )
    )
    listed = rx.el.nav(rx.el.ul(*links, class_name="-mx-3 -mb-4 flex flex-wrap gap-1"), aria_label=words.PARTS)
    return rx.cond(BillingState.may_pay & InsuranceState.shown, listed)


PAGES = (Page("/billing", billing_page, "Billing", (BillingState.load, OwnSuperbillState.load, InsuranceState.load)),)
