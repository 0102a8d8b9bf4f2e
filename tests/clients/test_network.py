"""Contact networks: who is in them, how they get there, and what happens to them."""

from uuid import UUID

import pytest
from sqlmodel import select

from portal.access.actor import StaffTask
from portal.access.gate import open_client
from portal.clients.rules import InvalidFields
from portal.clients.service import archive_client
from portal.clients.service_contacts import (
    add_contact,
    add_known_contact,
    change_relationship,
    edit_contact,
    remove_contact,
)
from portal.clients.service_convert import convert_contact_to_client
from portal.clients.service_network import list_network, search_known
from portal.clients.service_switches import switch_features
from portal.clients.views import Added, EditConflict, Edited, KnownKind, LooksLike
from portal.clients.views_network import GrantState, NetworkMember
from portal.database import Database, Work
from portal.demo.people import Cast
from portal.errors import Conflict, Invalid, NotFound, NotPermitted
from portal.kit.ids import new_id
from portal.models import Client, Contact, Permission
from tests.clients.office import contact, events, sign_in, staff


async def member(work: Work, cast: Cast, client: str, name: str) -> NetworkMember:
    network = await list_network(work, await staff(work, cast, "avery", client=client))
    return next(one for one in network.members if one.name == name)


async def test_a_network_lists_everybody_with_every_grant(database: Database, cast: Cast) -> None:
    async with database.unit_of_work() as work:
        network = await list_network(work, await staff(work, cast, "tess", StaffTask.SEE_CLIENTS, "milo"))
        assert (network.client_name, network.access_off) == ("Milo Park", "")
        gina, pete = network.members
        assert (gina.name, gina.relationship, gina.has_login, gina.is_client) == ("Gina Park", "mother", True, True)
        assert [grant.permission for grant in gina.grants] == [one.value for one in Permission]
        assert {grant.state for grant in gina.grants} == {GrantState.RUNNING}
        born = cast.clients["milo"].birth_date
        assert born is not None
        assert {grant.ends_with_age for grant in gina.grants} == {born.replace(year=born.year + 18).isoformat()}
        assert [(grant.label, grant.ends_with_age) for grant in pete.grants] == [("Payments", "")]
        assert gina.other_clients == 1
        # Tess does not see Gina's own record; Noah and Avery do.
        assert gina.client_id == ""
        assert (await member(work, cast, "milo", "Gina Park")).client_id == str(cast.clients["gina"].id)


async def test_a_network_says_why_no_contact_gets_in(database: Database, cast: Cast) -> None:
    async with database.unit_of_work() as work:
        milo = await staff(work, cast, "avery", client="milo")
        assert (await list_network(work, milo)).access_off == ""
        settings = await staff(work, cast, "avery", StaffTask.SETTINGS)
        chosen = [cast.clients["milo"].id]
        await switch_features(work, settings, client_ids=chosen, name="contact_access", off=True)
        assert "off for Milo Park" in (await list_network(work, milo)).access_off
        quinn = await list_network(work, await staff(work, cast, "lena", client="quinn"))
        assert "off for the whole practice" in quinn.access_off


async def test_somebody_new_is_added_and_may_do_nothing_yet(database: Database, cast: Cast) -> None:
    async with database.unit_of_work() as work:
        access = await staff(work, cast, "frank", client="milo")
        fields = contact(email="ada@mail.example", phone="2125550177")
        added = await add_contact(work, access, fields=fields, relationship=" aunt ")
        assert isinstance(added, Added)
        ada = await member(work, cast, "milo", "Ada Park")
        assert (ada.relationship, ada.fields.phone, ada.grants) == ("aunt", "+1 212-555-0177", [])
        assert ("contact.added", {}) in await events(work, cast.harbor.id)
        assert f"client:{cast.clients['milo'].id}" in work.topics


async def test_bad_particulars_and_relationships_are_named(database: Database, cast: Cast) -> None:
    async with database.unit_of_work() as work:
        access = await staff(work, cast, "avery", client="milo")
        with pytest.raises(InvalidFields) as refused:
            await add_contact(work, access, fields=contact("", email="x"), relationship="aunt")
        assert set(refused.value.fields) == {"given_name", "email"}
        for relationship in ("", "x" * 61, "a\x00b"):
            with pytest.raises(InvalidFields) as refused:
                await add_contact(work, access, fields=contact(), relationship=relationship)
            assert set(refused.value.fields) == {"relationship"}
        assert isinstance(await add_contact(work, access, fields=contact(), relationship="aunt"), Added)


async def test_a_known_email_asks_whether_it_is_the_same_person(database: Database, cast: Cast) -> None:
    async with database.unit_of_work() as work:
        access = await staff(work, cast, "avery", client="casey")
        fields = contact("Georgina", "Park", email="Gina@mail.example")
        alike = await add_contact(work, access, fields=fields, relationship="friend")
        assert isinstance(alike, LooksLike)
        assert [(one.kind, one.id) for one in alike.people] == [
            (KnownKind.CONTACT, str(cast.contacts["gina"].id)),
            (KnownKind.CLIENT, str(cast.clients["gina"].id)),
        ]
        known = UUID(alike.people[0].id)
        added = await add_known_contact(work, access, kind=KnownKind.CONTACT, known_id=known, relationship="friend")
        assert added == Added(str(known))
        assert (await member(work, cast, "casey", "Gina Park")).other_clients == 2


