"""Contacts: what a grant opens, from when, until when."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from sqlmodel import select

from portal.access.gate import open_client
from portal.errors import NotFound, NotPermitted
from portal.kit.clock import birthday
from portal.kit.ids import new_id
from portal.models import (
    AssignmentStatus,
    Basis,
    ContactLink,
    Form,
    FormAssignment,
    FormVersion,
    Grant,
    Permission,
)
from portal.settings.catalog import SettingName
from tests.access.house import ALLOWED, NOT_FOUND, House

NEW_YORK = ZoneInfo("America/New_York")


async def grant_of(house: House, contact: str, client: str, permission: Permission) -> Grant:
    async with house.database.unit_of_work(writes=False) as work:
        query = select(Grant).where(
            Grant.contact_id == house.cast.contacts[contact].id,
            Grant.client_id == house.client_id(client),
            Grant.permission == permission,
        )
        return (await work.exec(query)).one()


def new_grant(house: House, contact: str, client: str, permission: Permission, **values: object) -> Grant:
    fields = {"basis": Basis.OTHER, "first_day": date(2026, 1, 1), "given_at": house.clock.now, **values}
    return Grant(
        organization_id=house.cast.harbor.id,
        client_id=house.client_id(client),
        contact_id=house.cast.contacts[contact].id,
        permission=permission,
        **fields,
    )


async def test_payer_without_forms_grant_cannot_see_forms(house: House) -> None:
    assert await house.answer("pete", "milo", Permission.PAYMENTS) == ALLOWED
    with pytest.raises(NotPermitted, match="You have no access to forms for Milo Park"):
        await house.open("pete", "milo", Permission.FORMS)


async def test_a_payer_learns_nothing_of_the_clients_sister(house: House) -> None:
    assert (await house.open("pete", "milo", Permission.PAYMENTS)).client_name == "Milo Park"
    with pytest.raises(NotFound):
        await house.open("pete", "tara", Permission.PAYMENTS)


async def test_a_mother_acts_as_mother(house: House) -> None:
    access = await house.open("gina", "milo", Permission.FORMS)
    assert (access.relationship, access.standing, access.only_assignments) == ("mother", "contact", None)
    assert access.contact_id == house.cast.contacts["gina"].id
    mine = await house.open("gina", "gina", Permission.FORMS)
    assert (mine.relationship, mine.standing, mine.contact_id) == ("", "client", None)


async def test_a_revoked_grant_is_gone_at_the_next_click(house: House) -> None:
    assert (await house.open("pete", "milo", Permission.PAYMENTS)).client_id == house.client_id("milo")
    grant = await grant_of(house, "pete", "milo", Permission.PAYMENTS)
    await house.change(grant, ended_at=house.clock.now)
    with pytest.raises(NotPermitted, match="Your access to payments for Milo Park has ended"):
        await house.open("pete", "milo", Permission.PAYMENTS)
    subjects = await house.subjects("pete")
    assert (subjects.clients, [one.name for one in subjects.closed]) == ((), ["Milo Park"])


async def test_two_parents_hold_different_grants(house: House) -> None:
    await house.change(await grant_of(house, "gina", "milo", Permission.PAYMENTS), ended_at=house.clock.now)
    assert await house.answer("gina", "milo", Permission.PAYMENTS) == "grant_ended"
    assert await house.answer("pete", "milo", Permission.PAYMENTS) == ALLOWED
    assert await house.answer("gina", "milo", Permission.FORMS) == ALLOWED
    assert await house.answer("pete", "milo", Permission.FORMS) == "no_grant"


@pytest.mark.parametrize(
    ("moment", "expected"), [("2026-11-30 23:59:59", ALLOWED), ("2026-12-01 00:00:00", "grant_over")]
)
async def test_the_last_day_ends_at_midnight_in_the_practices_zone(house: House, moment: str, expected: str) -> None:
    grant = await grant_of(house, "pete", "milo", Permission.PAYMENTS)
    await house.change(grant, last_day=date(2026, 11, 30))
    await house.go_to(datetime.fromisoformat(moment).replace(tzinfo=NEW_YORK).astimezone(UTC))
    assert await house.answer("pete", "milo", Permission.PAYMENTS) == expected


@pytest.mark.parametrize(
    ("moment", "expected"), [("2026-11-30 23:59:59", "grant_not_yet"), ("2026-12-01 00:00:00", ALLOWED)]
)
async def test_the_first_day_starts_at_midnight_in_the_practices_zone(house: House, moment: str, expected: str) -> None:
    grant = await grant_of(house, "pete", "milo", Permission.PAYMENTS)
    await house.change(grant, first_day=date(2026, 12, 1))
    await house.go_to(datetime.fromisoformat(moment).replace(tzinfo=NEW_YORK).astimezone(UTC))
    assert await house.answer("pete", "milo", Permission.PAYMENTS) == expected


async def birthday_of(house: House, born: date, age: int) -> tuple[datetime, datetime]:
    """Make Milo be born then; return the last second before the birthday and its first, in New York."""
    await house.change(house.cast.clients["milo"], birth_date=born)
    day = birthday(born, age)
    midnight = datetime(day.year, day.month, day.day, tzinfo=NEW_YORK).astimezone(UTC)
    return midnight - timedelta(seconds=1), midnight


@pytest.mark.parametrize("born", [date(2008, 12, 3), date(2009, 6, 30), date(2012, 2, 29)])
async def test_a_parents_grant_ends_on_the_eighteenth_birthday(house: House, born: date) -> None:
    before, after = await birthday_of(house, born, 18)
    await house.go_to(before)
    assert await house.answer("gina", "milo", Permission.FORMS) == ALLOWED
    await house.go_to(after)
    with pytest.raises(NotPermitted, match="is now an adult"):
        await house.open("gina", "milo", Permission.FORMS)
    assert await house.answer("gina", "milo", Permission.PAYMENTS) == "grant_of_age"
    assert await house.answer("pete", "milo", Permission.PAYMENTS) == ALLOWED, "who only pays goes on paying"


async def test_who_is_born_on_29_february_comes_of_age_on_1_march(house: House) -> None:
    _, after = await birthday_of(house, date(2012, 2, 29), 18)
    assert after.astimezone(NEW_YORK).date() == date(2030, 3, 1)


async def test_the_practice_sets_the_age(house: House) -> None:
    await house.change(house.cast.harbor, majority_age=21)
    _, after_eighteen = await birthday_of(house, date(2009, 6, 30), 18)
    await house.go_to(after_eighteen)
    assert await house.answer("gina", "milo", Permission.FORMS) == ALLOWED
    _, after = await birthday_of(house, date(2009, 6, 30), 21)
    await house.go_to(after)
    assert await house.answer("gina", "milo", Permission.FORMS) == "grant_of_age"


async def test_a_grant_that_the_client_renewed_outlasts_the_birthday(house: House) -> None:
    _, after = await birthday_of(house, date(2008, 12, 3), 18)
    await house.change(await grant_of(house, "gina", "milo", Permission.FORMS), renewed_at=after)
    await house.go_to(after + timedelta(days=3))
    assert await house.answer("gina", "milo", Permission.FORMS) == ALLOWED
    assert await house.answer("gina", "milo", Permission.PAYMENTS) == "grant_of_age"


async def test_without_a_date_of_birth_nobody_comes_of_age(house: House) -> None:
    await house.change(house.cast.clients["milo"], birth_date=None)
    await house.go_to(house.clock.now + timedelta(days=20_000))
    assert await house.answer("gina", "milo", Permission.FORMS) == ALLOWED


async def test_contact_access_switched_off_closes_the_door_to_contacts_only(house: House) -> None:
    await house.switch_off(SettingName.CONTACT_ACCESS)
    assert await house.answer("gina", "milo", Permission.FORMS) == "contacts_off"
    assert await house.answer("pete", "milo", Permission.PAYMENTS) == "contacts_off"
    assert await house.answer("gina", "gina", Permission.FORMS) == ALLOWED


async def test_a_contact_who_was_removed_from_the_network_finds_nothing(house: House) -> None:
    assert await house.answer("pete", "milo", Permission.PAYMENTS) == ALLOWED
    await house.change(house.cast.contacts["pete"], archived_at=house.clock.now)
    assert await house.answer("pete", "milo", Permission.PAYMENTS) == NOT_FOUND


async def test_a_grant_without_a_place_in_the_network_opens_nothing(house: House) -> None:
    grant = new_grant(house, "pete", "tara", Permission.FORMS)
    await house.store(grant)
    assert await house.answer("pete", "tara", Permission.FORMS) == NOT_FOUND
    await house.store(link_to(house, "pete", "tara"))
    assert await house.answer("pete", "tara", Permission.FORMS) == ALLOWED


def link_to(house: House, contact: str, client: str) -> ContactLink:
    return ContactLink(
        organization_id=house.cast.harbor.id,
        client_id=house.client_id(client),
        contact_id=house.cast.contacts[contact].id,
        relationship="uncle",
        created_at=house.clock.now,
    )


async def sent_form(house: House, client: str) -> FormAssignment:
    form = Form(organization_id=house.cast.harbor.id, title="Consent", created_at=house.clock.now)
    version = FormVersion(
        organization_id=form.organization_id,
        form_id=form.id,
        number=1,
        questionnaire="{}",
        sha256="0" * 64,
        published_at=house.clock.now,
    )
    assignment = FormAssignment(
        organization_id=form.organization_id,
        client_id=house.client_id(client),
        form_version_id=version.id,
        sent_at=house.clock.now,
    )
    await house.store(form, version, assignment)
    return assignment


async def test_who_is_named_to_sign_one_form_reaches_that_form_alone_until_it_is_signed(house: House) -> None:
    consent, other = await sent_form(house, "milo"), await sent_form(house, "milo")
    await house.store(new_grant(house, "pete", "milo", Permission.FORMS, assignment_id=consent.id))
    access = await house.open("pete", "milo", Permission.FORMS)
    assert access.only_assignments == frozenset({consent.id})
    assert (access.reaches(consent.id), access.reaches(other.id)) == (True, False)
    assert (await house.open("gina", "milo", Permission.FORMS)).reaches(other.id)
    await house.change(consent, status=AssignmentStatus.SUBMITTED)
    with pytest.raises(NotPermitted, match="That is done, or no longer needed"):
        await house.open("pete", "milo", Permission.FORMS)


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        (AssignmentStatus.SENT, ALLOWED),
        (AssignmentStatus.SEEN, ALLOWED),
        (AssignmentStatus.IN_PROGRESS, ALLOWED),
        (AssignmentStatus.RETURNED, ALLOWED),
        (AssignmentStatus.SUBMITTED, "form_signed"),
        (AssignmentStatus.COMPLETED, "form_signed"),
        (AssignmentStatus.REVOKED, "form_signed"),
        (AssignmentStatus.EXPIRED, "form_signed"),
    ],
)
async def test_a_grant_for_one_form_lasts_while_the_form_is_unsigned(
    house: House, status: AssignmentStatus, expected: str
) -> None:
    consent = await sent_form(house, "milo")
    await house.store(new_grant(house, "pete", "milo", Permission.FORMS, assignment_id=consent.id))
    await house.change(consent, status=status)
    assert await house.answer("pete", "milo", Permission.FORMS) == expected


async def test_a_grant_for_a_form_of_another_client_opens_nothing(house: House) -> None:
    of_tara, of_milo = await sent_form(house, "tara"), await sent_form(house, "milo")
    await house.store(new_grant(house, "pete", "milo", Permission.FORMS, assignment_id=of_tara.id))
    assert await house.answer("pete", "milo", Permission.FORMS) == "form_signed"
    await house.store(new_grant(house, "pete", "milo", Permission.FORMS, assignment_id=of_milo.id))
    assert (await house.open("pete", "milo", Permission.FORMS)).only_assignments == frozenset({of_milo.id})


async def test_a_full_grant_beside_one_for_a_single_form_is_not_narrowed(house: House) -> None:
    consent = await sent_form(house, "milo")
    await house.store(new_grant(house, "gina", "milo", Permission.FORMS, assignment_id=consent.id))
    assert (await house.open("gina", "milo", Permission.FORMS)).only_assignments is None


async def test_an_id_that_nobody_has_and_one_of_another_practice_look_alike(house: House) -> None:
    async with house.database.unit_of_work(writes=False) as work:
        with pytest.raises(NotFound) as nowhere:
            await open_client(work, house.session("gina"), new_id(), Permission.FORMS)
        with pytest.raises(NotFound) as elsewhere:
            await open_client(work, house.session("gina"), UUID(str(house.client_id("quinn"))), Permission.FORMS)
    assert nowhere.value.sentence == elsewhere.value.sentence
    assert await house.answer("gina", "milo", Permission.FORMS) == ALLOWED
