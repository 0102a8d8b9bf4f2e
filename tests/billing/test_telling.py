"""Who hears that money came in: those who keep the books, once, and never with a name or a sum."""

from sqlmodel import select

from portal.accounts.service import mute_mail
from portal.billing.telling import KIND
from portal.models import OutboxMail, OutboxStatus
from tests.billing.conftest import Shop
from tests.factories import as_account
from tests.logins import mails
from tests.notifications.delivering import Recorder, deliver
from tests.people import Human


async def paid(shop: Shop, who: Human, client: Human) -> None:
    attempt = await shop.set_out(who, client, part=2500)
    await shop.at_page(attempt, "works")
    await shop.tell_all()
    await shop.tell_all()


async def test_administrators_and_billers_of_the_practice_hear_of_a_payment_once(
    shop: Shop, pete: Human, milo: Human, bea: Human
) -> None:
    async with as_account(shop.database, bea) as (work, access):
        await mute_mail(work, access, kind=KIND, wanted=False)
    await paid(shop, pete, milo)
    told = await mails(shop.database, KIND)
    assert {mail.to_address for mail in told} == {"avery@harbor.example", "bea@harbor.example"}
    assert {mail.organization_id for mail in told} == {milo.client.organization_id if milo.client else None}
    recorder = Recorder()
    await deliver(recorder)
    (mail,) = [one for one in recorder.sent if one.to_address.endswith("harbor.example")]
    assert mail.to_address == "avery@harbor.example"
    for secret in ("Milo", "Pete", "Park", "25.00", "2500"):
        assert secret not in mail.subject + mail.text + mail.html
    async with shop.database.unit_of_work(writes=False) as work:
        muted = (await work.exec(select(OutboxMail.to_address).where(OutboxMail.status == OutboxStatus.MUTED))).all()
    assert muted == ["bea@harbor.example"]