async def test_a_therapist_adds_an_unseen_contact_only_by_the_email_they_typed(database: Database, cast: Cast) -> None:
    pete = cast.contacts["pete"].id
    async with database.unit_of_work() as work:
        access = await staff(work, cast, "noah", client="morgan")
        alike = await add_contact(work, access, fields=contact(email="pete@mail.example"), relationship="friend")
        assert isinstance(alike, LooksLike)
        assert [(one.id, one.name) for one in alike.people] == [(str(pete), "")]
        for typed in ("", "other@mail.example"):
            with pytest.raises(NotFound):
                await add_known_contact(
                    work, access, kind=KnownKind.CONTACT, known_id=pete, relationship="friend", typed_email=typed
                )
        await add_known_contact(
            work, access, kind=KnownKind.CONTACT, known_id=pete, relationship="friend", typed_email="PETE@mail.example"
        )


async def test_a_client_becomes_somebodys_contact_with_their_login(database: Database, cast: Cast) -> None:
    async with database.unit_of_work() as work:
        access = await staff(work, cast, "avery", client="casey")
        morgan = cast.clients["morgan"].id
        await add_known_contact(work, access, kind=KnownKind.CLIENT, known_id=morgan, relationship="partner")
        row = await member(work, cast, "casey", "Morgan Diaz")
        assert (row.has_login, row.is_client, row.grants) == (True, True, [])
        with pytest.raises(Conflict, match="already in this contact network"):
            await add_known_contact(work, access, kind=KnownKind.CLIENT, known_id=morgan, relationship="partner")
        session = await sign_in(work, cast, "morgan")
        with pytest.raises(NotPermitted, match="no access to payments"):
            await open_client(work, session, cast.clients["casey"].id, Permission.PAYMENTS)


async def test_nobody_is_their_own_contact_and_nobody_comes_from_elsewhere(database: Database, cast: Cast) -> None:
    async with database.unit_of_work() as work:
        access = await staff(work, cast, "avery", client="gina")
        for kind, known in ((KnownKind.CLIENT, cast.clients["gina"].id), (KnownKind.CONTACT, cast.contacts["gina"].id)):
            with pytest.raises(Invalid, match="their own contact"):
                await add_known_contact(work, access, kind=kind, known_id=known, relationship="self")
        for kind, known in ((KnownKind.CLIENT, cast.clients["quinn"].id), (KnownKind.CONTACT, new_id())):
            with pytest.raises(NotFound):
                await add_known_contact(work, access, kind=kind, known_id=known, relationship="friend")
        lena = await staff(work, cast, "lena", client="quinn")
        with pytest.raises(NotFound):
            await add_known_contact(
                work, lena, kind=KnownKind.CONTACT, known_id=cast.contacts["pete"].id, relationship="friend"
            )
        await add_known_contact(
            work, access, kind=KnownKind.CONTACT, known_id=cast.contacts["pete"].id, relationship="former husband"
        )


async def test_searching_known_people_leaves_out_who_is_there_already(database: Database, cast: Cast) -> None:
    async with database.unit_of_work() as work:
        casey = await staff(work, cast, "avery", client="casey")
        found = await search_known(work, casey, query="park")
        assert [(one.kind, one.name) for one in found] == [
            (KnownKind.CONTACT, "Gina Park"),
            (KnownKind.CONTACT, "Pete Park"),
            (KnownKind.CLIENT, "Milo Park"),
            (KnownKind.CLIENT, "Tara Park"),
        ]
        milo = await staff(work, cast, "avery", client="milo")
        assert [one.name for one in await search_known(work, milo, query="park")] == ["Tara Park"]
        assert await search_known(work, milo, query="  ") == []
        noah = await staff(work, cast, "noah", client="morgan")
        assert [one.name for one in await search_known(work, noah, query="park")] == ["Gina Park"]
        lena = await staff(work, cast, "lena", client="quinn")
        assert await search_known(work, lena, query="park") == []


async def test_a_contacts_particulars_merge_like_a_clients(database: Database, cast: Cast) -> None:
    gina = cast.contacts["gina"].id
    async with database.unit_of_work() as work:
        access = await staff(work, cast, "avery", client="milo")
        seen = (await member(work, cast, "milo", "Gina Park")).fields
        named = seen.model_copy(update={"given_name": "Regina"})
        assert await edit_contact(work, access, contact_id=gina, seen=seen, fields=named) == Edited(["given_name"])
        assert {f"client:{cast.clients[name].id}" for name in ("milo", "tara")} <= work.topics
        assert f"account:{cast.accounts['gina'].id}" in work.topics
        again = await edit_contact(
            work, access, contact_id=gina, seen=seen, fields=seen.model_copy(update={"given_name": "Georgina"})
        )
        assert isinstance(again, EditConflict)
        found = await search_known(work, await staff(work, cast, "avery", client="casey"), query="regina")
        assert [one.name for one in found][:1] == ["Regina Park"]
        with pytest.raises(NotFound):
            await edit_contact(
                work, await staff(work, cast, "avery", client="casey"), contact_id=gina, seen=seen, fields=named
            )


