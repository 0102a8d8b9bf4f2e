"""The demo's mail on a page, and nowhere else."""

import re

import pytest

from portal.config import Config, Mode
from portal.database import Database
from portal.demo.people import Cast
from portal.integrations.email.choose import mailer_for
from portal.integrations.email.folder import FolderMailer
from portal.integrations.email.smtp import SmtpMailer
from portal.jobs.worker import deliver_due
from portal.runtime import Runtime, runtime, set_runtime
from tests.http.conftest import Browser
from tests.http.pages import Page

UNKNOWN = "01a20a03-9f71-73f2-afac-f2452fa57e3f"
PRODUCTION = {
    "mode": Mode.PRODUCTION,
    "base_url": "https://portal.example.org",
    "smtp_url": "smtps://mail.example.org",
    "DATABASE_URL": "sqlite:///never-opened.db",
}


async def sent(browser: Browser) -> str:
    """Send Gina a link and return the address of the mail's page."""
    await browser.submit("/forgot-password", email="gina@mail.example")
    await deliver_due(runtime(), mailer_for(runtime().config), "worker-1")
    (link,) = (item["href"] for item in Page((await browser.get("/dev/mail")).text).all("a"))
    return str(link)


async def test_empty_list_says_what_will_appear(logins: Cast, browser: Browser) -> None:
    assert "Nothing yet." in (await browser.get("/dev/mail")).text


async def test_link_in_the_mail_can_be_followed(logins: Cast, browser: Browser) -> None:
    page = Page((await browser.get(await sent(browser))).text)
    assert page.text("h1") == "Choose a new password · Harbor Counseling"
    (link,) = (str(item["href"]) for item in page.all("a") if "reset-password" in str(item["href"]))
    assert Page((await browser.get(link)).text).text("h1") == "Choose a new password"


async def test_mail_as_a_mail_program_shows_it(logins: Cast, browser: Browser) -> None:
    answer = await browser.get(await sent(browser) + "?view=html")
    assert answer.headers["content-security-policy"].startswith("default-src 'none'")
    assert re.search(r'href="http://localhost:8000/reset-password/ey[^"]+"', answer.text)


@pytest.mark.parametrize("mail_id", ["..%2F..%2Fportal.key", "%2e%2e", "x", "%00", UNKNOWN, "portal"])
async def test_nothing_else_of_the_data_folder_is_shown(logins: Cast, browser: Browser, mail_id: str) -> None:
    assert (await browser.get(await sent(browser))).status_code == 200
    assert (await browser.get(f"/dev/mail/{mail_id}")).status_code == 404


async def test_production_has_no_such_page(database: Database, logins: Cast, browser: Browser) -> None:
    path = await sent(browser)
    folder = runtime().config.data_dir
    set_runtime(Runtime(Config(**PRODUCTION, data_dir=folder), database))  # type: ignore[arg-type]
    for address in ("/dev/mail", path, f"{path}?view=html", f"{path}?view=calendar"):
        answer = await browser.get(address)
        assert answer.status_code == 404
        assert "Harbor" not in answer.text


def test_production_sends_through_its_server() -> None:
    assert isinstance(mailer_for(Config(**PRODUCTION)), SmtpMailer)  # type: ignore[arg-type]
    assert isinstance(mailer_for(Config(mode=Mode.DEMO)), FolderMailer)


async def test_another_name_for_this_machine_is_shown_no_mail(logins: Cast, browser: Browser) -> None:
    path = await sent(browser)
    assert (await browser.get(path)).status_code == 200
    for address in ("/dev/mail", path):
        assert (await browser.get(address, headers={"Host": "rebound.example:8000"})).status_code == 404
