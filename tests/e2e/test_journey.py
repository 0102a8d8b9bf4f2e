"""The three people whom the portal is for, from an invitation to confirmed, signed and paid, on a phone.

A mother with a form for her daughter, a father who only pays, a therapist between two sessions: on each database.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.conftest import postgres_database
from tests.e2e import site
from tests.e2e.forms import CONSENT, fill_section, fill_to_the_end, on_a_phone, press_next, sign
from tests.e2e.people import Visit, Visitor, loaded, visitor
from tests.e2e.site import Portal

MOTHER, FATHER, CHILD = "Ruth Moss", "Ben Moss", "Lily Moss"
BORN = "2016-05-04"
SECRET = "four words are quite enough"


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def portal(request: Any, place: tuple[Path, int], tmp_path_factory: Any) -> Iterator[Portal]:
    """A running portal with a fresh demo practice, on a database of each kind."""
    folder = tmp_path_factory.mktemp("journey")
    if request.param == "sqlite":
        running, process = site.start(*place, folder)
        yield running
        site.stop(process)
        return
    with postgres_database(request.getfixturevalue("postgres_url")) as url:
        site.load_demo(*place, folder, DATABASE_URL=url)
        running, process = site.serve(*place, folder, DATABASE_URL=url)
        yield running
        site.stop(process)


@pytest.fixture
def phone(browser: Browser, portal: Portal) -> Iterator[Visit]:
    """A function that hands out phones; at the end none of them has anything to complain about."""
    people: list[Visitor] = []

    def make() -> Visitor:
        people.append(visitor(browser, portal))
        people[-1].context.set_default_timeout(15_000)
        return people[-1]

    yield make
    for one in people:
        one.context.close()
    assert [line for one in people for line in one.complaints] == []


def at(visitor: Visitor, name: str, path: str = "") -> Page:
    """Somebody of the demo, signed in on a phone."""
    return on_a_phone(visitor.sign_in(name, path))


def part(page: Page, name: str) -> Any:
    return page.get_by_role("region", name=name, exact=True)


def add_the_family(page: Page) -> None:
    """Avery adds the child, her therapist, and both parents with what each may do."""
    given, family = CHILD.split()
    page.get_by_role("button", name="Add client").click()
    panel = page.get_by_role("dialog", name="Add a client")
    panel.get_by_label("First name").fill(given)
    panel.get_by_label("Last name").fill(family)
    panel.get_by_label("Date of birth").fill(BORN)
    panel.get_by_role("button", name="Add client").click()
    page.wait_for_url("**/practice/clients/*-*")
    loaded(page)
    page.get_by_role("button", name="Change therapists").click()
    panel = page.get_by_role("dialog", name="Change therapists")
    panel.get_by_label("Tess Rivera").check()
    panel.get_by_role("button", name="Save").click()
    expect(part(page, "Details")).to_contain_text("Tess Rivera")
    for who, relationship, preset in ((MOTHER, "mother", "parent"), (FATHER, "father", "payer")):
        given, family = who.split()
        page.get_by_role("button", name="Add a person").click()
        panel = page.get_by_role("dialog")
        panel.get_by_label("First name").fill(given)
        panel.get_by_label("Last name").fill(family)
        panel.get_by_label("Email").fill(f"{given.lower()}@new.example")
        panel.get_by_label("What they may do").select_option(f"preset:{preset}")
        panel.get_by_label("Relationship").fill(relationship)
        panel.get_by_role("button", name="Add", exact=True).click()
        expect(panel).to_have_count(0)
        expect(part(page, "Contact network")).to_contain_text(who)


def invite(page: Page, who: str, form: str = "") -> None:
    """Invite somebody of the contact network, with a form."""
    page.get_by_role("button", name="Invite", exact=True).click()
    panel = page.get_by_role("dialog")
    panel.get_by_label("Whom").select_option(who)
    if form:
        panel.get_by_label(form).check()
    panel.get_by_role("button", name="Preview").click()
    expect(panel.get_by_text(f"Hello {who.split(maxsplit=1)[0]},")).to_be_visible()
    panel.get_by_role("button", name="Send invitation").click()
    expect(panel).to_have_count(0)


def join(visitor: Visitor, email: str) -> Page:
    """Follow the link in the mail, choose a password, and land where there is something to do."""
    page = on_a_phone(visitor.tab("/dev/mail"))
    mail = page.get_by_role("link").filter(has_text=f"To {email}").first
    for _ in range(40):
        if mail.count():
            break
        page.wait_for_timeout(250)
        page.reload()
    mail.click()
    page.get_by_role("link").filter(has_text="/invitation/").click()
    page.get_by_role("button", name="Go on").click()
    page.get_by_label("The client's date of birth").fill(BORN)
    page.get_by_label("Password", exact=True).fill(SECRET)
    page.get_by_label("Password again").fill(SECRET)
    page.get_by_role("button", name="Set up login").click()
    return loaded(page)


def ask_for_a_time(page: Page) -> None:
    """Ruth asks for the first free time in the office, for Lily."""
    page.get_by_role("navigation", name="Main").get_by_role("link", name="Appointments").click()
    loaded(page)
    page.get_by_role("link", name="Request appointment").first.click()
    page.get_by_role("button", name="Individual therapy").click()
    page.get_by_role("button", name="Harbor office").click()
    day = page.get_by_role("region", name="When?").get_by_role("listitem").first
    expect(day).to_be_visible()
    day.get_by_role("button").click()
    panel = page.get_by_role("dialog", name="Your time")
    panel.get_by_role("button", name="Request appointment").click()


def keep_an_appointment(page: Page) -> None:
    """Tess notes that Lily was here today, so that there is something to pay."""
    page.goto(page.url.split("/practice")[0] + "/practice/calendar")
    loaded(page)
    page.get_by_role("button", name="New appointment").click()
    panel = page.get_by_role("dialog", name="New appointment")
    panel.get_by_label("Client", exact=True).fill(CHILD)
    panel.get_by_role("button", name=f"Choose {CHILD}").click()
    panel.get_by_label("Time").fill("00:00")  # over, or at least begun, at whatever hour this runs
    panel.get_by_role("button", name="Make appointment").click()
    expect(page.get_by_text("The appointment is made.")).to_be_visible()
    page.get_by_role("button").filter(has_text=CHILD, visible=True).first.click()
    panel = page.get_by_role("dialog", name=CHILD)
    panel.get_by_role("button", name="Kept").click()
    expect(page.get_by_text("Noted.")).to_be_visible()


def pay(page: Page) -> None:
    """Ben pays for Lily with a new card on the processor's page, and finds the receipt."""
    page.get_by_role("navigation", name="Main").get_by_role("link", name="Billing").click()
    loaded(page)
    expect(page.get_by_text(f"{CHILD}, 1 session, $210.00")).to_be_visible()
    page.get_by_role("checkbox").first.check()
    page.get_by_role("button", name="Pay", exact=True).click()
    page.get_by_role("button", name="Pay $210.00").click()
    expect(page.get_by_text("Nothing is owed")).to_be_visible()
    page.get_by_role("tab", name="History").click()
    expect(page.get_by_role("link", name=re.compile("^Receipt"))).to_be_visible()


