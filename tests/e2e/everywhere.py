"""Every page of the registry, opened by somebody: its address, and what must hold on each."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from playwright.sync_api import Page, expect

from portal.pages import PAGES
from tests.e2e.forms import INTAKE, find_form
from tests.e2e.people import EYES, Visitor, loaded
from tests.e2e.site import Portal

_HOME_OF_STAFF = "/practice"


@dataclass(frozen=True)
class Ids:
    """What stands in the addresses of pages about one thing: all of it Milo's or Casey's, at Harbor."""

    values: dict[str, str]

    def address(self, route: str) -> str:
        """Fill the parts of a route; KeyError for a kind of page that nobody has said how to open."""
        return re.sub(r"\[(\w+)\]", lambda found: self.values[f"{route.split('[', maxsplit=1)[0]}{found[1]}"], route)


def ids_of(portal: Portal) -> Ids:
    """Find one of everything in the demo practice."""
    form = find_form(portal, "Milo", INTAKE)
    ((thread,),) = portal.run("SELECT t.id FROM message_thread t JOIN client c ON c.id = t.client_id" + _CASEY)
    ((answers,),) = portal.run(
        "SELECT a.id FROM form_assignment a JOIN client c ON c.id = a.client_id" + _CASEY + _SENT
    )
    ((template,),) = portal.run(
        "SELECT f.id FROM form f JOIN organization o ON o.id = f.organization_id WHERE o.slug = 'harbor'"
        " ORDER BY f.title LIMIT 1"
    )
    return Ids(
        {
            "/forms/assignment_id": form.id,
            "/messages/thread_id": thread,
            "/practice/messages/thread_id": thread,
            "/practice/answers/assignment_id": answers,
            "/practice/clients/client_id": form.client_id,
            "/practice/forms/form_id": template,
        }
    )


_CASEY = " JOIN organization o ON o.id = c.organization_id WHERE o.slug = 'harbor' AND c.given_name = 'Casey'"
_SENT = " AND a.status = 'submitted' LIMIT 1"


def routes(*, staff: bool) -> list[str]:
    """List the pages of one side; the account is on both."""
    side = [page.route for page in PAGES if page.route.startswith(_HOME_OF_STAFF) == staff]
    return [*side, "/account"] if staff else side


def walk(somebody: Visitor, name: str, portal: Portal, *, staff: bool) -> Iterator[tuple[str, Page]]:
    """Open every page of a side as somebody, and look at each with axe in both themes at both widths."""
    page, ids, found = somebody.sign_in(name), ids_of(portal), list[str]()
    for route in routes(staff=staff):
        page.goto(portal.base + ids.address(route))
        loaded(page)
        expect(page.locator("h1")).to_have_count(1)
        found += [f"{name} at {route}: {line}" for line in EYES.look(page)]
        yield route, page
    assert found == []
