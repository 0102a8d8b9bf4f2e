"""Whoever holds the link joins: once, in time, by the date of birth, and never as somebody else."""

from typing import Any

import pytest
from sqlmodel import col, select

from portal.access.gate import list_subjects
from portal.accounts import links
from portal.database import Database
from portal.errors import Conflict, Invalid
from portal.invitations import words
from portal.invitations.rules import LIFETIME
from portal.invitations.service import DeadInvitation, WrongBirthDate
from portal.invitations.views import InvitationState
from portal.kit.crypto import KeyRing
from portal.kit.ids import new_id
from portal.kit.tokens import new_token, token_hash
from portal.models import Account, Client, Contact, ContactLink, Session
from tests.clients.office import events
from tests.invitations.desk import PASSWORD, FrontDesk
from tests.invitations.looking import accounts, count, dead_reason, invite_as, look
from tests.logins import sign_in

WRONG = "1990-05-30"


async def test_robin_gets_a_login_and_lands_on_the_forms(desk: FrontDesk) -> None:
    key = next(iter(desk.forms))
    await desk.invite("robin", forms=(key,))
    token = await desk.token()
    await desk.open(token)
    status = await desk.status("robin")
    assert status
    assert status.state is InvitationState.FOLLOWED
    joined = await desk.join(token)
    robin = await desk.client("robin")
    assert joined.start == f"/forms?for={robin.id}"
    (account,) = await accounts(desk, "robin@new.example")
    assert robin.account_id == account.id
    assert account.name == "Robin Quill"
    assert joined.session
    async with desk.database.unit_of_work() as work:
        subjects = await list_subjects(work, token_hash(joined.session.token))
        assert [subject.client_id for subject in subjects.clients] == [robin.id]
        assert ("invitation.accepted", {}) in await events(work, desk.cast.harbor.id)
    await sign_in("robin@new.example", password=PASSWORD)
    status = await desk.status("robin")
    assert status
    assert status.state is InvitationState.JOINED


async def test_without_forms_one_lands_on_home_and_without_a_recorded_birthday_none_is_asked(desk: FrontDesk) -> None:
    await desk.invite("sam")
    assert not (await look(desk, await desk.token())).asks_birth_date
    assert (await desk.join(await desk.token(), born="")).start == "/home"


async def test_looking_changes_nothing(desk: FrontDesk) -> None:
    await desk.invite("robin")
    before = (await desk.invitations())[0].model_dump()
    for _ in range(3):
        await look(desk, await desk.token())
    assert (await desk.invitations())[0].model_dump() == before


async def test_used_replaced_revoked_and_expired_links_say_why(desk: FrontDesk, clock: Any) -> None:
    await desk.invite("robin")
    token = await desk.token()
    await desk.join(token)
    assert await dead_reason(desk, token) == "used"
    await desk.invite("sam")
    first = await desk.token()
    await desk.invite("sam")
    assert await dead_reason(desk, first) == "replaced"
    clock.now += LIFETIME
    assert await dead_reason(desk, await desk.token()) == "expired"


async def test_link_works_until_its_last_moment(desk: FrontDesk, clock: Any) -> None:
    await desk.invite("sam")
    clock.now += LIFETIME - (LIFETIME / 10_000_000)
    await desk.join(await desk.token())


async def test_changed_address_and_archived_record_kill_the_link(desk: FrontDesk) -> None:
    await desk.invite("robin", "sam")
    tokens = [link.rsplit("/", 1)[1] for link in await desk.links()]
    async with desk.database.unit_of_work() as work:
        robin, sam = await work.merge(await desk.client("robin")), await work.merge(await desk.client("sam"))
        robin.email, sam.archived_at = "robin@other.example", work.now
        work.add_all([robin, sam])
    assert await dead_reason(desk, tokens[0]) == "other_email"
    assert await dead_reason(desk, tokens[1]) == "closed"


