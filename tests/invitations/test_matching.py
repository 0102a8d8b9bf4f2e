"""Strangers ask to join: nothing follows, nobody is revealed, and staff decide who they are."""

from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest
from sqlmodel import select

from portal.access.actor import StaffTask
from portal.clients.rules import InvalidFields
from portal.clients.views import LooksLike
from portal.errors import Conflict, NotFound, NotPermitted, StepUpNeeded
from portal.invitations import service, words
from portal.invitations.views import JoinDecided, JoinFields, JoinRequestView
from portal.models import Account, Client, JoinRequest, OrganizationSetting
from tests.clients.office import counted, events
from tests.invitations.desk import FrontDesk

STRANGER = JoinFields(given_name="Ada", family_name="Byron", email="ada@new.example", birth_date="1985-12-10")


async def ask(desk: FrontDesk, slug: str = "harbor", **changed: str) -> None:
    async with desk.database.unit_of_work() as work:
        await service.ask_to_join(work, slug=slug, fields=STRANGER.model_copy(update=changed))


async def queue(desk: FrontDesk, who: str = "frank") -> list[JoinRequestView]:
    async with desk.database.unit_of_work() as work:
        return await service.list_join_requests(work, await desk.staff(work, who))


async def decide(desk: FrontDesk, act: Any, who: str = "frank", **more: Any) -> Any:
    async with desk.database.unit_of_work() as work:
        return await act(work, await desk.staff(work, who), **more)


async def everything(desk: FrontDesk) -> list[dict[str, Any]]:
    """Every client and every login, as stored."""
    async with desk.database.unit_of_work(writes=False) as work:
        return [
            row.model_dump()
            for table in (Client, Account)
            for row in (await work.exec(select(table).order_by(table.id))).all()
        ]


def known(desk: FrontDesk, name: str) -> dict[str, str]:
    client = desk.cast.clients[name]
    return {
        "given_name": client.given_name,
        "family_name": client.family_name,
        "email": client.email,
        "birth_date": client.birth_date.isoformat() if client.birth_date else "",
    }


async def test_asking_makes_a_request_and_nothing_else(desk: FrontDesk) -> None:
    before = await everything(desk)
    await ask(desk, note="I sleep badly.", phone="(212) 555-0199")
    await ask(desk, **known(desk, "casey"))
    assert await everything(desk) == before
    assert len(await desk.mails("join_received")) == 2
    assert await desk.mails() == []
    async with desk.database.unit_of_work(writes=False) as work:
        stored = (await work.exec(select(JoinRequest))).all()
        assert all(b"sleep" not in (row.note or b"") for row in stored)
        assert [action for action, _ in await events(work, desk.cast.harbor.id)][-2:] == ["join.received"] * 2


async def test_known_and_unknown_cost_the_same_work(desk: FrontDesk) -> None:
    async def statements(**who: str) -> list[str]:
        with counted(desk.database) as made:
            await ask(desk, **who)
        return made

    assert await statements() == await statements(**known(desk, "casey"))
    assert await statements(email="x@new.example") == await statements(email="tess@harbor.example")


async def test_queue_says_whom_they_look_like(desk: FrontDesk) -> None:
    casey = known(desk, "casey")
    await ask(desk, email=casey["email"].upper(), given_name="C.")
    await ask(desk, **{**casey, "email": "new-address@new.example", "given_name": "CASEY"})
    await ask(desk, email="gina@mail.example")
    await ask(desk, note="First note")
    await ask(desk, email="PETE@mail.example")
    with_email, with_birth, gina, nobody, pete = await queue(desk)
    assert [one.name for one in with_email.like] == ["Casey Lin"]
    assert [one.name for one in with_birth.like] == ["Casey Lin"]
    assert [(one.kind.value, one.name) for one in gina.like] == [("client", "Gina Park")], "one person, once"
    (father,) = pete.like
    assert (father.kind.value, father.client_id, [one.name for one in father.serves]) == ("contact", "", ["Milo Park"])
    (lin,) = with_email.like
    assert (lin.has_login, lin.fields.email) == (True, "casey@mail.example")
    assert (nobody.like, nobody.note, nobody.name) == ([], "First note", "Ada Byron")
    assert await queue(desk, "lena") == []


async def test_queue_costs_three_statements_however_long(desk: FrontDesk) -> None:
    for number in range(4):
        await ask(desk, email=f"a{number}@new.example")
    async with desk.database.unit_of_work() as work:
        access = await desk.staff(work)
        with counted(desk.database) as made:
            assert len(await service.list_join_requests(work, access)) == 4
    assert len([text for text in made if text.startswith("SELECT")]) == 3


async def test_only_who_decides_is_told_how_many_wait(desk: FrontDesk) -> None:
    await ask(desk)
    async with desk.database.unit_of_work() as work:
        for who, count in (("avery", 1), ("frank", 1), ("tess", 0), ("bea", 0), ("lena", 0)):
            assert await service.count_join_requests(work, await desk.staff(work, who, StaffTask.TODAY)) == count


async def test_same_person_is_invited_at_the_address_on_record(desk: FrontDesk) -> None:
    """Whoever says they are Robin, with a mailbox of their own, gets nothing."""
    await ask(desk, **{**known(desk, "robin"), "email": "attacker@evil.example"})
    (request,) = await queue(desk)
    decided = await decide(
        desk, service.decide_same_person, request_id=UUID(request.id), client_id=desk.cast.clients["robin"].id
    )
    assert decided.invited
    assert [mail.to_address for mail in await desk.mails()] == ["robin@new.example"]
    assert (await desk.client("robin")).email == "robin@new.example"
    assert await queue(desk) == []


