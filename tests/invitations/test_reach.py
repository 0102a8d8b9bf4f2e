"""Who is out of reach of an invitation: other practices, others' clients, and who would become somebody else."""

from uuid import uuid4

import pytest

from portal.access.actor import StaffTask
from portal.errors import Invalid, NotFound, NotPermitted
from portal.invitations import service, words
from portal.invitations.views import Invitee
from portal.kit.ids import new_id
from tests.invitations.desk import FrontDesk
from tests.notifications.conftest import server

__all__ = ["server"]


@pytest.mark.parametrize("stranger", ["quinn", "casey_lakeside"])
async def test_client_of_another_practice_is_not_there(desk: FrontDesk, stranger: str) -> None:
    for people in ([stranger], ["robin", stranger]):
        with pytest.raises(NotFound):
            await desk.invite(*people)
    assert await desk.mails() == []
    foreign = Invitee(client_id=str(desk.cast.clients[stranger].id), contact_id=str(desk.cast.contacts["gina"].id))
    with pytest.raises(NotFound):
        await desk.invite(foreign)
    with pytest.raises(NotFound):
        await desk.invite(Invitee(client_id="1"))


async def test_contact_of_another_client_is_not_there(desk: FrontDesk) -> None:
    with pytest.raises(NotFound):
        await desk.invite(desk.invitee("casey", "gina"))


async def test_therapist_invites_assigned_clients_only(desk: FrontDesk) -> None:
    assert (await desk.invite("casey", who="tess")).passed_over
    with pytest.raises(NotFound):
        await desk.invite("morgan", who="tess")
    with pytest.raises(NotFound):
        await desk.invite("robin", who="noah")


async def test_other_staffs_roles_and_tasks_are_refused(desk: FrontDesk) -> None:
    with pytest.raises(NotPermitted):
        await desk.invite("robin", who="bea")
    async with desk.database.unit_of_work() as work:
        access = await desk.staff(work, "avery", StaffTask.SEE_CLIENTS)
        with pytest.raises(NotPermitted):
            await service.invite_people(
                work, access, people=[desk.invitee("robin")], message="Hello", operation_id=new_id()
            )


async def test_invitation_of_another_practice_cannot_be_touched(desk: FrontDesk) -> None:
    await desk.invite("robin")
    (row,) = await desk.invitations()
    for act in (service.resend_invitation, service.revoke_invitation):
        async with desk.database.unit_of_work() as work:
            access = await desk.staff(work, "lena")
            with pytest.raises(NotFound):
                await act(work, access, invitation_id=row.id)
    async with desk.database.unit_of_work(writes=False) as work:
        ids = [desk.cast.clients["robin"].id]
        assert await service.invitation_status(work, desk.cast.lakeside.id, ids) == {}


async def test_forms_of_another_practice_and_too_many_people_are_refused(desk: FrontDesk) -> None:
    desk.forms["foreign"] = uuid4()
    with pytest.raises(Invalid) as refused:
        await desk.invite("robin", forms=("foreign",))
    assert refused.value.sentence == words.NO_SUCH_FORM
    for people, said in (([], words.NOBODY), ([desk.invitee("robin")] * 201, words.TOO_MANY)):
        with pytest.raises(Invalid) as refused:
            await desk.invite(*people)
        assert refused.value.sentence == said


async def test_two_clients_with_one_login_are_told_apart(desk: FrontDesk) -> None:
    """Casey signs in with that address: Sam would take over nothing, and gets nothing."""
    async with desk.database.unit_of_work() as work:
        sam = await work.merge(await desk.client("sam"))
        sam.email = "CASEY@mail.example"
        work.add(sam)
    sent = await desk.invite("sam")
    assert [one.reason for one in sent.passed_over] == [words.LOGIN_OF_ANOTHER]


@pytest.mark.parametrize("email", ["pete@mail.example", "Pete@Mail.example", "pete@recorded.example"])
async def test_father_who_only_pays_cannot_be_invited_as_his_son(desk: FrontDesk, email: str) -> None:
    """A child's record often has a parent's address; with it the parent would become the client."""
    async with desk.database.unit_of_work() as work:
        milo, pete = await work.merge(await desk.client("milo")), await work.merge(await desk.contact("pete"))
        milo.email, pete.email = email, "pete@recorded.example"
        work.add_all([milo, pete])
    sent = await desk.invite("milo")
    assert [one.reason for one in sent.passed_over] == [words.EMAIL_OF_CONTACT]
