"""/practice/billing: the books, for those who keep them."""

from typing import Any, ClassVar
from urllib.parse import quote
from uuid import UUID

import reflex as rx

from portal.access.actor import PracticeAccess, StaffTask
from portal.billing import service, service_books, service_fees, service_staff, service_unclear
from portal.billing.books import fields, words
from portal.billing.books.views import (
    NOBODY,
    AccountView,
    DebtorRow,
    UnclearRow,
    account_view,
    debtor_row,
    unclear_rows,
)
from portal.billing.carrying_refunds import carry_out_refund
from portal.billing.exporting import month_of
from portal.billing.paying.fields import read_cents
from portal.billing.queries_attempts import find_refund_attempt
from portal.database import Work
from portal.errors import NotFound
from portal.models import AttemptStatus
from portal.runtime import runtime
from portal.ui.guard import Id, Unit, guarded, parse
from portal.ui.live import watch
from portal.ui.session_state import PageState


class BooksState(PageState):
    """Who owes what, and one client's money in `account`. `may_write` is false for therapists, who only look.

    `shown` is what is looked for; while that is empty, everybody who owes something is listed.
    """

    keeps: ClassVar = ("account", "shown")

    loaded: bool = False
    done: int = 0
    may_write: bool = False
    is_connected: bool = True
    has_more: bool = False
    today: str = ""
    shown: rx.Field[dict[str, str]] = rx.field(default_factory=lambda: {"query": ""})
    debtors: rx.Field[list[DebtorRow]] = rx.field(default_factory=list)
    account: rx.Field[AccountView] = rx.field(default_factory=lambda: NOBODY)

    @rx.event
    @guarded(StaffTask.MONEY, reads=True)
    async def load(self, work: Work, access: PracticeAccess) -> None:
        """Fill the page, and hear of every payment from now on."""
        await watch(self, f"money:{access.organization_id}")
        self.today, self.may_write = access.today.isoformat(), not access.scope.only_assigned
        if not self._is_again:
            self.account, self.shown = NOBODY, {"query": ""}
        try:
            await self._fill_anew(work, access)
        except NotFound:  # who was open is out of reach by now
            self.account = NOBODY
            await self._fill(work, access)

    @rx.event
    @guarded(StaffTask.MONEY, reads=True)
    async def find(self, work: Work, access: PracticeAccess, sent: Any) -> None:
        """Find clients as one types."""
        self.shown = {"query": parse(fields.FindFields, sent).query}
        await self._fill(work, access)

    @rx.event
    @guarded(StaffTask.MONEY, reads=True, live=True)
    async def reload(self, work: Work, access: PracticeAccess) -> None:
        """Fill the page anew after money moved."""
        await self._fill_anew(work, access)

    @rx.event
    @guarded(StaffTask.MONEY, reads=True)
    async def more(self, work: Work, access: PracticeAccess) -> None:
        """Show the next page of those who owe something."""
        last = UUID(self.debtors[-1].id) if self.debtors else None
        found = await service_books.list_debtors(work, access, after=last)
        self.debtors = [*self.debtors, *(debtor_row(one) for one in found)]
        self.has_more = len(found) == service_books.PAGE

    @rx.event
    @guarded(StaffTask.MONEY, reads=True)
    async def open_account(self, work: Work, access: PracticeAccess, client: Any) -> None:
        """Open one client's money; an empty id goes back to everybody."""
        if client == "":
            self.account = NOBODY
            await self._fill(work, access)
        else:
            await self._open(work, access, parse(Id, client))

    @rx.event
    @guarded(StaffTask.MONEY)
    async def charge(self, work: Work, access: PracticeAccess, sent: Any) -> Any:
        """Charge a client by hand."""
        wanted = parse(fields.ChargeFields, sent)
        await service.create_charge(
            work,
            access,
            client_id=wanted.client_id,
            cents=fields.cents_of(wanted.amount),
            on_day=wanted.day,
            label=wanted.label,
            operation_id=wanted.operation_id,
        )
        return self._did(words.DONE_CHARGE)

    @rx.event
    @guarded(StaffTask.MONEY)
    async def receive(self, work: Work, access: PracticeAccess, sent: Any) -> Any:
        """Note cash or a check."""
        wanted = parse(fields.ReceivedFields, sent)
        received = service_staff.Received(
            wanted.client_id,
            wanted.method,
            fields.cents_of(wanted.amount),
            wanted.day,
            wanted.reference,
            wanted.operation_id,
        )
        await service_staff.record_payment(work, access, received=received)
        return self._did(words.DONE_PAYMENT)

    async def _fill_anew(self, work: Work, access: PracticeAccess) -> None:
        if self.account.id:
            await self._open(work, access, UUID(self.account.id))
        else:
            await self._fill(work, access)

    async def _open(self, work: Work, access: PracticeAccess, client_id: UUID) -> None:
        found = await service_books.read_account(work, access, client_id=client_id)
        self.account = account_view(found, work.ring)

    async def _fill(self, work: Work, access: PracticeAccess) -> None:
        query = self.shown["query"]
        found = await service_books.find_accounts(work, access, typed=query)
        self.debtors = [debtor_row(one) for one in found]
        self.has_more = len(found) == service_books.PAGE and not query
        self.is_connected = await service_books.is_connected(work, access)
        self.loaded = True

    def _did(self, sentence: str) -> Any:
        self.done += 1
        self._say(sentence)
        return BooksState.reload


