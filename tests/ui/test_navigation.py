"""Which links there are: what is not allowed has none."""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta

import pytest

from portal.access.gate import list_subjects
from portal.access.subjects import Subjects
from portal.database import Database
from portal.kit.tokens import token_hash
from portal.ui import navigation
from portal.ui.ago import ago
from tests.accounts.phone import require_at
from tests.factories import sign_in
from tests.people import Human

NOW = datetime(2026, 11, 24, 15, 30, tzinfo=UTC)
Reach = Callable[[Human], Awaitable[Subjects]]


@pytest.fixture
def reach(database: Database) -> Reach:
    """Everything that somebody reaches."""

    async def find(who: Human) -> Subjects:
        session = token_hash(await sign_in(database, who))
        async with database.unit_of_work(writes=False) as work:
            return await list_subjects(work, session)

    return find


async def test_mother_has_forms_for_her_son_but_not_for_her_daughter(
    reach: Reach, gina: Human, milo: Human, tara: Human
) -> None:
    subjects = await reach(gina)
    links = {
        name: navigation.client_links(navigation.chosen(subjects, str(child.client_id)))
        for name, child in (("milo", milo), ("tara", tara))
    }
    assert links == {
        "milo": ["home", "forms", "appointments", "billing_insurance", "messages", "account"],
        "tara": ["home", "appointments", "billing", "account"],
    }


async def test_switching_stays_on_a_page_that_is_allowed(reach: Reach, gina: Human, milo: Human, tara: Human) -> None:
    subjects = await reach(gina)
    people = navigation.people(subjects, None, "forms")
    assert {person.client_id: person.address for person in people}[str(milo.client_id)].startswith("/forms?for=")
    assert {person.client_id: person.address for person in people}[str(tara.client_id)].startswith("/home?for=")


async def test_people_say_as_what_and_where_only_when_that_is_not_obvious(
    reach: Reach, gina: Human, casey: Human
) -> None:
    assert [(person.name, person.detail) for person in navigation.people(await reach(gina), None, "home")] == [
        ("Gina Park (you)", ""),
        ("Milo Park", "You are: mother"),
        ("Tara Park", "You are: mother"),
    ]
    assert [person.detail for person in navigation.people(await reach(casey), None, "home")] == [
        "Harbor Counseling",
        "Lakeside Therapy",
    ]


async def test_client_of_somebody_else_is_not_chosen(reach: Reach, gina: Human, quinn: Human) -> None:
    chosen = navigation.chosen(await reach(gina), str(quinn.client_id))
    assert chosen is not None
    assert chosen.client_id == gina.client_id


async def test_every_role_has_today_and_strangers_have_no_practice(reach: Reach, bea: Human, gina: Human) -> None:
    place = navigation.workplace((await reach(bea)).memberships, "")
    assert place is not None
    assert navigation.staff_links(place) == ["today", "clients", "calendar", "money", "week", "books", "insurance"]
    assert navigation.workplace((await reach(gina)).memberships, "harbor") is None


async def test_only_administrators_find_the_organization(reach: Reach, avery: Human, tess: Human) -> None:
    for who, links in ((avery, ["today", "organization"]), (tess, ["today"])):
        place = navigation.workplace((await reach(who)).memberships, "")
        assert place is not None
        assert [link for link in navigation.staff_links(place) if link in ("today", "organization")] == links


async def test_the_frame_hears_of_its_practices_and_clients(
    reach: Reach, pete: Human, milo: Human, quinn: Human, avery: Human
) -> None:
    assert milo.client is not None
    harbor = f"settings:{milo.client.organization_id}"
    own, waiting = f"account:{pete.account_id}", {f"account:{avery.account_id}", f"messages:{avery.account_id}"}
    assert navigation.topics(await reach(pete)) == {own, harbor, f"client:{milo.client_id}"}
    assert navigation.topics(await reach(avery)) == {harbor, harbor.replace("settings", "requests")} | waiting
    assert harbor not in navigation.topics(await reach(quinn))


async def test_a_place_where_the_second_factor_is_missing_has_no_links_and_says_nothing_of_work(
    database: Database, reach: Reach, tess: Human, milo: Human
) -> None:
    assert milo.client is not None
    practice = milo.client.organization_id
    [open_place] = (await reach(tess)).memberships
    assert "inbox" in navigation.staff_links(open_place)
    await require_at(database, practice)
    subjects = await reach(tess)
    [place] = subjects.memberships
    assert navigation.staff_links(place) == []
    assert navigation.topics(subjects) == {f"account:{tess.account_id}", f"settings:{practice}"}


@pytest.mark.parametrize(
    ("passed", "words"),
    [
        (timedelta(seconds=-5), "just now"),
        (timedelta(minutes=1, seconds=59), "just now"),
        (timedelta(minutes=12), "12 minutes ago"),
        (timedelta(minutes=60), "an hour ago"),
        (timedelta(hours=23), "23 hours ago"),
        (timedelta(hours=24), "yesterday"),
        (timedelta(days=5), "5 days ago"),
        (timedelta(days=30), "4 weeks ago"),
    ],
)
def test_moments_are_said_as_people_say_them(passed: timedelta, words: str) -> None:
    assert ago(NOW - passed, NOW) == words
