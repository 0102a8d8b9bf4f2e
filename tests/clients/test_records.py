"""Adding, editing, archiving, restoring and assigning."""

import pytest
from sqlmodel import select

from portal.access.actor import StaffTask
from portal.access.gate import open_client
from portal.clients.rules import InvalidFields
from portal.clients.service import add_client, archive_client, assign_therapists, edit_client, restore_client
from portal.clients.service_list import list_clients
from portal.clients.service_read import read_client, why_client
from portal.clients.views import Added, ClientFields, EditConflict, Edited, LooksLike
from portal.database import Database
from portal.demo.people import Cast
from portal.errors import Invalid, NotFound, NotPermitted
from portal.kit.ids import new_id
from portal.models import Client, Permission
from tests.clients.office import contact, events, person, sign_in, staff


async def test_a_client_is_added_with_particulars_in_one_form(database: Database, cast: Cast) -> None:
    async with database.unit_of_work() as work:
        fields = person(
            "  Robin ", "van  der Berg", birth_date="2015-02-28", email=" R@Mail.example ", phone="2125550123"
        )
        added = await add_client(work, await staff(work, cast, "frank"), fields=fields)
        assert isinstance(added, Added)
        row = (await work.exec(select(Client).where(Client.given_name == "Robin"))).one()
        assert (row.family_name, row.email, row.phone) == ("van der Berg", "R@mail.example", "+1 212-555-0123")
        assert row.sort_key == "van der berg\x1frobin"
        assert row.organization_id == cast.harbor.id
        assert ("client.added", {}) in await events(work, cast.harbor.id)
        assert f"clients:{cast.harbor.id}" in work.topics


@pytest.mark.parametrize(
    ("field", "text", "sentence"),
    [
        ("given_name", " ", "Please enter the first name."),
        ("family_name", "x" * 81, "at most 80"),
        ("family_name", "1234", "at least one letter"),
        ("given_name", "a\x07b", "cannot be used"),
        ("birth_date", "2026-11-25", "in the future"),
        ("birth_date", "1906-11-23", "more than 120 years"),
        ("birth_date", "31.5.2010", "year-month-day"),
        ("birth_date", "2023-02-29", "year-month-day"),
        ("email", "robin", "email address such as"),
        ("email", "robin@", "email address such as"),
        ("phone", "12", "area code"),
        ("phone", "no phone", "area code"),
    ],
)
async def test_what_cannot_be_kept_is_named_beside_its_field(
    database: Database, cast: Cast, field: str, text: str, sentence: str
) -> None:
    good = person(birth_date="2026-11-24", email="robin@mail.example", phone="+44 20 7946 0958")
    async with database.unit_of_work() as work:
        access = await staff(work, cast, "avery")
        with pytest.raises(InvalidFields) as refused:
            await add_client(work, access, fields=good.model_copy(update={field: text}))
        assert list(refused.value.fields) == [field]
        assert sentence in refused.value.fields[field]
        assert isinstance(await add_client(work, access, fields=good), Added)


async def test_every_bad_field_is_named_at_once(database: Database, cast: Cast) -> None:
    async with database.unit_of_work() as work:
        with pytest.raises(InvalidFields) as refused:
            await add_client(work, await staff(work, cast, "avery"), fields=person("", "", email="x"))
        assert set(refused.value.fields) == {"given_name", "family_name", "email"}


async def test_who_looks_like_a_client_is_shown_and_never_merged(database: Database, cast: Cast) -> None:
    milo = cast.clients["milo"]
    async with database.unit_of_work() as work:
        access = await staff(work, cast, "avery")
        fields = person("MÍLO", "park", birth_date=str(milo.birth_date))
        alike = await add_client(work, access, fields=fields)
        assert isinstance(alike, LooksLike)
        assert [(one.id, one.name, one.reason) for one in alike.people] == [
            (str(milo.id), "Milo Park", "Has the same name and date of birth.")
        ]
        by_email = await add_client(work, access, fields=person(email="CASEY@mail.example"))
        assert isinstance(by_email, LooksLike)
        assert [one.name for one in by_email.people] == ["Casey Lin"]
        assert len((await list_clients(work, access)).rows) == 6
        assert isinstance(await add_client(work, access, fields=fields, despite=[milo.id]), Added)
        assert len((await list_clients(work, access)).rows) == 7