class CorrectionsState(PageState):
    """What corrects the books: adjustments, refunds, and what nobody could find out. `done` counts what was done."""

    done: int = 0
    unclear: rx.Field[list[UnclearRow]] = rx.field(default_factory=list)

    @rx.event
    @guarded(StaffTask.MONEY, reads=True)
    async def load(self, work: Work, access: PracticeAccess) -> None:
        """List what needs somebody's eyes."""
        found = await service_books.list_unclear(work, access)
        self.unclear = [] if access.scope.only_assigned else unclear_rows(found)

    @rx.event
    @guarded(StaffTask.MONEY)
    async def adjust(self, work: Work, access: PracticeAccess, sent: Any) -> Any:
        """Make a charge worth more or less."""
        wanted = parse(fields.AdjustFields, sent)
        cents = fields.signed_cents_of(wanted.amount)
        await service.adjust_charge(
            work,
            access,
            charge_id=wanted.charge_id,
            cents=cents,
            reason=wanted.reason,
            revision=int(wanted.revision),
        )
        return self._did(words.DONE_ADJUST)

    @rx.event
    @guarded(StaffTask.MONEY, step_up=True)
    async def refund(self, unit: Unit, sent: Any) -> Any:
        """Give money back: decided and committed first, then asked of the processor."""
        wanted = parse(fields.RefundFields, sent)
        async with unit() as (work, access):
            attempt_id, asks = await service_staff.begin_refund(
                work,
                access,
                payment_id=wanted.payment_id,
                cents=fields.cents_of(wanted.amount),
                is_owed_again=bool(wanted.again),
                operation_id=wanted.operation_id,
            )
        if asks:
            await carry_out_refund(runtime(), access.organization_id, attempt_id)
        async with unit() as (work, access):
            attempt = await find_refund_attempt(work, access.organization_id, attempt_id)
        status = attempt.status if attempt else AttemptStatus.FAILED
        said = {AttemptStatus.PAID: words.DONE_REFUND, AttemptStatus.FAILED: words.REFUND_FAILED}
        return self._did(said.get(status, words.REFUND_WAITS))

    @rx.event
    @guarded(StaffTask.MONEY, reads=True, step_up=True)
    async def export(self, work: Work, access: PracticeAccess, sent: Any) -> Any:
        """Let the browser fetch a month's file; the route asks again who it is."""
        month = parse(fields.MonthFields, sent).month
        month_of(month)
        self._say(words.EXPORTING)
        practice = self._address_value("practice")
        more = f"&practice={quote(practice)}" if practice else ""
        return rx.download(url=f"/practice/billing/export.csv?month={month}{more}", filename=f"payments-{month}.csv")

    @rx.event
    @guarded(StaffTask.MONEY)
    async def decide(self, work: Work, access: PracticeAccess, kind: Any, item: Any) -> Any:
        """Decide about something that nobody could find out."""
        which, item_id = parse(fields.UnclearKind, kind), parse(Id, item)
        if which == "payment":
            await service_unclear.give_up_payment(work, access, attempt_id=item_id)
        elif which == "refund":
            await service_unclear.give_up_refund(work, access, attempt_id=item_id)
        elif which == "came_back":
            await service_unclear.note_came_back(work, access, attempt_id=item_id)
        else:
            await service_unclear.note_event(work, access, event_id=item_id)
        self._did(words.DONE_UNCLEAR[which])
        return CorrectionsState.load

    @rx.event
    @guarded(StaffTask.MONEY)
    async def agree(self, work: Work, access: PracticeAccess, sent: Any) -> Any:
        """Agree on a fee with a client."""
        wanted = parse(fields.FeeFields, sent)
        cents, is_copay = read_cents(wanted.amount), bool(wanted.copay)
        await service_fees.agree_fee(work, access, client_id=wanted.client_id, cents=cents, is_copay=is_copay)
        return self._did(words.DONE_FEE)

    def _did(self, sentence: str) -> Any:
        self.done += 1
        self._say(sentence)
        return BooksState.reload
