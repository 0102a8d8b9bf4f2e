"""Receipts and statements as PDF: a receipt belongs to the login that paid, a statement to whoever may pay."""

from starlette.requests import Request
from starlette.responses import Response

from portal.access.gate import open_account, open_client
from portal.billing import service_own
from portal.billing.papers import typeset
from portal.billing.service_statement import gather_statement
from portal.billing.showing_papers import receipt_paper, statement_paper
from portal.errors import NotFound
from portal.http.door import plain
from portal.http.forms import id_of, session_of
from portal.kit.ids import parse_id
from portal.models import Permission
from portal.runtime import runtime


@plain
async def receipt(request: Request) -> Response:
    """Send the receipt of a payment to whoever paid it, for as long as they have a login."""
    session_hash, payment_id = session_of(request), id_of(request, "payment_id")
    async with runtime().database.unit_of_work(writes=False) as work:
        access = await open_account(work, session_hash)
        found = await service_own.read_receipt(work, access, payment_id=payment_id)
    return pdf(await typeset(receipt_paper(found), found.payment.created_at), "receipt")


@plain
async def statement(request: Request) -> Response:
    """Send a statement of one client (`?for=`) to whoever may pay for them."""
    session_hash, subject = session_of(request), request.query_params.get("for")
    client_id = parse_id(subject) if subject else None
    if subject and client_id is None:
        raise NotFound
    async with runtime().database.unit_of_work(writes=False) as work:
        access = await open_client(work, session_hash, client_id, Permission.PAYMENTS)
        data = statement_paper(access, await gather_statement(work, access), work.ring)
    return pdf(await typeset(data, access.now), "statement")


def pdf(content: bytes, name: str) -> Response:
    """Send a paper of ours as a file that nobody else may keep."""
    headers = {
        "Cache-Control": "no-store",
        "X-Content-Type-Options": "nosniff",
        "Content-Disposition": f'attachment; filename="{name}.pdf"',
    }
    return Response(content, media_type="application/pdf", headers=headers)
