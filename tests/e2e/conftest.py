"""Chromium in front of the built portal. Each module has the demo practice as it was at first."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.e2e import forms, site
from tests.e2e.chromium import find_chromium
from tests.e2e.people import Visit, Visitor, visitor
from tests.e2e.site import Portal, Standing

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


@pytest.fixture(scope="session")
def standing(built: tuple[Path, int], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Standing]:
    """The server that modules share, one after the other."""
    one = Standing(*built, tmp_path_factory.mktemp("portal"))
    yield one
    one.leave()


@pytest.fixture(scope="module")
def portal(standing: Standing) -> Portal:
    """A running portal with a fresh demo practice."""
    return standing.fresh()


@pytest.fixture(scope="module")
def place(standing: Standing, built: tuple[Path, int]) -> tuple[Path, int]:
    """Where a module starts a portal of its own: what is built, and a port that nobody uses now."""
    standing.leave()
    return built


@pytest.fixture(scope="module")
def portal_of_its_own(place: tuple[Path, int], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Portal]:
    """A portal for a module that needs what a server remembers beside its database: that it is new, what was paid."""
    running, process = site.start(*place, tmp_path_factory.mktemp("own"))
    yield running
    site.stop(process)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium. It is closed after the module: while it is open, nothing else here can run an event loop."""
    with sync_playwright() as playwright:
        arguments = ["--no-sandbox", *(f"--disable-{name}" for name in QUIET)]
        started = playwright.chromium.launch(executable_path=find_chromium(), args=arguments)
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
