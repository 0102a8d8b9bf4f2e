"""Manage Clients: who is on the list, for whom, in what order, and found by what."""

from uuid import UUID

import pytest
from sqlmodel import select

from portal.access.actor import StaffTask
from portal.clients.service import add_client, archive_client
from portal.clients.service_list import list_clients, list_therapist_choices
from portal.clients.service_search import reindex
from portal.clients.views import Added, ClientPage, ClientStatus, SwitchState
from portal.database import Database, Work
from portal.demo.people import Cast
from portal.errors import Invalid, NotPermitted
from portal.models import Membership, OrganizationSetting
from portal.settings.catalog import SettingName
from tests.clients.office import person, staff

SEE = StaffTask.SEE_CLIENTS


# ["\ud800", "01a20a19-a1c6-70e4-a2a5-3e7aca4a5ebc"]: half a character, which no database can hold.
SURROGATE = "WyJcdWQ4MDAiLCAiMDFhMjBhMTktYTFjNi03MGU0LWEyYTUtM2U3YWNhNGE1ZWJjIl0="


def names(page: ClientPage) -> list[str]:
    return [row.name for row in page.rows]


async def test_an_administrator_sees_every_client_of_the_practice_by_family_name(
    database: Database, cast: Cast
) -> None:
    async with database.unit_of_work() as work:
        page = await list_clients(work, await staff(work, cast, "avery", SEE))
        assert names(page) == ["Morgan Diaz", "Omar Haddad", "Casey Lin", "Gina Park", "Milo Park", "Tara Park"]
        assert page.after == ""
        other = await list_clients(work, await staff(work, cast, "lena", SEE))
        assert names(other) == ["Quinn Ellis", "Casey Lin"]
        assert {row.id for row in page.rows}.isdisjoint(row.id for row in other.rows)


async def test_a_therapist_sees_and_finds_only_assigned_clients(database: Database, cast: Cast) -> None:
    async with database.unit_of_work() as work:
        access = await staff(work, cast, "noah", SEE)
        assert names(await list_clients(work, access)) == ["Morgan Diaz", "Gina Park"]
        assert names(await list_clients(work, access, query="park")) == ["Gina Park"]
        assert names(await list_clients(work, access, query="milo")) == []
        tess = cast.staff["tess"].id
        assert names(await list_clients(work, access, therapist_id=tess)) == []


async def test_a_biller_sees_contact_data_and_money_and_no_therapists(database: Database, cast: Cast) -> None:
    async with database.unit_of_work() as work:
        biller = await list_clients(work, await staff(work, cast, "bea", SEE))
        desk = await list_clients(work, await staff(work, cast, "frank", SEE))
        assert names(biller) == names(desk)
        assert all(row.therapists == [] for row in biller.rows)
        assert set(biller.rows[0].switches) == {"online_payments", "insurance_info", "new_payers"}
        assert all(row.therapists for row in desk.rows)
        assert len(desk.rows[0].switches) == 7
        with pytest.raises(NotPermitted, match="no therapists"):
            await list_clients(work, await staff(work, cast, "bea", SEE), therapist_id=cast.staff["tess"].id)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("par", ["Gina Park", "Milo Park", "Tara Park"]),
        ("PÁRK  mi", ["Milo Park"]),
        ("park milo", ["Milo Park"]),
        ("ark", []),
        ("casey@mail", ["Casey Lin"]),
        ("@mail.example", ["Morgan Diaz", "Omar Haddad", "Casey Lin", "Gina Park", "Tara Park"]),
        ("park nobody", []),
        ("!!!", ["Morgan Diaz", "Omar Haddad", "Casey Lin", "Gina Park", "Milo Park", "Tara Park"]),
        ("%", ["Morgan Diaz", "Omar Haddad", "Casey Lin", "Gina Park", "Milo Park", "Tara Park"]),
        ("pa_k", []),
        ("nobody@\x00x", []),
        ("casey@\ud800", ["Casey Lin"]),
        ("' or 1=1 --", []),
    ],
)
async def test_every_typed_word_has_to_match_the_beginning_of_a_word(
    database: Database, cast: Cast, typed: str, expected: list[str]
) -> None:
    async with database.unit_of_work() as work:
        assert names(await list_clients(work, await staff(work, cast, "avery", SEE), query=typed)) == expected


