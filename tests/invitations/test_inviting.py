"""Staff invite clients and contacts: who can be, what goes out, and what kills an older link."""

import re
from uuid import UUID, uuid4

import pytest

from portal.access.actor import StaffTask
from portal.clients.service_list import list_clients
from portal.clients.views import ClientStatus
from portal.errors import Conflict, Invalid, NotFound, NotPermitted
from portal.invitations import service, words
from portal.invitations.rules import LIFETIME
from portal.invitations.service import DeadInvitation
from portal.invitations.views import InvitationState, Invitee
from portal.jobs.worker import deliver_due
from portal.kit.ids import new_id
from portal.models import OutboxStatus
from portal.notifications.outbox import context_of
from portal.runtime import runtime
from tests.clients.office import counted, events
from tests.invitations.desk import FrontDesk
from tests.notifications.conftest import MailServer, server

__all__ = ["server"]


@pytest.fixture
async def forms(desk: FrontDesk) -> tuple[str, str]:
    """The keys of two built-in forms."""
    first, second = sorted(desk.forms)[:2]
    return first, second


async def test_four_get_two_forms_each_and_the_practices_own_words(desk: FrontDesk, forms: tuple[str, str]) -> None:
    sent = await desk.invite(
        "robin", "sam", "milo", "casey", message="Dear {first_name}\n{link}\n{therapist}", forms=forms
    )
    assert len(sent.sent) == 2
    assert {(one.name, one.reason) for one in sent.passed_over} == {
        ("Milo Park", words.NO_EMAIL),
        ("Casey Lin", words.HAS_LOGIN),
    }
    assert sent.sentence == "2 invitations are on their way. 2 could not be invited."
    assert [mail.to_address for mail in await desk.mails()] == ["robin@new.example", "sam@new.example"]
    context = context_of(desk.database.ring, (await desk.mails())[0])
    assert (context["before"], context["after"]) == ("Dear Robin", words.NO_THERAPIST)
    assert len(await desk.assignments("robin")) == len(await desk.assignments("sam")) == 2
    assert await desk.assignments("milo") == await desk.assignments("casey") == []
    status = await desk.status("robin")
    assert status
    assert (status.state, status.forms) == (InvitationState.INVITED, 2)
    assert await desk.status("milo") is None


async def test_the_mail_says_nothing_about_health_but_what_the_practice_wrote(
    desk: FrontDesk, forms: tuple[str, str], server: MailServer
) -> None:
    await desk.invite("robin", message="Dear {first_name}, <b>soon</b>", forms=forms)
    assert await deliver_due(runtime(), server.mailer, "test") == 1
    (mail,) = server.taken
    text = mail.get_body(("plain",)).get_content()  # type: ignore[union-attr]
    html = mail.get_body(("html",)).get_content()  # type: ignore[union-attr]
    assert mail["Subject"] == "You are invited · Harbor Counseling"
    assert "Dear Robin, <b>soon</b>" in text
    assert "<b>soon" not in html
    assert re.search(r"http://localhost:8000/invitation/\S+", text)
    assert not re.search(r"PHQ|questionnaire|depress|consent|Quill", text, re.I)


async def test_mothers_invitation_is_previewed_before_anything_is_sent(desk: FrontDesk, forms: tuple[str, str]) -> None:
    await unlink(desk, "gina")
    people = [desk.invitee("milo", "gina"), desk.invitee("milo", "pete")]
    async with desk.database.unit_of_work(writes=False) as work:
        seen = await service.preview_invitation(
            work,
            await desk.staff(work),
            people=people,
            form_version_ids=[desk.forms[key] for key in forms],
            message="Hello {first_name}, {therapist} at {practice} asks you in. {link} Bye",
        )
    assert seen[0].before == "Hello Gina, Tess Rivera at Harbor Counseling asks you in."
    assert (seen[0].after, seen[0].problem, seen[0].email) == ("Bye", "", "gina@mail.example")
    assert len(seen[0].forms) == 2
    assert seen[1].problem == words.HAS_LOGIN
    assert await desk.mails() == []


async def unlink(desk: FrontDesk, name: str) -> None:
    """Take the login of a contact away, as if they had never joined."""
    async with desk.database.unit_of_work() as work:
        contact = await desk.contact(name)
        contact.account_id = None
        work.add(await work.merge(contact))
        await desk.staff(work)


async def test_contact_without_access_to_forms_gets_none(desk: FrontDesk, forms: tuple[str, str]) -> None:
    await unlink(desk, "pete")
    refused = await desk.invite(desk.invitee("milo", "pete"), forms=forms)
    assert [one.reason for one in refused.passed_over] == [words.NO_FORMS_ACCESS]
    assert len((await desk.invite(desk.invitee("milo", "pete"))).sent) == 1


async def test_one_mother_of_two_gets_one_invitation(desk: FrontDesk) -> None:
    await unlink(desk, "gina")
    sent = await desk.invite(desk.invitee("milo", "gina"), desk.invitee("tara", "gina"))
    assert len(sent.sent) == len(await desk.mails()) == 1


async def test_form_that_waits_already_is_not_sent_twice(desk: FrontDesk, forms: tuple[str, str]) -> None:
    await desk.invite("robin", forms=forms[:1])
    await desk.invite("robin", forms=forms)
    assert len(await desk.assignments("robin")) == 2


async def test_pressing_send_twice_sends_once(desk: FrontDesk) -> None:
    operation = uuid4()
    first = await desk.invite("robin", "sam", operation_id=operation)
    assert await desk.invite("robin", "sam", operation_id=operation) == first
    assert len(await desk.mails()) == 2


