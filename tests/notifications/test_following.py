"""An address that changed between the event and the sending."""

import pytest
from sqlmodel import col, update

from portal.database import Database
from portal.integrations.ports import MailRefused, OutgoingMail
from portal.models import Account
from tests.notifications.conftest import Enqueue
from tests.notifications.delivering import Recorder, deliver, one
from tests.people import Human


@pytest.mark.parametrize(
    ("kind", "context", "goes_to"),
    [
        ("form_submitted", {}, "tess.rivera@new.example"),
        ("form_reminder", {}, "tess.rivera@new.example"),
        ("password_changed", {"when": "today"}, "tess@harbor.example"),
    ],
)
async def test_news_follow_a_person_and_notices_about_the_login_do_not(
    database: Database, enqueue: Enqueue, tess: Human, kind: str, context: dict[str, str], goes_to: str
) -> None:
    await enqueue(kind=kind, context=context)
    async with database.unit_of_work() as work:
        moved = update(Account).where(col(Account.id) == tess.account_id)
        await work.exec(moved.values(email="tess.rivera@new.example"))
    recorder = Recorder()
    await deliver(recorder)
    assert [mail.to_address for mail in recorder.sent] == [goes_to]


async def test_of_a_mail_that_failed_the_address_is_the_one_that_refused_it(
    database: Database, enqueue: Enqueue, tess: Human
) -> None:
    def refuse(_mail: OutgoingMail) -> None:
        raise MailRefused("the mail server refused this mail for good (550)", is_final=True)

    await enqueue()
    async with database.unit_of_work() as work:
        await work.exec(update(Account).where(col(Account.id) == tess.account_id).values(email="gone@new.example"))
    await deliver(Recorder(refuse))
    assert (await one(database)).to_address == "gone@new.example"