@pytest.mark.parametrize("born", ["", "2001-02-03"])
async def test_the_same_name_is_shown_whatever_the_date_of_birth(database: Database, cast: Cast, born: str) -> None:
    """It is mistyped, or missing, often enough; but a name alone tells nobody of a client who is out of their reach."""
    milo, fields = cast.clients["milo"], person("MÍLO", "park", birth_date=born)
    async with database.unit_of_work() as work:
        access = await staff(work, cast, "avery")
        alike = await add_client(work, access, fields=fields)
        assert isinstance(alike, LooksLike)
        assert [(one.id, one.reason) for one in alike.people] == [(str(milo.id), "Has the same name.")]
        assert isinstance(await add_client(work, await staff(work, cast, "noah"), fields=fields), Added)


async def test_a_name_that_is_divided_otherwise_is_the_same_name(database: Database, cast: Cast) -> None:
    """Two family names, or two first names: people divide them as they are asked, and the birthday tells."""
    async with database.unit_of_work() as work:
        access = await staff(work, cast, "avery")
        added = await add_client(work, access, fields=person("Ana", "García López", birth_date="2001-02-03"))
        assert isinstance(added, Added)
        alike = await add_client(work, access, fields=person("Ana Garcia", "Lopez", birth_date="2001-02-03"))
        assert isinstance(alike, LooksLike)
        assert [(one.id, one.reason) for one in alike.people] == [(added.id, "Has the same name and date of birth.")]


async def test_a_therapist_learns_no_name_of_somebody_elses_client(database: Database, cast: Cast) -> None:
    async with database.unit_of_work() as work:
        fields = person(email="casey@mail.example")
        noah = await add_client(work, await staff(work, cast, "noah"), fields=fields)
        tess = await add_client(work, await staff(work, cast, "tess"), fields=fields)
        lena = await add_client(work, await staff(work, cast, "lena"), fields=fields)
        assert isinstance(noah, LooksLike)
        assert [one.name for one in noah.people] == [""]
        assert isinstance(tess, LooksLike)
        assert [one.name for one in tess.people] == ["Casey Lin"]
        assert isinstance(lena, LooksLike)
        assert [one.id for one in lena.people] == [str(cast.clients["casey_lakeside"].id)]


async def test_a_therapist_is_assigned_to_the_client_they_add(database: Database, cast: Cast) -> None:
    async with database.unit_of_work() as work:
        access = await staff(work, cast, "noah")
        await add_client(work, access, fields=person())
        assert "Robin Quill" in [row.name for row in (await list_clients(work, access)).rows]
        other = await list_clients(work, await staff(work, cast, "tess"))
        assert "Robin Quill" not in [row.name for row in other.rows]


async def test_two_people_who_edit_different_fields_both_count(database: Database, cast: Cast) -> None:
    async with database.unit_of_work() as work:
        access = await staff(work, cast, "avery", client="milo")
        seen = (await read_client(work, access)).fields
        assert await edit_client(
            work, access, seen=seen, fields=seen.model_copy(update={"phone": "2125550111"})
        ) == Edited(["phone"])
        frank = await staff(work, cast, "frank", client="milo")
        renamed = seen.model_copy(update={"family_name": "Parker"})
        assert await edit_client(work, frank, seen=seen, fields=renamed) == Edited(["family_name"])
        now = (await read_client(work, access)).fields
        assert (now.family_name, now.phone) == ("Parker", "+1 212-555-0111")
        assert [row.name for row in (await list_clients(work, access, query="parker")).rows] == ["Milo Parker"]
        assert ("client.edited", {"fields": ["phone"]}) in await events(work, cast.harbor.id)


async def test_two_texts_for_one_field_are_both_shown_and_neither_is_lost(database: Database, cast: Cast) -> None:
    async with database.unit_of_work() as work:
        access = await staff(work, cast, "avery", client="milo")
        seen = (await read_client(work, access)).fields
        theirs = seen.model_copy(update={"given_name": "Miles"})
        mine = seen.model_copy(update={"given_name": "Emil", "phone": "2125550111"})
        await edit_client(work, access, seen=seen, fields=theirs)
        conflict = await edit_client(work, access, seen=seen, fields=mine)
        assert isinstance(conflict, EditConflict)
        assert [(one.field, one.seen, one.theirs, one.mine) for one in conflict.fields] == [
            ("given_name", "Milo", "Miles", "Emil")
        ]
        assert (await read_client(work, access)).fields == theirs
        assert isinstance(conflict.current, ClientFields)
        assert await edit_client(work, access, seen=conflict.current, fields=mine) == Edited(["given_name", "phone"])
        assert await edit_client(work, access, seen=conflict.current, fields=mine) == Edited([])