async def test_a_relationship_changes_for_one_client_only(database: Database, cast: Cast) -> None:
    async with database.unit_of_work() as work:
        access = await staff(work, cast, "avery", client="milo")
        await change_relationship(work, access, contact_id=cast.contacts["gina"].id, relationship="foster mother")
        assert (await member(work, cast, "milo", "Gina Park")).relationship == "foster mother"
        assert (await member(work, cast, "tara", "Gina Park")).relationship == "mother"


async def test_who_leaves_a_network_loses_everything_there_at_once(database: Database, cast: Cast) -> None:
    async with database.unit_of_work() as work:
        session = await sign_in(work, cast, "gina")
        milo, tara = cast.clients["milo"].id, cast.clients["tara"].id
        await open_client(work, session, milo, Permission.FORMS)
        access = await staff(work, cast, "avery", client="milo")
        await remove_contact(work, access, contact_id=cast.contacts["gina"].id)
        with pytest.raises(NotFound):
            await open_client(work, session, milo, Permission.FORMS)
        await open_client(work, session, tara, Permission.PAYMENTS)
        assert [one.name for one in (await list_network(work, access)).members] == ["Pete Park"]
        assert ("contact.removed", {"grants_ended": 5}) in await events(work, cast.harbor.id)
        assert {f"client:{milo}", f"account:{cast.accounts['gina'].id}"} <= work.topics


async def test_an_archived_record_takes_nobody_in(database: Database, cast: Cast) -> None:
    async with database.unit_of_work() as work:
        access = await staff(work, cast, "avery", client="milo")
        await archive_client(work, access)
        with pytest.raises(Conflict, match="archived"):
            await add_contact(work, access, fields=contact(), relationship="aunt")


async def test_a_contact_becomes_a_client_with_the_same_login(database: Database, cast: Cast) -> None:
    pete = cast.contacts["pete"].id
    async with database.unit_of_work() as work:
        access = await staff(work, cast, "avery", client="milo")
        added = await convert_contact_to_client(work, access, contact_id=pete, birth_date="1985-04-01")
        assert isinstance(added, Added)
        row = (await work.exec(select(Client).where(Client.id == UUID(added.id)))).one()
        assert (row.given_name, row.email, row.account_id) == ("Pete", "pete@mail.example", cast.accounts["pete"].id)
        session = await sign_in(work, cast, "pete")
        await open_client(work, session, row.id, Permission.FORMS)
        await open_client(work, session, cast.clients["milo"].id, Permission.PAYMENTS)
        with pytest.raises(Conflict, match="is a client already"):
            await convert_contact_to_client(work, access, contact_id=pete)


async def test_a_contact_who_looks_like_a_client_is_decided_about(database: Database, cast: Cast) -> None:
    async with database.unit_of_work() as work:
        access = await staff(work, cast, "avery", client="milo")
        added = await add_contact(
            work,
            access,
            fields=contact("Morgan", "Diaz", email="morgan@mail.example"),
            relationship="uncle",
            despite=[cast.clients["morgan"].id],
        )
        assert isinstance(added, Added)
        uncle = UUID(added.id)
        alike = await convert_contact_to_client(work, access, contact_id=uncle)
        assert isinstance(alike, LooksLike)
        assert [one.name for one in alike.people] == ["Morgan Diaz"]
        with pytest.raises(NotFound):
            await convert_contact_to_client(work, access, contact_id=uncle, same_as=cast.clients["quinn"].id)
        with pytest.raises(Invalid, match="their own contact"):
            await convert_contact_to_client(work, access, contact_id=uncle, same_as=cast.clients["milo"].id)
        same = await convert_contact_to_client(work, access, contact_id=uncle, same_as=cast.clients["morgan"].id)
        assert same == Added(str(cast.clients["morgan"].id))
        row = (await work.exec(select(Contact).where(Contact.id == uncle))).one()
        assert (row.client_id, row.account_id) == (cast.clients["morgan"].id, None)


async def test_one_login_never_gets_a_second_record(database: Database, cast: Cast) -> None:
    """A contact whose login is a client's already is that client: not even `despite` makes another record."""
    async with database.unit_of_work() as work:
        row = (await work.exec(select(Contact).where(Contact.id == cast.contacts["gina"].id))).one()
        row.client_id = None
        work.add(row)
        await work.flush()
        access = await staff(work, cast, "avery", client="milo")
        own = cast.clients["gina"].id
        alike = await convert_contact_to_client(work, access, contact_id=row.id, despite=[own])
        assert isinstance(alike, LooksLike)
        assert [(one.id, one.reason) for one in alike.people] == [
            (str(own), "Has the same login, so this is the same person.")
        ]
        assert await convert_contact_to_client(work, access, contact_id=row.id, same_as=own) == Added(str(own))
