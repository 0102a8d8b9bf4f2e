"""Nobody becomes somebody else by an e-mail address: not the client, not another therapist's contact."""

import asyncio
from typing import Any
from uuid import UUID

import pytest

from portal.access.gate import list_subjects
from portal.clients.service_contacts import edit_contact
from portal.clients.service_network import contact_fields
from portal.clients.views import Edited
from portal.clients.words import EMAIL_OF_SHARED_CONTACT
from portal.database import Work
from portal.errors import Conflict, NotPermitted
from portal.invitations import queries, service, service_logins
from portal.invitations.rules import Dead
from portal.invitations.service import DeadInvitation
from portal.kit.tokens import token_hash
from portal.models import Account, Contact, ContactLink
from tests.clients.office import staff
from tests.invitations.desk import FrontDesk
from tests.invitations.looking import accounts, count, dead_reason, invite_as


async def add_contact(desk: FrontDesk, email: str, *serves: str, is_client: str = "") -> UUID:
    """Put Nina, who has no login, into the networks of some clients."""
    harbor = desk.cast.harbor.id
    async with desk.database.unit_of_work() as work:
        nina = Contact(
            organization_id=harbor,
            client_id=desk.cast.clients[is_client].id if is_client else None,
            given_name="Nina",
            family_name="Diaz",
            email=email,
            created_at=work.now,
        )
        work.add(nina)
        await work.flush()
        for name in serves:
            work.add(
                ContactLink(
                    organization_id=harbor,
                    client_id=desk.cast.clients[name].id,
                    contact_id=nina.id,
                    relationship="aunt",
                    created_at=work.now,
                )
            )
    return nina.id


async def change(desk: FrontDesk, who: str, contact_id: UUID, **fields: str) -> object:
    async with desk.database.unit_of_work() as work:
        access = await staff(work, desk.cast, who, client="milo")
        seen = contact_fields(await desk.row(Contact, contact_id))
        return await edit_contact(work, access, contact_id=contact_id, seen=seen, fields=seen.model_copy(update=fields))


@pytest.mark.parametrize("other", [{"serves": "morgan"}, {"is_client": "morgan"}])
async def test_a_therapist_does_not_change_the_email_of_who_serves_others_too(
    desk: FrontDesk, other: dict[str, str]
) -> None:
    """Morgan is Noah's: with an address of her own Tess would be invited as Nina, and get all that Nina may do."""
    serves = [name for name in ("milo", other.get("serves", "")) if name]
    nina = await add_contact(desk, "nina@mail.example", *serves, is_client=other.get("is_client", ""))
    with pytest.raises(NotPermitted) as refused:
        await change(desk, "tess", nina, email="tess@other.example")
    assert refused.value.sentence == EMAIL_OF_SHARED_CONTACT
    assert (await desk.row(Contact, nina)).email == "nina@mail.example"
    assert await change(desk, "tess", nina, phone="+1 212-555-0177") == Edited(["phone"])
    assert await change(desk, "avery", nina, email="nina@new.example") == Edited(["email"])


async def test_a_therapist_changes_the_email_of_who_serves_only_their_clients(desk: FrontDesk) -> None:
    nina = await add_contact(desk, "nina@mail.example", "milo", "tara")
    assert await change(desk, "tess", nina, email="nina@new.example") == Edited(["email"])


async def test_a_contact_without_a_login_never_becomes_the_client(desk: FrontDesk) -> None:
    """Nina was put into Sam's network while Sam's invitation was on its way to Nina's address."""
    await invite_as(desk, "sam", "nina@mail.example")
    await desk.invite("robin")
    sams, robins = (link.rsplit("/", 1)[1] for link in await desk.links())
    await add_contact(desk, "Nina@Mail.example", "sam")
    assert await dead_reason(desk, sams) == Dead.CLOSED
    assert (await desk.client("sam")).account_id is None
    assert await accounts(desk, "nina@mail.example") == []
    await desk.join(robins)


