"""/billing: what is owed, paying it, payments so far, cards."""

from typing import Any, Literal
from uuid import UUID

import reflex as rx

from portal.access.actor import ClientAccess
from portal.billing import service_cards, service_own, showing, words
from portal.billing.carrying import carry_out, leave, look
from portal.billing.carrying_cards import forget_card
from portal.billing.kept.words import REMOVED_HERE
from portal.billing.paying.fields import CardFields, ClickFields, read_wish
from portal.billing.service_paying import begin_card_setup, begin_payment, find_own_attempt
from portal.billing.views import NOT_WAITING, NOTHING_OWED, Balance, CardRow, PaymentRow, Waiting
from portal.database import Work
from portal.integrations.cards import CardTrouble
from portal.kit.ids import parse_id
from portal.kit.money import Money
from portal.models import AttemptKind, AttemptStatus, PaymentAttempt, Permission, SavedCard
from portal.runtime import runtime
from portal.ui.guard import Id, Unit, guarded, parse
from portal.ui.live import watch
from portal.ui.session_state import PageState

Deed = Literal["name", "default", "remove"]


class BillingState(PageState):
    """What is owed; `may_pay`: not only the insurance is seen; `is_view`: staff view the page as somebody."""

    loaded: bool = False
    may_pay: bool = False
    done: int = 0
    leave_to: str = ""
    consent: str = ""
    balance: rx.Field[Balance] = rx.field(default_factory=lambda: NOTHING_OWED)
    cards: rx.Field[list[CardRow]] = rx.field(default_factory=list)
    is_view: bool = False
    payments: rx.Field[list[PaymentRow]] = rx.field(default_factory=list)
    oldest: str = ""
    waiting: rx.Field[Waiting] = rx.field(default_factory=lambda: NOT_WAITING)

    @rx.event
    @guarded(Permission.PAYMENTS, otherwise=Permission.INSURANCE, reads=True)
    async def load(self, work: Work, access: ClientAccess) -> Any:
        """Fill the page; whoever comes back from the processor's page hears what came of it."""
        await watch(self, f"client:{access.client_id}")
        await watch(self, f"settings:{access.organization_id}")
        self.leave_to, self.consent = "", words.consent(access.practice_name)
        await self._fill(work, access)
        return BillingState.come_back if self.may_pay and self._address_value("attempt") else None

    @rx.event
    @guarded(Permission.PAYMENTS, otherwise=Permission.INSURANCE, reads=True, live=True)
    async def reload(self, work: Work, access: ClientAccess) -> None:
        """Fill the page anew after something was paid, charged or given back."""
        await self._fill(work, access)

    @rx.event
    @guarded(Permission.PAYMENTS, reads=True)
    async def show_older(self, work: Work, access: ClientAccess) -> None:
        """Add a page of older payments."""
        if before := parse_id(self.oldest):
            rows, self.oldest = await _history(work, access, before)
            self.payments = [*self.payments, *rows]

    @rx.event
    @guarded(Permission.PAYMENTS)
    async def pay(self, unit: Unit, fields: Any) -> None:
        """Pay what was chosen: at once with a saved card, else on the processor's page."""
        async with unit() as (work, access):
            shown = {row.id: row.cents for row in self.balance.charges}
            attempt_id = await begin_payment(work, access, wish=read_wish(fields, shown))
        await carry_out(runtime(), access.organization_id, attempt_id)
        await self._show_outcome(unit, attempt_id)

    @rx.event
    @guarded(Permission.PAYMENTS)
    async def add_card(self, unit: Unit, fields: Any) -> None:
        """Go to the processor's page to save a card without paying."""
        wanted = parse(ClickFields, fields)
        async with unit() as (work, access):
            attempt_id = await begin_card_setup(work, access, operation_id=wanted.operation_id)
        await carry_out(runtime(), access.organization_id, attempt_id)
        await self._show_outcome(unit, attempt_id)

    @rx.event
    @guarded(Permission.PAYMENTS)
    async def come_back(self, unit: Unit) -> None:
        """Find out what came of the payment in the address; who left the processor's page has it closed."""
        attempt_id = parse_id(self._address_value("attempt"))
        if attempt_id is not None:
            await self._ask(unit, attempt_id, gives_up=self._address_value("left") == "1")

    @rx.event
    @guarded(Permission.PAYMENTS)
    async def give_up(self, unit: Unit, attempt: Any) -> None:
        """Give up a payment that was begun, so that what it reserved can be paid in another way."""
        await self._ask(unit, parse(Id, attempt), gives_up=True)

    @rx.event
    @guarded(Permission.PAYMENTS)
    async def change_card(self, unit: Unit, deed: Any, fields: Any) -> Any:
        """Name a card, make it the usual one, or remove it."""
        wish, wanted = parse(Deed, deed), parse(CardFields, fields)
        async with unit() as (work, access):
            removed = await _change_card(work, access, wish, wanted)
        is_forgotten = removed is None or await forget_card(runtime(), removed)
        self.done += 1
        self._say(words.CARD_DEEDS[wish] if is_forgotten else REMOVED_HERE)
        return BillingState.reload

    async def _ask(self, unit: Unit, attempt_id: UUID, *, gives_up: bool) -> None:
        async with unit() as (work, access):
            attempt = await find_own_attempt(work, access, attempt_id=attempt_id)
        try:
            await (leave if gives_up else look)(runtime(), attempt.organization_id, attempt.id)
        except CardTrouble:
            return self._say(words.UNSURE)
        return await self._show_outcome(unit, attempt.id, came_back=True)

    async def _show_outcome(self, unit: Unit, attempt_id: UUID, *, came_back: bool = False) -> None:
        """Say what came of an attempt, or go on to the processor's page."""
        async with unit() as (work, access):
            attempt = await find_own_attempt(work, access, attempt_id=attempt_id)
            address = service_own.address_of(work, attempt)
            await self._fill(work, access)
        if attempt.status is AttemptStatus.WAITING and address and not came_back:
            self.leave_to = address.removeprefix(runtime().config.origin)
            return self._say(words.GOING)
        if attempt.status is AttemptStatus.FAILED:
            return self._refuse(_outcome(attempt), for_good=True)
        self.done += 1
        return self._say(_outcome(attempt))

    async def _fill(self, work: Work, access: ClientAccess) -> None:
        self.may_pay, self.loaded = access.permission is Permission.PAYMENTS, True
        self.is_view = access.viewing is not None
        if not self.may_pay:
            self.balance, self.cards, self.waiting, self.payments, self.oldest = NOTHING_OWED, [], NOT_WAITING, [], ""
            return
        lines = await service_own.read_balance(work, access)
        self.balance = showing.balance_of(access, lines, work.ring)
        self.cards = [showing.card_row(card) for card in await service_cards.list_cards(work, access)]
        self.payments, self.oldest = await _history(work, access, None)
        open_ones = await service_own.list_open_attempts(work, access)
        self.waiting = _waiting(work, open_ones[0]) if open_ones else NOT_WAITING


