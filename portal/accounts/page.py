"""/account: what belongs to the login."""

import reflex as rx

from portal.accounts.components import devices_card, email_card, name_card, password_card
from portal.accounts.muting.components import mails_card
from portal.accounts.muting.state import MutingState
from portal.accounts.second_factor.components import required_note, second_factor_card
from portal.accounts.second_factor.state import SecondFactorState
from portal.accounts.state import AccountState
from portal.billing.kept.components import kept_cards_card
from portal.billing.kept.state import KeptCardsState
from portal.billing.receipts.components import receipts_card
from portal.billing.receipts.state import ReceiptsState
from portal.clients.own.components import who_has_access, who_looked
from portal.clients.own.state import OwnAccessState, OwnLooksState
from portal.ui.kit.states import settled
from portal.ui.layout import Page, client_page


def account_page() -> rx.Component:
    """Everything about one's login, whatever one is to a practice."""
    cards = rx.el.div(
        required_note(),
        name_card(),
        email_card(),
        password_card(),
        second_factor_card(),
        mails_card(),
        kept_cards_card(),
        receipts_card(),
        devices_card(),
        who_has_access(),
        who_looked(),
        class_name="grid gap-4",
    )
    return client_page(
        "Account",
        settled(AccountState.loaded, AccountState.refusal, cards, on_retry=AccountState.load),
    )


ON_LOAD = (
    AccountState.load,
    SecondFactorState.load,
    MutingState.load,
    KeptCardsState.load,
    ReceiptsState.load,
    OwnAccessState.load,
    OwnLooksState.load,
)
PAGES = (Page("/account", account_page, "Account", ON_LOAD),)