def fill_interrupted(someone: Visitor, page: Page) -> Page:
    """Ruth fills the form in, is interrupted after three sections, goes on where she stopped, and signs."""
    page.get_by_role("main").get_by_role("link").filter(has_text=CONSENT).first.click()
    expect(page.locator("#pf-heading")).to_be_visible()
    address = page.url.split("#")[0]
    for _ in range(3):
        fill_section(page)
        press_next(page)
    page.close()
    page = on_a_phone(someone.tab())
    page.goto(address)
    expect(page.locator("#pf-heading")).to_be_visible()
    expect(page).to_have_url(re.compile("#section-4"))
    fill_to_the_end(page)
    sign(page, MOTHER)
    expect(page.get_by_text("mother, on behalf of Lily Moss").first).to_be_visible()
    return page


def read_what_arrived(page: Page) -> None:
    """Tess sees the form arrive without loading the page again, and reads it."""
    arrived = page.get_by_role("main").get_by_role("link").filter(has_text=CHILD).first
    expect(arrived).to_be_visible()
    arrived.click()
    expect(page.get_by_text("mother, on behalf of Lily Moss").first).to_be_visible()


def confirm(page: Page) -> None:
    """Tess confirms Lily's request without a mouse."""
    page.goto(page.url.split("/practice")[0] + "/practice/requests")
    row = page.get_by_role("region", name="Waiting for an answer").get_by_role("listitem").filter(has_text=CHILD)
    row.focus()
    page.keyboard.press("Enter")
    expect(part(page, "Answered lately")).to_contain_text(CHILD)


def test_from_an_invitation_to_confirmed_signed_and_paid(phone: Visit) -> None:
    avery, ruth, ben, tess = phone(), phone(), phone(), phone()
    desk = at(avery, "avery", "/practice/clients")
    add_the_family(desk)
    invite(desk, MOTHER, CONSENT)
    invite(desk, FATHER)

    today = at(tess, "tess", "/practice")
    mother = fill_interrupted(ruth, join(ruth, "ruth@new.example"))
    read_what_arrived(today)

    ask_for_a_time(mother)
    expect(mother.get_by_text("Waiting for Tess").first).to_be_visible()
    confirm(today)
    expect(part(mother, "Upcoming").get_by_role("listitem")).to_have_count(1)

    keep_an_appointment(today)
    father = join(ben, "ben@new.example")
    links = father.get_by_role("navigation", name="Main").get_by_role("link")
    expect(links).to_have_text(["Home", "Billing", "Account"])
    pay(father)
