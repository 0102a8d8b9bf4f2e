"""Staff view as a contact: what both may see, under a banner, with a way back."""

from playwright.sync_api import expect

from tests.e2e.people import Visit, assert_good_for_everybody, loaded, navigation
from tests.e2e.test_client import open_client, person


def test_tess_views_as_gina_and_comes_back(visit: Visit) -> None:
    page = open_client(visit(), "tess", "Milo Park")
    person(page, "Gina Park").get_by_role("link", name="View as Gina Park").click()
    bar = page.get_by_role("region", name="View as")
    expect(bar).to_contain_text("You are viewing as Gina Park for Milo Park")
    expect(page.locator("h1")).to_have_text("To do")
    expect(page.get_by_role("heading", name="For Milo")).to_be_visible()
    expect(page.get_by_role("heading", name="For Tara")).to_have_count(0)
    assert navigation(loaded(page)) == ["Home", "Forms"]
    assert page.get_by_role("button", name="Acting for").count() == 0
    assert_good_for_everybody(page, "view-as-home")
    page.get_by_role("link", name="Standard Intake Questionnaire").click()
    expect(page.get_by_text("You can read it once it is signed and sent.").first).to_be_visible()
    expect(bar).to_be_visible()
    page.get_by_role("navigation", name="Main").get_by_role("link", name="Forms").click()
    expect(page.locator("h1")).to_have_text("Forms")
    expect(page.get_by_role("link", name="Standard Intake Questionnaire")).to_be_visible()
    expect(bar).to_contain_text("Gina Park")
    assert_good_for_everybody(page, "view-as-forms")
    bar.get_by_role("link", name="Stop viewing").click()
    expect(page.locator("h1")).to_have_text("Milo Park")
    expect(bar).to_have_count(0)


def test_a_view_shows_what_pete_is_told(visit: Visit) -> None:
    page = open_client(visit(), "avery", "Milo Park")
    person(page, "Pete Park").get_by_role("link", name="View as Pete Park").click()
    expect(page.get_by_role("region", name="View as")).to_contain_text("Pete Park")
    assert navigation(loaded(page)) == ["Home", "Billing"]
    home = page.url
    page.goto(home.replace("/home", "/billing") + "#history")
    expect(loaded(page).get_by_role("tabpanel", name="History")).to_be_visible()
    assert page.get_by_role("link", name="Statement").or_(page.get_by_role("link", name="Receipt")).count() == 0
    page.goto(home.replace("/home", "/forms"))
    expect(page.get_by_text("You have no access to forms for Milo Park.").first).to_be_visible()
    expect(page.get_by_role("region", name="View as")).to_contain_text("Pete Park")


def test_a_view_shows_no_cards_and_offers_no_payment(visit: Visit) -> None:
    """Gina keeps one; Avery, who looks at what she may see of Milo, sees no card, and no form to add one or to pay."""
    page = open_client(visit(), "avery", "Milo Park")
    person(page, "Gina Park").get_by_role("link", name="View as Gina Park").click()
    loaded(page).get_by_role("navigation", name="Main").get_by_role("link", name="Billing & Insurance Info").click()
    owed = page.get_by_role("region", name="What is owed")
    expect(owed.get_by_role("group", name="Not yet paid").get_by_role("listitem").first).to_be_visible()
    expect(owed).to_contain_text("In this view nothing can be paid.")
    assert owed.get_by_role("button").or_(owed.get_by_role("checkbox")).count() == 0
    assert_good_for_everybody(page, "view-as-balance")
    page.get_by_role("tab", name="Cards").click()
    cards = page.get_by_role("region", name="Cards you keep")
    expect(cards).to_contain_text("is shown to them alone")
    assert page.get_by_text("ending in").count() == 0
    assert cards.get_by_role("button").count() == 0
    assert_good_for_everybody(page, "view-as-billing")


def test_who_may_not_view_has_no_button(visit: Visit) -> None:
    page = open_client(visit(), "frank", "Milo Park")
    expect(person(page, "Gina Park")).to_be_visible()
    assert page.get_by_role("link", name="View as").count() == 0