async def test_their_address_is_taken_only_when_staff_say_so(desk: FrontDesk) -> None:
    await ask(desk, **{**known(desk, "milo"), "email": "milo@new.example"})
    (request,) = await queue(desk)
    milo = desk.cast.clients["milo"].id
    async with desk.database.unit_of_work() as work:
        access = await desk.staff(work)
        unsure = replace(access, actor=replace(access.actor, stepped_up_at=None))
        wish = {"request_id": UUID(request.id), "client_id": milo, "take_email": True}
        with pytest.raises(StepUpNeeded):
            await service.decide_same_person(work, unsure, **wish)
        decided = await service.decide_same_person(work, access, **wish)
    assert decided.invited
    assert (await desk.client("milo")).email == "milo@new.example"
    await ask(desk, **{**known(desk, "milo"), "email": "other@new.example"})


async def test_who_has_a_login_keeps_address_and_login(desk: FrontDesk) -> None:
    await ask(desk, **{**known(desk, "casey"), "email": "attacker@evil.example"})
    (request,) = await queue(desk)
    decided = await decide(
        desk,
        service.decide_same_person,
        request_id=UUID(request.id),
        client_id=desk.cast.clients["casey"].id,
        take_email=True,
    )
    assert not decided.invited
    assert "has a login already" in decided.sentence
    assert (await desk.client("casey")).email == "casey@mail.example"
    assert await desk.mails() == []


async def test_new_client_is_made_once_and_invited(desk: FrontDesk) -> None:
    await ask(desk)
    (request,) = await queue(desk)
    decided = await decide(desk, service.decide_new_client, request_id=UUID(request.id))
    assert isinstance(decided, JoinDecided)
    assert decided.invited
    row = await desk.row(Client, UUID(decided.client_id))
    assert (row.given_name, row.email, row.organization_id) == ("Ada", "ada@new.example", desk.cast.harbor.id)
    for act, more in (
        (service.decide_new_client, {}),
        (service.reject_join_request, {}),
        (service.decide_same_person, {"client_id": row.id}),
    ):
        with pytest.raises(Conflict):
            await decide(desk, act, request_id=UUID(request.id), **more)


@pytest.mark.parametrize("other", [{}, {"email": "other@new.example", "birth_date": "1970-01-01"}])
async def test_second_record_is_never_made_silently(desk: FrontDesk, other: dict[str, str]) -> None:
    """Nor where nothing but the name is the same: a date of birth is mistyped often enough."""
    await ask(desk, **known(desk, "casey") | other)
    (request,) = await queue(desk)
    assert [one.name for one in request.like] == ["Casey Lin"]
    like = await decide(desk, service.decide_new_client, request_id=UUID(request.id))
    assert isinstance(like, LooksLike)
    assert len(await queue(desk)) == 1
    despite = [UUID(one.id) for one in like.people]
    decided = await decide(desk, service.decide_new_client, request_id=UUID(request.id), despite=despite)
    assert isinstance(decided, JoinDecided)
    assert decided.invited is bool(other)
    assert (words.LOGIN_OF_ANOTHER in decided.sentence) is not decided.invited


async def test_rejected_request_is_gone_and_nobody_is_told(desk: FrontDesk) -> None:
    await ask(desk)
    (request,) = await queue(desk)
    await decide(desk, service.reject_join_request, request_id=UUID(request.id))
    assert await queue(desk) == []
    assert len(await desk.mails("join_received")) == 1


async def test_only_who_sees_all_clients_decides(desk: FrontDesk) -> None:
    await ask(desk)
    (request,) = await queue(desk)
    for who in ("tess", "bea"):
        with pytest.raises(NotPermitted):
            await queue(desk, who)
        with pytest.raises(NotPermitted):
            await decide(desk, service.reject_join_request, who, request_id=UUID(request.id))
    with pytest.raises(NotFound):
        await decide(desk, service.reject_join_request, "lena", request_id=UUID(request.id))
    with pytest.raises(NotFound):
        await decide(
            desk,
            service.decide_same_person,
            request_id=UUID(request.id),
            client_id=desk.cast.clients["quinn"].id,
        )
    assert len(await queue(desk)) == 1


async def test_practice_that_takes_no_requests_gets_none(desk: FrontDesk) -> None:
    with pytest.raises(NotPermitted):
        await ask(desk, slug="lakeside")
    with pytest.raises(NotFound):
        await ask(desk, slug="nowhere")
    async with desk.database.unit_of_work() as work:
        work.add(
            OrganizationSetting(
                organization_id=desk.cast.lakeside.id, name="client_sign_up", value="true", changed_at=work.now
            )
        )
    await ask(desk, slug="lakeside")
    assert len(await queue(desk, "lena")) == 1
    assert await queue(desk) == []


async def test_one_mailbox_is_not_filled_by_us(desk: FrontDesk) -> None:
    for spelling in ("ada@new.example", "ADA@new.example", "ada@NEW.example", "ada@new.example", "Ada@new.example"):
        await ask(desk, email=spelling)
    assert len(await desk.mails("join_received")) == 3
    assert len(await queue(desk)) == 3


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"given_name": " "}, "given_name"),
        ({"family_name": "x" * 81}, "family_name"),
        ({"email": ""}, "email"),
        ({"email": "not an address"}, "email"),
        ({"birth_date": ""}, "birth_date"),
        ({"birth_date": "2999-01-01"}, "birth_date"),
        ({"phone": "call me"}, "phone"),
        ({"note": "x" * 1001}, "note"),
        ({"note": "a\x00b"}, "note"),
    ],
)
async def test_every_bad_field_has_its_sentence(desk: FrontDesk, changed: dict[str, str], field: str) -> None:
    with pytest.raises(InvalidFields) as refused:
        await ask(desk, **changed)
    assert list(refused.value.fields) == [field]
    assert await queue(desk) == []
    await ask(desk)
