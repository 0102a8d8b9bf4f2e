"""Mail over a bare socket: administrators see and send again their own practice's, others nothing."""

from typing import Any
from uuid import UUID

import pytest
from sqlmodel import select

from portal.kit.crypto import seal
from portal.kit.ids import new_id
from portal.models import OutboxMail, OutboxStatus
from tests.security.conftest import Door
from tests.security.tab import PAGE, Tab

STATE = f"{PAGE}.portal___practice___mail___state____mail_state"
ADDRESS = "gina@mail.example"
TABLES = ("outbox_mail", "audit_event")


async def failed_mail(door: Door) -> UUID:
    """Let there be a mail of Harbor's that did not arrive; its words are a secret."""
    mail_id = new_id()
    async with door.database.unit_of_work() as work:
        work.add(
            OutboxMail(
                id=mail_id,
                organization_id=door.cast.harbor.id,
                account_id=door.cast.accounts["gina"].id,
                kind="receipt",
                to_address=ADDRESS,
                context=seal(work.ring, "outbox_mail", "context", mail_id, '{"amount": "$70.01", "receipt": "x"}'),
                dedupe_key=f"test:{mail_id}",
                status=OutboxStatus.FAILED,
                created_at=work.now,
                due_at=work.now,
                failed_at=work.now,
                last_error="the mail server refused this mail for good (550)",
            )
        )
    return mail_id


async def status(door: Door, mail_id: UUID) -> OutboxStatus:
    async with door.database.unit_of_work(writes=False) as work:
        return (await work.exec(select(OutboxMail.status).where(OutboxMail.id == mail_id))).one()


def rows(tab: Tab) -> list[dict[str, Any]]:
    return list(tab.state.get(STATE, {}).get("failed", []))


@pytest.mark.parametrize("name", ["tess", "frank", "bea", "gina", "lena"])
async def test_only_administrators_of_the_practice_see_its_mail_and_send_it_again(door: Door, name: str) -> None:
    mail_id = await failed_mail(door)
    other = await door.tab_of(name, query={"practice": "harbor"})
    before = await door.rows(*TABLES)
    for handler, sent in (
        ("load", {}),
        ("reload", {}),
        ("show_older", {"before": f"2030-01-01T00:00:00+00:00 {mail_id}"}),
        ("send_again", {"mail_id": str(mail_id)}),
        ("let_be", {"mail_id": str(mail_id)}),
    ):
        await other.do(f"{STATE}.{handler}", **sent)
        assert rows(other) == []
        assert ADDRESS not in str(other.state.get(STATE, {}))
    assert await door.rows(*TABLES) == before
    avery = await door.tab_of("avery")
    await avery.do(f"{STATE}.load")
    assert f"Gina Park, {ADDRESS}" in {row["whom"] for row in rows(avery)}
    assert "$70.01" not in avery.text
    await avery.do(f"{STATE}.send_again", mail_id=str(mail_id))
    assert await status(door, mail_id) is OutboxStatus.WAITING


@pytest.mark.parametrize("sent", [None, 7, "x", [], {"id": 1}, "0191b3a0-0000-7000-8000-000000000000"])
async def test_nonsense_is_refused_in_words(door: Door, sent: Any) -> None:
    mail_id = await failed_mail(door)
    avery = await door.tab_of("avery")
    for handler in ("send_again", "let_be"):
        await avery.do(f"{STATE}.{handler}", mail_id=sent)
        assert avery.refused
    await avery.do(f"{STATE}.show_older", before=sent)
    assert "Something went wrong" not in avery.text
    assert await status(door, mail_id) is OutboxStatus.FAILED
    await avery.do(f"{STATE}.let_be", mail_id=str(mail_id))
    assert await status(door, mail_id) is OutboxStatus.SET_ASIDE


COLOUR = f"{PAGE}.portal___practice___settings___state_colour____colour_state"


async def test_only_administrators_choose_the_colour_of_mails_and_only_one_of_the_list(door: Door) -> None:
    avery, tess = await door.tab_of("avery"), await door.tab_of("tess")
    before = await door.rows("organization")
    await tess.do(f"{COLOUR}.save", fields={"colour": "rose"})
    for fields in ({"colour": "#ff0000"}, {"colour": "rose", "organization_id": "lakeside"}, {}, None, "rose"):
        await avery.do(f"{COLOUR}.save", fields=fields)
        assert avery.refused
    assert await door.rows("organization") == before
    await avery.do(f"{COLOUR}.save", fields={"colour": "rose"})
    assert avery.state[COLOUR]["colour"] == "rose"
    await avery.do(f"{COLOUR}.save", fields={"colour": "teal"})
