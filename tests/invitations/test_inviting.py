"""Staff invite clients and contacts: who can be, what goes out, and what kills an older link."""

import asyncio
import re
from uuid import UUID, uuid4

import pytest

from portal.audit.service import verify_chain
from portal.clients.service_list import list_clients
from portal.clients.views import ClientStatus
from portal.errors import Conflict, Invalid, NotFound
from portal.invitations import service, words
from portal.invitations.rules import LIFETIME
from portal.invitations.service import DeadInvitation
from portal.invitations.views import InvitationState, Invitee
from portal.jobs.worker import deliver_due
from portal.kit.ids import new_id
from portal.models import Client, OutboxStatus
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


async def strangers(desk: FrontDesk, count: int) -> list[Invitee]:
    """More clients who were never invited."""
    async with desk.database.unit_of_work() as work:
        made = [
            Client(
                organization_id=desk.cast.harbor.id,
                given_name=f"Kim{number}",
                family_name="Vale",
                email=f"kim{number}-{count}@new.example",
                created_at=work.now,
            )
            for number in range(count)
        ]
        work.add_all(made)
    return [Invitee(client_id=str(one.id)) for one in made]


async def test_fifty_cost_as_many_statements_as_two(desk: FrontDesk, forms: tuple[str, str]) -> None:
    costs = []
    for count in (2, 50):
        people = await strangers(desk, count)
        with counted(desk.database) as statements:
            assert len((await desk.invite(*people, forms=forms)).sent) == count
        costs.append(len(statements))
    assert costs[1] <= costs[0] <= 25
    assert len(await desk.mails()) == 52
    async with desk.database.unit_of_work(writes=False) as work:
        assert (await verify_chain(work, desk.cast.harbor.id)).intact


async def test_a_press_that_is_repeated_goes_on_where_it_stopped(desk: FrontDesk) -> None:
    people, press = await strangers(desk, 4), new_id()
    await desk.invite(*people[:2], operation_id=press)
    again = await desk.invite(*people, operation_id=press)
    assert len(again.sent) == len(await desk.mails()) == 4
    assert again.sentence == "4 invitations are on their way."
    await asyncio.gather(*(desk.invite(*people, operation_id=press) for _ in range(3)))
    assert len(await desk.mails()) == 4


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