async def test_newer_invitation_kills_the_older_link_and_nobody_elses(desk: FrontDesk) -> None:
    await desk.invite("robin", "sam")
    old, other = [link.rsplit("/", 1)[1] for link in await desk.links()]
    await desk.invite("robin")
    with pytest.raises(DeadInvitation) as dead:
        await desk.open(old)
    assert dead.value.reason == "replaced"
    await desk.open(other)
    await desk.open(await desk.token())


@pytest.mark.parametrize("who", ["frank", "avery"])
async def test_sending_again_keeps_words_and_forms_and_takes_the_new_address(
    desk: FrontDesk, forms: tuple[str, str], who: str
) -> None:
    await desk.invite("robin", message="Our own words", forms=forms)
    (old,) = await desk.invitations()
    async with desk.database.unit_of_work() as work:
        client = await work.merge(await desk.client("robin"))
        client.email = "robin@other.example"
        work.add(client)
        await work.flush()
        new_one = await service.resend_invitation(work, await desk.staff(work, who), invitation_id=old.id)
    assert [mail.to_address for mail in await desk.mails()] == ["robin@new.example", "robin@other.example"]
    assert context_of(desk.database.ring, (await desk.mails())[1])["before"] == "Our own words"
    status = await desk.status("robin")
    assert status
    assert (status.invitation_id, status.forms) == (str(new_one), 2)
    assert len(await desk.assignments("robin")) == 2
    async with desk.database.unit_of_work() as work:
        with pytest.raises(Conflict):
            await service.resend_invitation(work, await desk.staff(work, who), invitation_id=old.id)


async def test_withdrawn_invitation_is_dead_at_once(desk: FrontDesk) -> None:
    await desk.invite("robin")
    (row,) = await desk.invitations()
    for expected in (None, Conflict):
        async with desk.database.unit_of_work() as work:
            access = await desk.staff(work)
            if expected is None:
                await service.revoke_invitation(work, access, invitation_id=row.id)
            else:
                with pytest.raises(expected):
                    await service.revoke_invitation(work, access, invitation_id=row.id)
    with pytest.raises(DeadInvitation) as dead:
        await desk.open(await desk.token())
    assert dead.value.reason == "revoked"
    status = await desk.status("robin")
    assert status
    assert status.state is InvitationState.REVOKED


async def test_list_of_clients_shows_who_is_invited(desk: FrontDesk, clock: object) -> None:
    await desk.invite("robin")

    async def shown(status: ClientStatus) -> set[str]:
        async with desk.database.unit_of_work() as work:
            page = await list_clients(work, await desk.staff(work), status=status)
            return {row.name for row in page.rows}

    assert await shown(ClientStatus.INVITED) == {"Robin Quill"}
    assert "Sam Quill" in await shown(ClientStatus.NOT_INVITED)
    clock.now += LIFETIME  # type: ignore[attr-defined]
    assert await shown(ClientStatus.INVITED) == set()


async def test_mail_that_the_server_refuses_is_shown(desk: FrontDesk, server: MailServer) -> None:
    server.recipients.append("550 no such mailbox")
    await desk.invite("robin")
    await deliver_due(runtime(), server.mailer, "test")
    assert (await desk.mails())[0].status is OutboxStatus.FAILED
    status = await desk.status("robin")
    assert status
    assert status.state is InvitationState.MAIL_REFUSED
    assert status.label == "Mail refused"


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


async def test_every_deed_is_in_the_chain(desk: FrontDesk, forms: tuple[str, str]) -> None:
    await desk.invite("robin", forms=forms[:1])
    async with desk.database.unit_of_work() as work:
        access = await desk.staff(work)
        (row,) = await desk.invitations()
        new_one = await service.resend_invitation(work, access, invitation_id=row.id)
        await service.revoke_invitation(work, access, invitation_id=new_one)
        made = [action for action, _ in await events(work, desk.cast.harbor.id) if action != "form.imported"]
    assert made == ["form.sent", "invitation.sent", "invitation.sent_again", "invitation.revoked"]


async def test_status_of_many_is_one_statement(desk: FrontDesk) -> None:
    await desk.invite("robin", "sam")
    ids = [client.id for client in desk.cast.clients.values()]
    async with desk.database.unit_of_work(writes=False) as work:
        with counted(desk.database) as statements:
            assert len(await service.invitation_status(work, desk.cast.harbor.id, ids)) == 2
    assert len([text for text in statements if text.startswith("SELECT")]) == 1


async def test_messages_are_kept_under_a_name_per_practice(desk: FrontDesk) -> None:
    async with desk.database.unit_of_work() as work:
        access, lakeside = await desk.staff(work), await desk.staff(work, "lena")
        kept = await service.save_template(work, access, name=" New  clients ", body="Hello {first_name}")
        assert kept.name == "New clients"
        with pytest.raises(Conflict):
            await service.save_template(work, access, name="NEW CLIENTS", body="Hello")
        with pytest.raises(Invalid):
            await service.save_template(work, access, name="Other", body="Hello {nobody}")
        await service.save_template(work, access, name="Newer", body="Hi", template_id=UUID(kept.id))
        assert [one.name for one in await service.list_templates(work, access)] == [words.DEFAULT_NAME, "Newer"]
        assert [one.name for one in await service.list_templates(work, lakeside)] == [words.DEFAULT_NAME]
        with pytest.raises(NotFound):
            await service.delete_template(work, lakeside, template_id=UUID(kept.id))
        await service.delete_template(work, access, template_id=UUID(kept.id))
        assert len(await service.list_templates(work, access)) == 1
