"""The team: who may change it, what a change does at once, and that somebody always runs the practice."""

import asyncio
from typing import Any
from uuid import UUID

import pytest
from sqlmodel import col, select

from portal.access.actor import StaffTask
from portal.access.gate import open_practice
from portal.errors import Conflict, Invalid, NotFound, NotPermitted, SignedOut
from portal.invitations import service as invitations
from portal.invitations.service import DeadInvitation
from portal.kit.tokens import token_hash
from portal.models import Membership, Role, Session, Subscription
from portal.notifications.outbox import context_of
from portal.practice import queries_team, service_team, words_team
from portal.practice.views_team import StaffFields
from tests.clients.office import events, sign_in
from tests.logins import mails
from tests.logins import sign_in as sign_in_by_password
from tests.practice.team_office import NEW, Office


async def test_invited_colleague_joins_and_works(office: Office) -> None:
    membership_id, token = await office.invite()
    (ines,) = [one for one in (await office.team()).values() if one.name == "Ines Vale"]
    assert (ines.has_joined, ines.invitation, ines.role_label) == (False, "Invited", "Therapist")
    joined = await office.join(token)
    assert joined.start == "/practice"
    assert joined.session
    ines = (await office.team())["Ines Vale"]
    assert (ines.has_joined, ines.invitation, ines.is_active) == (True, "", True)
    assert (await office.member(membership_id)).account_id == joined.session.account_id
    async with office.database.unit_of_work() as work:
        made = [action for action, _ in await events(work, office.cast.harbor.id)]
    assert made == ["staff.invited", "invitation.accepted"]


async def test_colleague_with_a_login_elsewhere_keeps_it(office: Office) -> None:
    _, token = await office.invite(StaffFields(name="Lena Cho", email="lena@lakeside.example", role=Role.ADMIN))
    with pytest.raises(Conflict):
        await office.join(token)
    async with office.database.unit_of_work() as work:
        session = await sign_in(work, office.cast, "lena")
    await office.join(token, session)
    async with office.database.unit_of_work() as work:
        for practice in ("harbor", "lakeside"):
            assert (await open_practice(work, session, StaffTask.TEAM, practice=practice)).role is Role.ADMIN


@pytest.mark.parametrize("email", ["tess@harbor.example", "TESS@harbor.example"])
async def test_nobody_is_on_the_team_twice(office: Office, email: str) -> None:
    with pytest.raises(Conflict) as refused:
        await office.invite(NEW.model_copy(update={"email": email}))
    assert refused.value.sentence == words_team.ON_THE_TEAM.format(name="Tess Rivera")


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"name": "  "}, words_team.NAME_MISSING),
        ({"name": "x" * 121}, words_team.NAME_LONG),
        ({"name": "a\x00b"}, words_team.NAME_ODD),
        ({"email": " "}, words_team.EMAIL_MISSING),
    ],
)
async def test_bad_names_and_addresses_are_refused(office: Office, changed: dict[str, str], said: str) -> None:
    with pytest.raises(Invalid) as refused:
        await office.invite(NEW.model_copy(update=changed))
    assert refused.value.sentence == said


async def test_newer_staff_invitation_kills_the_older(office: Office) -> None:
    membership_id, old = await office.invite()
    await office.do(service_team.resend_staff_invitation, membership_id=membership_id)
    with pytest.raises(DeadInvitation) as dead:
        await office.join(old)
    assert dead.value.reason == "replaced"
    mail = (await mails(office.database, "invitation"))[-1]
    await office.join(context_of(office.database.ring, mail)["link"].rsplit("/", 1)[1])
    with pytest.raises(Conflict):
        await office.do(service_team.resend_staff_invitation, membership_id=membership_id)


async def test_staff_invitation_is_out_of_the_front_desks_reach(office: Office) -> None:
    """An invitation to the team is not one to a client: who edits clients cannot send it again, nor withdraw it."""
    membership_id, _ = await office.invite()
    async with office.database.unit_of_work(writes=False) as work:
        status = await invitations.staff_invitation_status(work, office.cast.harbor.id, [membership_id])
    invitation_id = UUID(status[membership_id].invitation_id)
    for act in (invitations.resend_invitation, invitations.revoke_invitation):
        with pytest.raises(NotFound):
            await office.do(act, "frank", StaffTask.EDIT_CLIENTS, invitation_id=invitation_id)


async def test_role_counts_from_the_next_click_on(office: Office) -> None:
    async with office.database.unit_of_work() as work:
        session = await sign_in(work, office.cast, "bea")
        assert (await open_practice(work, session, StaffTask.MONEY)).role is Role.BILLER
    await office.do(service_team.change_role, membership_id=office.id("bea"), role=Role.FRONT_DESK)
    async with office.database.unit_of_work() as work:
        with pytest.raises(NotPermitted):
            await open_practice(work, session, StaffTask.MONEY)
        assert ("staff.role_changed", {"from": "biller", "to": "front_desk"}) in await events(
            work, office.cast.harbor.id
        )


async def test_therapist_with_clients_stays_one(office: Office) -> None:
    with pytest.raises(Conflict) as refused:
        await office.do(service_team.change_role, membership_id=office.id("tess"), role=Role.BILLER)
    assert "Tess Rivera still has 4 assigned clients." in refused.value.sentence
    await office.do(service_team.change_role, membership_id=office.id("tess"), role=Role.ADMIN)


