"""Superbills as PDF: to the client's side, and to staff who keep the books."""

from datetime import date

from starlette.requests import Request
from starlette.responses import Response

from portal.access.actor import ClientAccess, PracticeAccess, StaffTask
from portal.access.gate import open_client, open_practice
from portal.billing.papers import typeset_superbill
from portal.billing.superbills import service, words
from portal.billing.superbills.rules import Period, check_period
from portal.billing.superbills.service import Superbill
from portal.billing.superbills.showing import superbill_paper
from portal.errors import Invalid, NotFound
from portal.http.door import plain
from portal.http.forms import id_of, session_of
from portal.http.receipts import pdf
from portal.kit.ids import parse_id
from portal.models import Permission
from portal.runtime import runtime


@plain
async def own_superbill(request: Request) -> Response:
    """Send a superbill of one client (`?for=`) about some days (`from`, `to`) to whoever may take one."""
    session_hash, subject = session_of(request), request.query_params.get("for")
    client_id = parse_id(subject) if subject else None
    if subject and client_id is None:
        raise NotFound
    async with runtime().database.unit_of_work() as work:
        access = await open_client(work, session_hash, client_id, Permission.PAYMENTS)
        service.require_own(access)
        found = await service.gather_own(work, access, period=_period(request, access.today))
    return await _sent(found, access)


@plain
async def superbill_for_staff(request: Request) -> Response:
    """Send a superbill of a client to staff whose role includes money; that they looked is written down."""
    session_hash, client_id = session_of(request), id_of(request, "client_id")
    async with runtime().database.unit_of_work() as work:
        practice = request.query_params.get("practice") or None
        access = await open_practice(work, session_hash, StaffTask.MONEY, practice=practice, client_id=client_id)
        found = await service.gather_for_staff(work, access, period=_period(request, access.today))
    return await _sent(found, access)


def _period(request: Request, today: date) -> Period:
    try:
        first, last = (date.fromisoformat(request.query_params.get(name, "")) for name in ("from", "to"))
    except ValueError:
        raise Invalid(words.PERIOD) from None
    return check_period(first, last, today=today)


async def _sent(found: Superbill, access: ClientAccess | PracticeAccess) -> Response:
    data = superbill_paper(found, today=access.today)
    return pdf(await typeset_superbill(data, access.now), "superbill")