@pytest.mark.parametrize(
    "typed",
    [
        *("zoe", "ZOË", "obrien", "o'brien", "O\u2019Brien zo", "brien", "lukasz", "strauss", "zoe.ob@"),
        *("5550199", "(212) 555-0199", "0199", "+1 212"),
    ],
)
async def test_accents_apostrophes_and_phone_spellings_are_forgiven(database: Database, cast: Cast, typed: str) -> None:
    async with database.unit_of_work() as work:
        access = await staff(work, cast, "avery")
        fields = person("Zoë Łukasz", "O'Brien-Strauß", email="zoe.ob@mail.example", phone="(212) 555-0199")
        await add_client(work, access, fields=fields)
        assert names(await list_clients(work, access, query=typed)) == ["Zoë Łukasz O'Brien-Strauß"]


async def test_reindexing_finds_what_was_found_before(database: Database, cast: Cast) -> None:
    async with database.unit_of_work() as work:
        access = await staff(work, cast, "avery", SEE)
        before = names(await list_clients(work, access, query="park"))
        assert await reindex(work) == len(cast.clients) + len(cast.contacts)
        assert (
            names(await list_clients(work, access, query="park")) == before == ["Gina Park", "Milo Park", "Tara Park"]
        )


async def test_status_says_how_far_a_client_has_come(database: Database, cast: Cast) -> None:
    async with database.unit_of_work() as work:
        access = await staff(work, cast, "avery")
        added = await add_client(work, access, fields=person(email="robin@mail.example"))
        assert isinstance(added, Added)
        await archive_client(work, await staff(work, cast, "avery", client="omar"))
        status = {row.name: row.status for row in (await list_clients(work, access)).rows}
        assert status["Casey Lin"] is ClientStatus.ACTIVE
        assert status["Milo Park"] is ClientStatus.NO_EMAIL
        assert status["Robin Quill"] is ClientStatus.NOT_INVITED
        assert "Omar Haddad" not in status
        for wanted, expected in (
            (ClientStatus.ARCHIVED, ["Omar Haddad"]),
            (ClientStatus.NO_EMAIL, ["Milo Park"]),
            (ClientStatus.NOT_INVITED, ["Robin Quill"]),
            (ClientStatus.INVITED, []),
            (ClientStatus.ACTIVE, ["Morgan Diaz", "Casey Lin", "Gina Park", "Tara Park"]),
        ):
            page = await list_clients(work, access, status=wanted)
            assert names(page) == expected
            assert {row.status for row in page.rows} <= {wanted}


async def test_filters_narrow_by_therapist_and_by_what_is_switched_off(database: Database, cast: Cast) -> None:
    async with database.unit_of_work() as work:
        access = await staff(work, cast, "avery", SEE)
        noah = await list_clients(work, access, therapist_id=cast.staff["noah"].id)
        assert names(noah) == ["Morgan Diaz", "Gina Park"]
        assert [row.therapists for row in noah.rows] == [["Noah Webb"], ["Noah Webb"]]
        assert names(await list_clients(work, access, feature=SettingName.ONLINE_PAYMENTS)) == ["Omar Haddad"]
        assert names(await list_clients(work, access, therapist_id=cast.staff["theo"].id)) == []


