"""The team: who may change it, what a change does at once, and that somebody always runs the practice."""

import asyncio
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlmodel import col, select

from portal.access.actor import StaffTask
from portal.access.gate import open_client, open_practice
from portal.database import Database
from portal.demo.people import Cast
from portal.errors import Conflict, Invalid, NotFound, NotPermitted, SignedOut
from portal.invitations import service as invitations
from portal.invitations.service import Answer, DeadInvitation, Joined
from portal.kit.tokens import token_hash
from portal.models import AddOn, Client, ClientTherapist, Membership, Permission, Role, Session, Subscription
from portal.notifications.outbox import context_of
from portal.practice import queries_team, service_team, words_team
from portal.practice.views_team import StaffFields, TeamMember
from portal.runtime import runtime
from tests.clients.office import counted, events, sign_in, staff
from tests.logins import hasher, logins, mails
from tests.logins import sign_in as sign_in_by_password

__all__ = ["hasher", "logins"]
PASSWORD = "tractor lampion velvet"
NEW = StaffFields(name="Ines Vale", email="ines@harbor.example", role=Role.THERAPIST)


class Office:
    """Harbor's team, changed by whoever is named."""

    def __init__(self, database: Database, cast: Cast) -> None:
        self.database, self.cast = database, cast

    async def do(self, act: Any, who: str = "avery", task: StaffTask = StaffTask.TEAM, **more: Any) -> Any:
        async with self.database.unit_of_work() as work:
            return await act(work, await staff(work, self.cast, who, task), **more)

    def id(self, name: str) -> UUID:
        return self.cast.staff[name].id

    async def team(self, who: str = "avery") -> dict[str, TeamMember]:
        return {one.name: one for one in await self.do(service_team.list_team, who)}

    async def invite(self, fields: StaffFields = NEW) -> tuple[UUID, str]:
        """Invite somebody; returns the membership and the token that was mailed."""
        membership_id = await self.do(service_team.invite_staff, fields=fields)
        mail = (await mails(self.database, "invitation"))[-1]
        return membership_id, context_of(self.database.ring, mail)["link"].rsplit("/", 1)[1]

    async def join(self, token: str, session_hash: str | None = None) -> Joined:
        answer = Answer(token=token, password=PASSWORD, session_hash=session_hash)
        return await invitations.join_by_invitation(runtime(), answer)

    async def member(self, membership_id: UUID) -> Membership:
        async with self.database.unit_of_work(writes=False) as work:
            return (await work.exec(select(Membership).where(Membership.id == membership_id))).one()


@pytest.fixture
def office(database: Database, logins: Cast) -> Office:
    return Office(database, logins)


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


async def test_add_on_reaches_the_clients_on_the_next_click(office: Office) -> None:
    async def may_write(name: str) -> bool:
        async with office.database.unit_of_work() as work:
            session = await sign_in(work, office.cast, name)
            try:
                await open_client(work, session, office.cast.clients[name].id, Permission.MESSAGING)
            except NotPermitted:
                return False
        return True

    noah = {"membership_id": office.id("noah"), "add_on": AddOn.MESSAGING}
    assert not await may_write("morgan")
    for _ in range(2):
        await office.do(service_team.set_subscription, **noah, on=True)
    assert await may_write("morgan")
    assert [one.is_on for one in (await office.team())["Noah Webb"].add_ons] == [True, False]
    for _ in range(2):
        await office.do(service_team.set_subscription, **noah, on=False)
    assert not await may_write("morgan")
    async with office.database.unit_of_work() as work:
        made = [action for action, _ in await events(work, office.cast.harbor.id)]
    assert made == ["subscription.started", "subscription.ended"]


async def test_add_on_is_for_those_who_give_care(office: Office) -> None:
    with pytest.raises(Invalid):
        await office.do(service_team.set_subscription, membership_id=office.id("bea"), add_on=AddOn.MESSAGING, on=True)
    assert (await office.team())["Bea Ortiz"].add_ons[0].reason == words_team.NO_CARE


async def test_clients_are_given_and_taken(office: Office) -> None:
    noah, tess = office.id("noah"), office.id("tess")
    clients = [office.cast.clients[name].id for name in ("casey", "milo", "morgan")]
    assert await office.do(service_team.assign_clients, membership_id=noah, client_ids=clients, assigned=True) == 2
    assert await office.do(service_team.assign_clients, membership_id=noah, client_ids=clients, assigned=True) == 0
    assert await office.do(service_team.assign_clients, membership_id=tess, client_ids=clients, assigned=False) == 2
    async with office.database.unit_of_work() as work:
        query = select(ClientTherapist.client_id).where(ClientTherapist.membership_id == noah)
        assert set(clients) <= set((await work.exec(query)).all())
        made = [action for action, _ in await events(work, office.cast.harbor.id)]
    assert made == ["client.therapists_changed"] * 4


async def test_nothing_of_another_practice_is_in_reach(office: Office) -> None:
    noah, foreign = office.id("noah"), office.cast.clients["quinn"].id
    mine = office.cast.clients["casey"].id
    for clients in ([foreign], [mine, foreign], [uuid4()]):
        with pytest.raises(NotFound):
            await office.do(service_team.assign_clients, membership_id=noah, client_ids=clients, assigned=True)
    for act, more in (
        (service_team.change_role, {"role": Role.ADMIN}),
        (service_team.deactivate_member, {}),
        (service_team.reactivate_member, {}),
        (service_team.resend_staff_invitation, {}),
        (service_team.set_subscription, {"add_on": AddOn.MESSAGING, "on": True}),
        (service_team.assign_clients, {"client_ids": [mine], "assigned": True}),
    ):
        for membership_id in (office.id("theo"), uuid4()):
            with pytest.raises(NotFound):
                await office.do(act, membership_id=membership_id, **more)
    assert set(await office.team("lena")) == {"Lena Cho", "Theo Grant"}
    async with office.database.unit_of_work(writes=False) as work:
        quinn = (await work.exec(select(Client).where(Client.id == foreign))).one()
        assert quinn.organization_id == office.cast.lakeside.id


@pytest.mark.parametrize("who", ["tess", "bea", "frank"])
async def test_only_administrators_change_the_team(office: Office, who: str) -> None:
    with pytest.raises(NotPermitted):
        await office.do(service_team.list_team, who)
    with pytest.raises(NotPermitted):
        await office.do(service_team.change_role, who, StaffTask.TODAY, membership_id=office.id(who), role=Role.ADMIN)
    with pytest.raises(NotPermitted):
        await office.do(service_team.invite_staff, who, StaffTask.TODAY, fields=NEW)


async def test_list_costs_the_same_for_many(office: Office) -> None:
    await office.invite()
    async with office.database.unit_of_work() as work:
        access = await staff(work, office.cast, "avery", StaffTask.TEAM)
        with counted(office.database) as made:
            await service_team.list_team(work, access)
    assert len([text for text in made if text.startswith("SELECT")]) == 4


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
