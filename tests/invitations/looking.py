"""What tests of joining look at."""

import pytest
from sqlmodel import col, func, select

from portal.accounts.rules import email_key
from portal.invitations import service
from portal.invitations.service import DeadInvitation
from portal.models import Account, AuditEvent
from tests.invitations.desk import FrontDesk


async def accounts(desk: FrontDesk, email: str) -> list[Account]:
    async with desk.database.unit_of_work(writes=False) as work:
        return list((await work.exec(select(Account).where(Account.email_key == email_key(email)))).all())


async def count(desk: FrontDesk, action: str) -> int:
    async with desk.database.unit_of_work(writes=False) as work:
        query = select(func.count()).select_from(AuditEvent).where(col(AuditEvent.action) == action)
        return (await work.exec(query)).one()


async def dead_reason(desk: FrontDesk, token: str) -> str:
    """Why the link is dead: for looking at it, for its first button, and for joining alike."""
    reasons = set()
    for act in (look, desk.open, desk.join):
        with pytest.raises(DeadInvitation) as dead:
            await (act(desk, token) if act is look else act(token))  # type: ignore[operator]
        reasons.add(dead.value.reason)
    (reason,) = reasons
    return str(reason)


async def look(desk: FrontDesk, token: str) -> service.InvitationPage:
    async with desk.database.unit_of_work(writes=False) as work:
        return await service.read_invitation(work, token=token, session_hash=None)


async def invite_as(desk: FrontDesk, client: str, email: str) -> None:
    async with desk.database.unit_of_work() as work:
        row = await work.merge(await desk.client(client))
        row.email = email
        work.add(row)
    await desk.invite(client)
