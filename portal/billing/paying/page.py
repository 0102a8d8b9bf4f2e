"""/billing: what is owed, payments so far, cards and insurance, each behind a tab."""

import reflex as rx

from portal.billing.paying import words_page as words
from portal.billing.paying.components import balance, history, waiting_note
from portal.billing.paying.components_cards import cards
from portal.billing.paying.state import BillingState
from portal.billing.superbills.own.components import own_superbill
from portal.billing.superbills.own.state import OwnSuperbillState
from portal.insurance.own.components import insurance
from portal.insurance.own.state import InsuranceState
from portal.ui.kit.states import settled
from portal.ui.kit.tabs import AddressTabs, TabPart
from portal.ui.layout import Page, client_page

_MONEY = [{"id": part, "label": words.TABS[part]} for part in ("balance", "history", "cards")]
_INSURANCE = [{"id": "insurance", "label": words.TABS["insurance"]}]


def billing_page() -> rx.Component:
    """What is owed first, then what was paid, cards, and insurance; each has a tab, where there are several."""
    with_money = rx.cond(InsuranceState.shown, [*_MONEY, *_INSURANCE], _MONEY)
    parts = AddressTabs.create(
        rx.cond(
            BillingState.may_pay,
            rx.fragment(
                TabPart.create(balance(), part="balance"),
                TabPart.create(history(), own_superbill(), part="history"),
                TabPart.create(cards(), part="cards"),
            ),
        ),
        TabPart.create(insurance(), part="insurance"),
        label=words.PARTS,
        tabs=rx.cond(BillingState.may_pay, with_money, _INSURANCE),
    )
    content = rx.el.div(rx.cond(BillingState.may_pay, rx.el.div(waiting_note(), class_name="mb-6 empty:hidden")), parts)
    return client_page(
        rx.cond(InsuranceState.shown, words.WITH_INSURANCE, words.TITLE),
        settled(BillingState.loaded, BillingState.refusal, content, on_retry=BillingState.load),
    )


PAGES = (Page("/billing", billing_page, "Billing", (BillingState.load, OwnSuperbillState.load, InsuranceState.load)),)