async def test_an_archived_client_is_out_of_reach_for_everybody_until_restored(database: Database, cast: Cast) -> None:
    async with database.unit_of_work() as work:
        gina = await sign_in(work, cast, "gina")
        milo = cast.clients["milo"].id
        await open_client(work, gina, milo, Permission.PAYMENTS)
        access = await staff(work, cast, "avery", client="milo")
        await archive_client(work, access)
        await archive_client(work, access)
        assert {f"client:{milo}", f"account:{cast.accounts['gina'].id}", f"account:{cast.accounts['pete'].id}"} <= (
            work.topics
        )
        with pytest.raises(NotPermitted, match="closed"):
            await open_client(work, gina, milo, Permission.PAYMENTS)
        await restore_client(work, access)
        await open_client(work, gina, milo, Permission.PAYMENTS)
        assert [action for action, _ in await events(work, cast.harbor.id)] == ["client.archived", "client.restored"]


async def test_therapists_are_changed_by_who_sees_all_clients(database: Database, cast: Cast) -> None:
    tess, noah, theo, bea = (cast.staff[name].id for name in ("tess", "noah", "theo", "bea"))
    async with database.unit_of_work() as work:
        access = await staff(work, cast, "frank", client="milo")
        for nobody in (theo, bea, new_id()):
            with pytest.raises(Invalid, match="not an active therapist"):
                await assign_therapists(work, access, membership_ids=[tess, nobody])
        with pytest.raises(NotPermitted, match="front desk"):
            await assign_therapists(work, await staff(work, cast, "tess", client="milo"), membership_ids=[tess, noah])
        await assign_therapists(work, access, membership_ids=[noah])
        assert [one.name for one in (await read_client(work, access)).therapists] == ["Noah Webb"]
        with pytest.raises(NotFound):
            await staff(work, cast, "tess", client="milo")
        await assign_therapists(work, access, membership_ids=[noah])
        changes = [detail for action, detail in await events(work, cast.harbor.id) if "therapists" in action]
        assert changes == [{"from": [str(tess)], "to": [str(noah)]}]


async def test_a_client_of_another_practice_cannot_be_opened_by_any_service(database: Database, cast: Cast) -> None:
    async with database.unit_of_work() as work:
        assert (await read_client(work, await staff(work, cast, "lena", client="quinn"))).name == "Quinn Ellis"
        with pytest.raises(NotFound):
            await staff(work, cast, "lena", client="milo")
        nobody = await staff(work, cast, "lena")
        fields = person()
        with pytest.raises(NotFound):
            await read_client(work, nobody)
        with pytest.raises(NotFound):
            await edit_client(work, nobody, seen=fields, fields=fields)
        with pytest.raises(NotFound):
            await archive_client(work, nobody)


async def test_a_biller_reads_no_date_of_birth_and_changes_nothing(database: Database, cast: Cast) -> None:
    async with database.unit_of_work() as work:
        see = StaffTask.SEE_CLIENTS
        biller = await read_client(work, await staff(work, cast, "bea", see, "milo"))
        desk = await read_client(work, await staff(work, cast, "frank", see, "milo"))
        assert (biller.fields.birth_date, biller.age, biller.therapists) == ("", None, [])
        assert (desk.age, [one.name for one in desk.therapists]) == (9, ["Tess Rivera"])
        with pytest.raises(NotPermitted):
            await staff(work, cast, "bea", client="milo")
        with pytest.raises(NotPermitted):
            await archive_client(work, await staff(work, cast, "frank", see, "milo"))


async def test_why_names_each_step_for_the_client_and_for_a_contact(database: Database, cast: Cast) -> None:
    async with database.unit_of_work() as work:
        access = await staff(work, cast, "tess", StaffTask.SEE_CLIENTS, "tara")
        gina = await why_client(work, access, contact_id=cast.contacts["gina"].id)
        forms = next(one for one in gina.capabilities if one.capability == "forms")
        assert (gina.person_name, gina.client_name, forms.allowed) == ("Gina Park", "Tara Park", False)
        assert [step.sentence for step in forms.steps if not step.passed] == ["Gina Park has no grant for forms."]
        own = await why_client(work, access)
        assert all(one.allowed for one in own.capabilities)
        with pytest.raises(NotFound):
            await why_client(work, access, contact_id=cast.contacts["pete"].id)


def test_contact_fields_and_client_fields_refuse_anything_else() -> None:
    for shape, good in ((type(person()), person().model_dump()), (type(contact()), contact().model_dump())):
        assert shape(**good)
        with pytest.raises(ValueError, match="extra"):
            shape(**good, account_id="x")