@pytest.mark.parametrize(("email", "is_reached"), [("sam@new.example", True), ("n@mail.example", False), ("", False)])
async def test_a_client_gets_the_contacts_login_only_by_the_contacts_address(
    desk: FrontDesk, email: str, is_reached: bool
) -> None:
    """Sam is a contact of Morgan's too: whoever may change Sam's address need not be allowed to decide for Morgan."""
    own = await add_contact(desk, email, "morgan", is_client="sam")
    await desk.invite("sam")
    joined = await desk.join(await desk.token())
    assert ((await desk.row(Contact, own)).account_id is not None) is is_reached
    assert joined.session
    async with desk.database.unit_of_work(writes=False) as work:
        reached = {one.name for one in (await list_subjects(work, token_hash(joined.session.token))).clients}
    assert "Sam Quill" in reached


@pytest.mark.parametrize("field", ["email", "archived_at"])
async def test_what_changes_while_the_password_is_hashed_counts(
    desk: FrontDesk, monkeypatch: pytest.MonkeyPatch, field: str
) -> None:
    await invite_as(desk, "sam", "fay@mail.example")
    await desk.invite("robin")
    sams, robins = (link.rsplit("/", 1)[1] for link in await desk.links())
    original = service_logins.hash_password

    async def meanwhile(password: str) -> str:
        async with desk.database.unit_of_work() as work:
            row: Any = await work.merge(await desk.client("sam"))
            setattr(row, field, "right@new.example" if field == "email" else work.now)
            work.add(row)
        return await original(password)

    monkeypatch.setattr(service_logins, "hash_password", meanwhile)
    with pytest.raises(DeadInvitation) as dead:
        await desk.join(sams)
    assert dead.value.reason is (Dead.OTHER_EMAIL if field == "email" else Dead.CLOSED)
    assert (await desk.client("sam")).account_id is None
    assert await accounts(desk, "fay@mail.example") == []
    await desk.join(robins)


async def test_a_login_closed_while_the_password_is_hashed_stays_closed(
    desk: FrontDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    await desk.invite("sam", "robin")
    sams, robins = (link.rsplit("/", 1)[1] for link in await desk.links())
    original = service_logins.hash_password

    async def meanwhile(password: str) -> str:
        async with desk.database.unit_of_work() as work:
            email = "sam@new.example"
            if not await accounts(desk, email):
                work.add(Account(email=email, email_key=email, name="S", created_at=work.now, disabled_at=work.now))
        return await original(password)

    monkeypatch.setattr(service_logins, "hash_password", meanwhile)
    with pytest.raises(DeadInvitation):
        await desk.join(sams)
    assert (await accounts(desk, "sam@new.example"))[0].password_hash is None
    await desk.join(robins)


async def test_staff_who_send_again_and_invite_at_once_wait_for_each_other(
    desk: FrontDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One has looked the invitation up when the other invites: both take the person first, so neither is stuck."""
    await desk.invite("sam")
    (row,) = await desk.invitations()
    looked_up, person_taken = asyncio.Event(), asyncio.Event()
    find_invitation, find_sent = queries.find_invitation, queries.find_sent

    async def find(work: Work, *what: Any) -> Any:
        found = await find_invitation(work, *what)
        looked_up.set()
        if work.get_bind().dialect.name == "postgresql":  # SQLite lets only one unit write at a time.
            await person_taken.wait()
        return found

    async def sent(*what: Any) -> Any:
        person_taken.set()
        return await find_sent(*what)

    monkeypatch.setattr(queries, "find_invitation", find)

    async def send_again() -> UUID:
        async with desk.database.unit_of_work() as work:
            return await service.resend_invitation(work, await desk.staff(work), invitation_id=row.id)

    async def invite() -> object:
        await looked_up.wait()
        monkeypatch.setattr(queries, "find_sent", sent)
        return await desk.invite("sam")

    again, invited = await asyncio.gather(send_again(), invite(), return_exceptions=True)
    assert not isinstance(invited, BaseException)
    # Who comes second finds that invitation replaced; nobody is left waiting.
    assert isinstance(again, UUID | Conflict)
    assert sum(one.replaced_at is None for one in await desk.invitations()) == 1
    assert await count(desk, "invitation.sent") == 2
