"""Every address that answers with a file, opened by everybody: who gets it, and that no such address was forgotten."""

import re
from dataclasses import dataclass
from datetime import timedelta

import pytest
from sqlmodel import col, select, update

from portal.database import Database
from portal.demo.appointments import load_appointments
from portal.demo.billing import load_billing
from portal.demo.forms import load_forms
from portal.demo.handled_forms import load_handled_forms
from portal.demo.people import STAFF, Cast
from portal.demo.superbills import load_superbills
from portal.http.routes import public_routes
from portal.kit.ids import new_id
from portal.models import AssignmentStatus, Client, Form, FormAssignment, Method, Payment
from tests.http.conftest import Browser

FILES = re.compile(r"\.(pdf|csv|ics|json)$|^/files/")
ELSEWHERE = {"/files/{file_id}", "/calendar/{token}.ics"}
"""Addresses with tests of their own: the owner of a file says who may, and a calendar's token is the key."""
SIGN_IN, NO, NEVER = 303, 404, 403
# By address: who gets the file. Everybody who is not named is answered as if there were nothing there.
WHO: dict[str, dict[str, int]] = {
    "/forms/{assignment_id}/document.pdf": {"casey": 200, "avery": 200, "tess": 200, "pete": NEVER},
    "/receipts/{payment_id}.pdf": {"casey": 200},
    "/billing/statement.pdf": {"gina": 200, "pete": 200},
    "/billing/superbill.pdf": {"casey": 200},
    "/practice/clients/{client_id}/superbill.pdf": {"avery": 200, "tess": 200, "bea": 200, "frank": NEVER},
    "/practice/billing/export.csv": {"avery": 200, "bea": 200, "tess": NEVER, "noah": NEVER, "frank": NEVER},
    "/practice/clients/export.csv": {"avery": 200, "tess": 200, "noah": 200, "bea": 200, "frank": 200},
    "/practice/forms/{form_id}/questionnaire.json": {
        "avery": 200, "tess": 200, "noah": 200, "frank": 200, "bea": NEVER,
    },
}  # fmt: skip
PEOPLE = ("", "casey", "gina", "pete", "tara", "omar", "avery", "tess", "noah", "bea", "frank", "lena", "theo")
EMAILS = {name: f"{name}@{slug}.example" for name, _, slug, _ in STAFF}


@dataclass(frozen=True)
class Things:
    """One file of each kind; all of it Harbor's."""

    addresses: dict[str, str]


@pytest.fixture
async def things(database: Database, logins: Cast) -> Things:
    """A form that Casey signed, a payment of Casey's, a form of the practice."""
    async with database.unit_of_work() as work:
        for load in (load_forms, load_handled_forms, load_appointments):
            await load(work, logins)
        await load_billing(work, logins, await load_superbills(work, logins))
        days = f"from={work.now.date() - timedelta(days=90)}&to={work.now.date() - timedelta(days=1)}"
    async with database.unit_of_work() as work:
        casey, harbor = logins.clients["casey"].id, logins.harbor.id
        signed = select(FormAssignment.id).where(
            FormAssignment.client_id == casey, col(FormAssignment.status) == AssignmentStatus.COMPLETED
        )
        form = select(Form.id).where(Form.organization_id == harbor)
        payment = Payment(
            organization_id=harbor,
            client_id=casey,
            account_id=logins.accounts["casey"].id,
            operation_id=new_id(),
            method=Method.CHECK,
            amount_cents=5000,
            currency="USD",
            received_on=work.now.date(),
            created_at=work.now,
        )
        work.add(payment)
        return Things(
            {
                "/forms/{assignment_id}/document.pdf": f"/forms/{(await work.exec(signed)).first()}/document.pdf",
                "/receipts/{payment_id}.pdf": f"/receipts/{payment.id}.pdf",
                "/billing/statement.pdf": f"/billing/statement.pdf?for={logins.clients['milo'].id}",
                "/billing/superbill.pdf": f"/billing/superbill.pdf?for={casey}&{days}",
                "/practice/clients/{client_id}/superbill.pdf": f"/practice/clients/{casey}/superbill.pdf?{days}",
                "/practice/billing/export.csv": "/practice/billing/export.csv?month=2026-11&practice=harbor",
                "/practice/clients/export.csv": "/practice/clients/export.csv?practice=harbor",
                "/practice/forms/{form_id}/questionnaire.json": "/practice/forms/"
                f"{(await work.exec(form)).first()}/questionnaire.json?practice=harbor",
            }
        )


def test_no_address_with_a_file_is_forgotten() -> None:
    paths = {getattr(route, "path", "").rstrip("/") for route in public_routes()}
    assert {path for path in paths if FILES.search(path)} <= {*WHO, *ELSEWHERE}


async def test_everybody_gets_what_is_theirs_and_no_more(things: Things, browser: Browser) -> None:
    wrong = []
    for person in PEOPLE:
        browser.cookies.clear()
        if person:
            await browser.sign_in(EMAILS.get(person, f"{person}@mail.example"))
        for route, address in things.addresses.items():
            answer = await browser.get(address)
            expected = WHO[route].get(person, NO) if person else SIGN_IN
            if answer.status_code != expected:
                wrong.append((person, route, answer.status_code, expected))
            elif expected == 200:
                assert answer.headers["cache-control"] == "no-store"
                assert answer.headers["content-disposition"].startswith("attachment")
    assert wrong == []


async def test_an_archived_client_keeps_the_signed_form_and_nothing_else(
    things: Things, browser: Browser, database: Database, logins: Cast
) -> None:
    casey = logins.clients["casey"].id
    async with database.unit_of_work() as work:
        await work.exec(update(Client).where(col(Client.id) == casey).values(archived_at=work.now))
        query = select(FormAssignment.id).where(
            FormAssignment.client_id == casey, col(FormAssignment.status) == AssignmentStatus.SENT
        )
        waiting = (await work.exec(query)).first()
    signed = things.addresses["/forms/{assignment_id}/document.pdf"]
    for person, expected in (("casey", 200), ("gina", 404), ("pete", 404)):
        browser.cookies.clear()
        await browser.sign_in(f"{person}@mail.example")
        assert (await browser.get(f"{signed}?for={casey}")).status_code == expected, person
        assert (await browser.get(f"/forms/{waiting}/document.pdf?for={casey}")).status_code == 404, person
        assert (await browser.get(f"/billing/statement.pdf?for={casey}")).status_code in (403, 404), person
