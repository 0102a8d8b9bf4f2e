"""A month of the books as CSV, for those who keep them."""

from starlette.requests import Request
from starlette.responses import Response

from portal.access.actor import StaffTask
from portal.access.gate import open_practice, require_step_up
from portal.billing.exporting import export_month, month_of
from portal.errors import NotPermitted
from portal.http.door import plain
from portal.http.forms import session_of
from portal.http.words import FOREIGN_ORIGIN
from portal.runtime import runtime

_OWN_SITES = frozenset({"same-origin", "none"})


@plain
async def export_books(request: Request) -> Response:
    """Send what came in and went back in a month, to who has shown within ten minutes who they are."""
    if request.headers.get("sec-fetch-site", "none") not in _OWN_SITES:
        raise NotPermitted(FOREIGN_ORIGIN.sentences[0])
    month = request.query_params.get("month", "")
    month_of(month)
    async with runtime().database.unit_of_work() as work:
        practice = request.query_params.get("practice") or None
        access = await open_practice(work, session_of(request), StaffTask.MONEY, practice=practice)
        require_step_up(access)
        table = await export_month(work, access, month=month)
    headers = {
        "Cache-Control": "no-store",
        "X-Content-Type-Options": "nosniff",
        "Content-Disposition": f'attachment; filename="payments-{month}.csv"',
    }
    return Response(table, media_type="text/csv; charset=utf-8", headers=headers)