async def test_last_administrator_stays(office: Office) -> None:
    avery = office.id("avery")
    with pytest.raises(Conflict) as refused:
        await office.do(service_team.change_role, membership_id=avery, role=Role.FRONT_DESK)
    assert refused.value.sentence == words_team.LAST_ADMIN
    await office.invite(NEW.model_copy(update={"role": Role.ADMIN}))
    with pytest.raises(Conflict):
        # Somebody who has not joined cannot run the practice.
        await office.do(service_team.change_role, membership_id=avery, role=Role.FRONT_DESK)
    await office.do(service_team.change_role, membership_id=office.id("noah"), role=Role.ADMIN)
    await office.do(service_team.change_role, membership_id=avery, role=Role.FRONT_DESK)
    with pytest.raises(Conflict):
        await office.do(service_team.change_role, "noah", membership_id=office.id("noah"), role=Role.THERAPIST)


async def two_leave_at_once(office: Office) -> int:
    """Two administrators make each other something else at the same time; returns how many are left."""
    await office.do(service_team.change_role, membership_id=office.id("noah"), role=Role.ADMIN)
    async with office.database.unit_of_work() as work:
        for who in ("avery", "noah"):
            await sign_in(work, office.cast, who)
    await asyncio.gather(
        office.do(service_team.change_role, "avery", membership_id=office.id("noah"), role=Role.THERAPIST),
        office.do(service_team.change_role, "noah", membership_id=office.id("avery"), role=Role.THERAPIST),
        return_exceptions=True,
    )
    async with office.database.unit_of_work(writes=False) as work:
        query = select(Membership).where(
            Membership.organization_id == office.cast.harbor.id, col(Membership.role) == Role.ADMIN
        )
        return len((await work.exec(query)).all())


async def test_two_administrators_cannot_remove_each_other_at_once(office: Office) -> None:
    assert await two_leave_at_once(office) == 1


async def test_closed_access_ends_every_session_now(office: Office) -> None:
    told: list[str] = []

    async def listen(topics: frozenset[str]) -> None:
        told.extend(topics)

    async with office.database.unit_of_work() as work:
        session = await sign_in(work, office.cast, "tess")
    office.database.listeners.append(listen)
    await office.do(service_team.deactivate_member, membership_id=office.id("tess"))
    assert f"account:{office.cast.accounts['tess'].id}" in told
    again = token_hash(await sign_in_by_password("tess@harbor.example"))
    async with office.database.unit_of_work() as work:
        with pytest.raises(SignedOut):
            await open_practice(work, session, StaffTask.TODAY)
        rows = (await work.exec(select(Session).where(Session.account_id == office.cast.accounts["tess"].id))).all()
        assert sorted(row.ended_because for row in rows) == ["", "staff_deactivated"]
        running = select(Subscription).where(col(Subscription.ended_at).is_(None))
        assert (await work.exec(running)).all() == []
        with pytest.raises(NotFound):
            await open_practice(work, again, StaffTask.TODAY)


async def test_closed_colleague_comes_back_with_the_role_and_without_add_ons(office: Office) -> None:
    await office.do(service_team.deactivate_member, membership_id=office.id("tess"))
    with pytest.raises(Conflict):
        await office.invite(NEW.model_copy(update={"email": "tess@harbor.example"}))
    await office.do(service_team.reactivate_member, membership_id=office.id("tess"))
    tess = (await office.team())["Tess Rivera"]
    assert (tess.is_active, tess.role, tess.clients) == (True, "therapist", 4)
    assert [one.is_on for one in tess.add_ons] == [False, False]


async def test_closing_an_invited_colleague_kills_the_link(office: Office) -> None:
    membership_id, token = await office.invite()
    await office.do(service_team.deactivate_member, membership_id=membership_id)
    with pytest.raises(DeadInvitation):
        await office.join(token)
    await office.do(service_team.reactivate_member, membership_id=membership_id)
    with pytest.raises(DeadInvitation):
        await office.join(token)
    assert len(await mails(office.database, "invitation")) == 2


async def test_nobody_closes_their_own_access(office: Office) -> None:
    await office.do(service_team.change_role, membership_id=office.id("noah"), role=Role.ADMIN)
    with pytest.raises(Invalid):
        await office.do(service_team.deactivate_member, membership_id=office.id("avery"))
    await office.do(service_team.deactivate_member, "noah", membership_id=office.id("avery"))


async def test_without_the_lock_both_administrators_go(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """The negative control: PostgreSQL lets both through when each counts before the other has written.

    SQLite has one writer at a time, which is the lock.
    """
    both_counted, original = asyncio.Barrier(2), queries_team.count_other_admins

    async def without_lock(*_: object) -> None:
        return None

    async def count_together(*given: Any) -> int:
        found = await original(*given)
        await asyncio.wait_for(both_counted.wait(), 5)
        return found

    monkeypatch.setattr(queries_team, "lock_team", without_lock)
    if not office.database.is_sqlite:
        monkeypatch.setattr(queries_team, "count_other_admins", count_together)
    assert await two_leave_at_once(office) == (1 if office.database.is_sqlite else 0)