async def test_guessed_and_forged_tokens_are_unknown(desk: FrontDesk, clock: Any) -> None:
    await desk.invite("robin")
    token, (row,) = await desk.token(), await desk.invitations()
    ring, issuer, later = desk.database.ring, "http://localhost:8000", clock.now + LIFETIME
    forged = [
        "x",
        "a.b.c",
        "\x00",
        new_token(),
        token[:-2],
        token + "x",
        links.sign_link(KeyRing((b"e" * 32,)), "invitation", row.id, issuer, later),
        links.sign_link(ring, "invitation", new_id(), issuer, later),
        links.sign_link(ring, "invitation", row.id, "https://evil.example", later),
        links.sign_link(ring, "reset_password", row.id, issuer, later),
        # Signed by us for this very invitation, but not the one that was sent.
        links.sign_link(ring, "invitation", row.id, issuer, later + LIFETIME),
    ]
    for one in forged:
        assert await dead_reason(desk, one) == "unknown", one
    await desk.join(token)


async def test_invitation_opens_no_other_door(desk: FrontDesk, clock: Any) -> None:
    await desk.invite("robin")
    ring, token = desk.database.ring, await desk.token()
    for purpose in ("reset_password", "confirm_email", "undo_email"):
        assert links.read_link(ring, token, purpose, "http://localhost:8000", clock.now) is None


async def test_five_wrong_dates_of_birth_withdraw_it(desk: FrontDesk) -> None:
    await desk.invite("robin")
    token = await desk.token()
    said = []
    for _ in range(4):
        with pytest.raises(WrongBirthDate) as wrong:
            await desk.join(token, WRONG)
        said.append(wrong.value.sentence)
    assert "4 more tries" in said[0]
    assert words.LAST_TRY in said[3]
    with pytest.raises(DeadInvitation):
        await desk.join(token, WRONG)
    assert await dead_reason(desk, token) == "revoked"
    assert await accounts(desk, "robin@new.example") == []
    assert await count(desk, "invitation.locked") == 1


async def test_four_wrong_dates_and_the_right_one_join(desk: FrontDesk) -> None:
    await desk.invite("robin")
    for _ in range(4):
        with pytest.raises(WrongBirthDate):
            await desk.join(await desk.token(), WRONG)
    with pytest.raises(WrongBirthDate):
        await desk.join(await desk.token(), "31.5.1990")
    assert (await desk.invitations())[0].birth_date_tries == 4
    await desk.join(await desk.token())


@pytest.mark.parametrize("password", ["short", "password1234567", "robin@new.example", "harbor counseling 1"])
async def test_refused_password_leaves_the_invitation_as_it_was(desk: FrontDesk, password: str) -> None:
    await desk.invite("robin")
    with pytest.raises(Invalid):
        await desk.join(await desk.token(), password=password)
    assert await accounts(desk, "robin@new.example") == []
    await desk.join(await desk.token())


async def test_who_has_a_login_signs_in_first_and_keeps_the_password(desk: FrontDesk) -> None:
    await invite_as(desk, "sam", "quinn@mail.example")
    token = await desk.token()
    for session in ("", await sign_in("gina@mail.example")):
        with pytest.raises(Conflict) as refused:
            await desk.join(token, session=session)
        assert refused.value.sentence == words.SIGN_IN_FIRST
    before = (await accounts(desk, "quinn@mail.example"))[0]
    joined = await desk.join(token, session=await sign_in("quinn@mail.example"))
    assert joined.session is None
    assert (await desk.client("sam")).account_id == before.id
    assert (await accounts(desk, "quinn@mail.example")) == [before]