async def test_switches_say_on_off_or_why_they_are_unavailable(database: Database, cast: Cast) -> None:
    async with database.unit_of_work() as work:
        rows = {row.name: row for row in (await list_clients(work, await staff(work, cast, "avery", SEE))).rows}
        casey, omar, morgan = rows["Casey Lin"], rows["Omar Haddad"], rows["Morgan Diaz"]
        assert {switch.state for switch in casey.switches.values()} == {SwitchState.ON}
        assert omar.switches["secure_messaging"].state is SwitchState.OFF
        assert omar.switches["hide_location"].state is SwitchState.ON
        unsubscribed = morgan.switches["self_scheduling"]
        assert unsubscribed.state is SwitchState.UNAVAILABLE
        assert unsubscribed.reason == "No therapist of Morgan Diaz is subscribed to self-scheduling."
        assert rows["Milo Park"].contacts == 2
        quinn = (await list_clients(work, await staff(work, cast, "lena", SEE))).rows[0]
        assert quinn.switches["online_payments"].reason == "Payments are switched off for Lakeside Therapy."
        assert quinn.switches["contact_access"].reason == "This is off for the whole practice."
        assert quinn.switches["insurance_info"].state is SwitchState.ON


async def test_a_switch_that_is_part_of_another_follows_it(database: Database, cast: Cast) -> None:
    async with database.unit_of_work() as work:
        await _set(work, cast, "insurance_info", "false")
        row = (await list_clients(work, await staff(work, cast, "avery", SEE), query="casey")).rows[0]
        assert row.switches["new_payers"].state is SwitchState.UNAVAILABLE
        assert row.switches["new_payers"].reason == "Insurance is not displayed for Harbor Counseling."


async def test_pages_follow_each_other_without_a_gap_or_a_repeat(database: Database, cast: Cast) -> None:
    async with database.unit_of_work() as work:
        access = await staff(work, cast, "avery")
        robins: list[UUID] = []
        for number in range(12):
            born = f"1990-01-{number + 1:02}"
            fields = person("robin" if number % 2 else "Robin", "ÄRNST", birth_date=born)
            added = await add_client(work, access, fields=fields, despite=robins)
            assert isinstance(added, Added)
            robins.append(UUID(added.id))
        seen: list[str] = []
        after = ""
        for _ in range(20):
            page = await list_clients(work, access, after=after, limit=5)
            assert len(page.rows) <= 5
            seen += [row.id for row in page.rows]
            after = page.after
            if not after:
                break
        assert len(seen) == len(set(seen)) == 18
        assert seen == [row.id for row in (await list_clients(work, access)).rows]


@pytest.mark.parametrize(
    "after", ["x", "bm90IGpzb24=", "W10=", "WzEsIDJd", "WyJhIiwgImIiXQ==", SURROGATE, "ä", "=" * 5000]
)
async def test_an_invented_place_is_refused_with_a_sentence(database: Database, cast: Cast, after: str) -> None:
    async with database.unit_of_work() as work:
        access = await staff(work, cast, "avery", SEE)
        with pytest.raises(Invalid, match="start from the top"):
            await list_clients(work, access, after=after)
        assert (await list_clients(work, access, limit=2)).after


async def test_the_list_needs_an_access_for_clients(database: Database, cast: Cast) -> None:
    async with database.unit_of_work() as work:
        assert (await list_clients(work, await staff(work, cast, "tess", SEE))).rows
        with pytest.raises(NotPermitted):
            await list_clients(work, await staff(work, cast, "tess", StaffTask.TODAY))


async def test_active_therapists_and_administrators_can_be_assigned(database: Database, cast: Cast) -> None:
    async with database.unit_of_work() as work:
        access = await staff(work, cast, "avery")
        assert [one.name for one in await list_therapist_choices(work, access)] == [
            "Avery Stone",
            "Noah Webb",
            "Tess Rivera",
        ]
        noah = (await work.exec(select(Membership).where(Membership.id == cast.staff["noah"].id))).one()
        noah.deactivated_at = work.now
        work.add(noah)
        await work.flush()
        assert [one.name for one in await list_therapist_choices(work, access)] == ["Avery Stone", "Tess Rivera"]


async def _set(work: Work, cast: Cast, name: str, value: str) -> None:
    query = select(OrganizationSetting).where(
        OrganizationSetting.organization_id == cast.harbor.id, OrganizationSetting.name == name
    )
    row = (await work.exec(query)).one()
    row.value = value
    work.add(row)
    await work.flush()
