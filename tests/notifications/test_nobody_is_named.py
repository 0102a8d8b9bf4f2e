"""No mail names anybody but whoever gets it: every kind, to everybody of the cast, and what periodic work writes."""

import re
from datetime import timedelta

from portal.database import Database
from portal.demo.appointments import load_appointments
from portal.demo.forms import load_forms
from portal.demo.messages import load_messages
from portal.demo.people import Cast
from portal.jobs.periodic import JOBS
from portal.kit.text import fold
from portal.models import Account
from portal.notifications.catalog import KINDS
from portal.notifications.render import Rendered, render_mail
from portal.runtime import runtime
from tests.conftest import Clock
from tests.notifications.delivering import Recorder, deliver
from tests.notifications.test_words import HEALTH, ORIGIN, VALUES

MAY_BE_FILLED_IN = frozenset(VALUES) | {"calendar"}
"""Everything that any mail is filled with: links, times, places, a sum, and the words of an invitation."""


def names_of(accounts: list[Account], but: Account) -> re.Pattern[str]:
    """Everybody's given and family names, without those that whoever gets the mail has too."""
    own = set(fold(but.name).split())
    others = {word for account in accounts for word in fold(account.name).split()} | {"milo"}
    return re.compile("|".join(rf"\b{re.escape(name)}\b" for name in sorted(others - own)))


def words_of(mail: Rendered) -> str:
    """What a person reads of a mail, folded: no addresses of pages, no styles, no tags, and not the practice's name."""
    html = re.sub(r"<style.*?</style>|<[^>]+>", " ", mail.html, flags=re.S)
    return fold(re.sub(r"https?://\S+", " ", f"{mail.subject} {mail.text} {html}").replace("Harbor Counseling", ""))


def test_nothing_else_can_be_filled_in() -> None:
    assert {word for kind in KINDS.values() for word in kind.needs | kind.attaches} <= MAY_BE_FILLED_IN


async def test_no_kind_names_anybody_else_or_anything_of_health(database: Database, cast: Cast) -> None:
    accounts = list(cast.accounts.values())
    for account in accounts:
        found = names_of(accounts, account)
        assert found.search(fold("Hello Milo, and Tess Rivera")), "the search itself finds names"
        for kind, known in KINDS.items():
            context = {key: VALUES[key] for key in known.needs} | dict.fromkeys(known.attaches, "")
            mail = render_mail(kind, context, practice="Harbor Counseling", name=account.name, origin=ORIGIN)
            read = words_of(mail)
            assert not found.search(read), (kind, account.name)
            assert not HEALTH.search(read), (kind, account.name)


async def test_what_periodic_work_writes_names_nobody_else(database: Database, cast: Cast, clock: Clock) -> None:
    async with database.unit_of_work() as work:
        await load_forms(work, cast)
        await load_appointments(work, cast)
        await load_messages(work, cast)
    accounts = list(cast.accounts.values())
    recorder = Recorder()
    for _ in range(3):
        for job in JOBS:
            await job.run(runtime())
        await deliver(recorder)
        clock.now += timedelta(days=1)
    assert len({mail.subject for mail in recorder.sent}) >= 3, "several kinds of mail went out"
    for sent in recorder.sent:
        account = next(one for one in accounts if one.email == sent.to_address)
        read = words_of(Rendered(sent.subject, sent.text, sent.html)) + fold(sent.calendar.replace("\r\n ", ""))
        assert not names_of(accounts, account).search(read.replace(fold(sent.to_address), "")), sent.subject
        said = words_of(Rendered(sent.subject, sent.text, sent.html))
        assert not HEALTH.search(said.replace(fold(cast.lakeside.name), "")), "but a practice is called as it is"