async def test_contact_joins_and_sees_whom_they_look_after(desk: FrontDesk) -> None:
    async with desk.database.unit_of_work() as work:
        pete = await work.merge(await desk.contact("pete"))
        pete.account_id, pete.email = None, "pete@new.example"
        work.add(pete)
    await desk.invite(desk.invitee("milo", "pete"))
    token = await desk.token()
    page = await look(desk, token)
    assert (page.asks_birth_date, page.asks_own_birth_date) == (True, False)
    with pytest.raises(WrongBirthDate) as refused:
        await desk.join(token, born="")
    assert refused.value.sentence == words.ENTER_BIRTH_DATE_OF_CLIENT
    with pytest.raises(WrongBirthDate) as refused:
        await desk.join(token)
    assert refused.value.sentence.startswith("That is not the date of birth that Harbor Counseling has for the client")
    assert (await accounts(desk, "pete@new.example")) == []
    joined = await desk.join(token, born=str((await desk.client("milo")).birth_date))
    assert joined.session
    async with desk.database.unit_of_work() as work:
        subjects = await list_subjects(work, token_hash(joined.session.token))
    assert [subject.name for subject in subjects.clients] == ["Milo Park"]


async def test_clients_own_record_as_a_contact_gets_the_login_too(desk: FrontDesk) -> None:
    async with desk.database.unit_of_work() as work:
        own = Contact(
            organization_id=desk.cast.harbor.id,
            client_id=desk.cast.clients["robin"].id,
            given_name="Robin",
            family_name="Quill",
            created_at=work.now,
        )
        work.add(own)
    await desk.invite("robin")
    await desk.join(await desk.token())
    assert (await desk.row(Contact, own.id)).account_id == (await desk.client("robin")).account_id


async def test_closed_login_cannot_join(desk: FrontDesk) -> None:
    await invite_as(desk, "sam", "quinn@mail.example")
    async with desk.database.unit_of_work() as work:
        quinn = await work.merge((await accounts(desk, "quinn@mail.example"))[0])
        quinn.disabled_at = work.now
        work.add(quinn)
    with pytest.raises(DeadInvitation):
        await desk.join(await desk.token())
    assert (await desk.client("sam")).account_id is None


async def test_login_that_is_another_client_here_is_refused_in_words(desk: FrontDesk) -> None:
    """Sam's invitation was on its way when its address became the login of another client."""
    await desk.invite("sam")
    async with desk.database.unit_of_work() as work:
        account = Account(
            email="sam@new.example",
            email_key="sam@new.example",
            name="S",
            password_hash=(await hashed(desk)),
            created_at=work.now,
        )
        work.add(account)
        await work.flush()
        robin = await work.merge(await desk.client("robin"))
        robin.account_id = account.id
        work.add(robin)
    with pytest.raises(Invalid) as refused:
        await desk.join(await desk.token(), session=await sign_in("sam@new.example"))
    assert refused.value.sentence == words.LOGIN_TAKEN.format(practice="Harbor Counseling")
    assert (await desk.client("sam")).account_id is None
    assert (await desk.invitations())[0].accepted_at is None


async def test_who_looks_after_a_client_never_becomes_the_client(desk: FrontDesk) -> None:
    """Pete was put into Sam's network while Sam's invitation was on its way to Pete's address."""
    await invite_as(desk, "sam", "pete@mail.example")
    async with desk.database.unit_of_work() as work:
        work.add(
            ContactLink(
                organization_id=desk.cast.harbor.id,
                client_id=desk.cast.clients["sam"].id,
                contact_id=desk.cast.contacts["pete"].id,
                relationship="father",
                created_at=work.now,
            )
        )
    with pytest.raises(DeadInvitation):
        await desk.join(await desk.token(), session=await sign_in("pete@mail.example"))
    assert (await desk.client("sam")).account_id is None


async def hashed(desk: FrontDesk) -> str | None:
    return (await accounts(desk, "gina@mail.example"))[0].password_hash


async def test_nothing_of_another_practice_is_touched(desk: FrontDesk, database: Database) -> None:
    async with database.unit_of_work(writes=False) as work:
        query = select(Client).where(Client.organization_id == desk.cast.lakeside.id).order_by(col(Client.id))
        before = [row.model_dump() for row in (await work.exec(query)).all()]
    await desk.invite("robin", "sam")
    for link in await desk.links():
        await desk.join(link.rsplit("/", 1)[1])
    async with database.unit_of_work(writes=False) as work:
        assert [row.model_dump() for row in (await work.exec(query)).all()] == before
        assert len((await work.exec(select(Session))).all()) == 3
