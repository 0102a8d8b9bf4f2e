"""A refusal is said in place of the page, so every page has that place."""

from portal.pages import PAGES
from portal.ui.session_state import PageState


def test_every_page_has_a_place_where_its_refusal_is_said() -> None:
    said = str(PageState.refusal).rsplit(".", 1)[-1]
    assert said.startswith("refusal")
    silent = [page.route for page in PAGES if said not in str(page.component().render())]
    assert silent == []
    assert len(PAGES) > 30