async def _history(work: Work, access: ClientAccess, before: UUID | None) -> tuple[list[PaymentRow], str]:
    """Return a page of payments, and the last of them where there are older ones."""
    payments, refunds = await service_own.read_history(work, access, before=before)
    return showing.payment_rows(access, payments, refunds), service_own.oldest_of(payments)


def _waiting(work: Work, attempt: PaymentAttempt) -> Waiting:
    address = service_own.address_of(work, attempt).removeprefix(runtime().config.origin)
    amount = str(Money(attempt.amount_cents, attempt.currency))
    return Waiting(str(attempt.id), amount, address, is_setup=attempt.kind is AttemptKind.CARD_SETUP)


def _outcome(attempt: PaymentAttempt) -> str:
    """Return the sentence about what came of an attempt."""
    if attempt.status is AttemptStatus.PAID:
        return words.CARD_KEPT if attempt.kind is AttemptKind.CARD_SETUP else words.PAID
    if attempt.status is AttemptStatus.FAILED:
        return words.OUTCOMES.get(attempt.problem, words.NOT_REACHED)
    if attempt.status is AttemptStatus.ABANDONED:
        return words.NOT_FINISHED
    return words.UNSURE


async def _change_card(work: Work, access: ClientAccess, wish: Deed, wanted: CardFields) -> SavedCard | None:
    """Do one thing to a card; returns it where the processor is to forget it."""
    if wish == "remove":
        return await service_cards.remove_card(work, access, card_id=wanted.card_id)
    if wish == "default":
        await service_cards.choose_card(work, access, card_id=wanted.card_id)
    else:
        await service_cards.name_card(work, access, card_id=wanted.card_id, name=wanted.name)
    return None
