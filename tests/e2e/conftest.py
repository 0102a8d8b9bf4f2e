"""Chromium in front of the built portal. Each module has a demo practice of its own."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.e2e import forms, site
from tests.e2e.people import Visit, Visitor, visitor
from tests.e2e.site import Portal

QUIET = ("background-networking", "component-update", "quic", "gpu", "sync")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what is in this folder."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.e2e)


@pytest.fixture(scope="session")
def built(request: pytest.FixtureRequest) -> tuple[Path, int]:
    """The built front end and its port."""
    return site.build(getattr(request.config, "workerinput", {}).get("workerid", "main"))


@pytest.fixture(scope="module")
def portal(built: tuple[Path, int], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Portal]:
    """A running portal with a fresh demo practice."""
    running, process = site.start(*built, tmp_path_factory.mktemp("portal"))
    yield running
    site.stop(process)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium. It is closed after the module: while it is open, nothing else here can run an event loop."""
    with sync_playwright() as playwright:
        arguments = ["--no-sandbox", *(f"--disable-{name}" for name in QUIET)]
        started = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=arguments)
        yield started
        started.close()


@pytest.fixture
def visit(browser: Browser, portal: Portal) -> Iterator[Visit]:
    """A function that hands out browsers; at the end of the test none of them has anything to complain about."""
    visitors: list[Visitor] = []

    def make() -> Visitor:
        visitors.append(visitor(browser, portal))
        return visitors[-1]

    yield make
    for one in visitors:
        one.context.close()
    assert [line for one in visitors for line in one.complaints] == []


@pytest.fixture
def intake(portal: Portal) -> forms.SentForm:
    """A fresh Standard Intake Questionnaire for Milo."""
    return forms.send_form(portal, "Milo", forms.INTAKE)
