"""Requests to join: a stranger asks, staff hear of it at once, and decide who it is."""

from playwright.sync_api import Locator, Page, expect

from tests.e2e.people import Visit, Visitor, assert_good_for_everybody, loaded


def ask(stranger: Visitor, given: str, family: str, email: str, born: str = "1985-12-10") -> None:
    page = stranger.tab("/p/harbor/join")
    page.get_by_label("First name").fill(given)
    page.get_by_label("Last name").fill(family)
    page.get_by_label("Email").fill(email)
    page.get_by_label("Date of birth").fill(born)
    page.get_by_role("button").last.click()
    page.wait_for_load_state()


def card(page: Page, name: str) -> Locator:
    return page.get_by_role("main").get_by_role("listitem").filter(has=page.get_by_role("heading", name=name, level=2))


def test_a_stranger_is_somebody_or_new_and_staff_decide(visit: Visit) -> None:
    stranger, frank, avery = visit(), visit(), visit()
    today = loaded(avery.sign_in("avery", "/practice"))
    assert today.get_by_text("asks to join").count() == 0
    page = loaded(frank.sign_in("frank", "/practice/join-requests"))
    expect(page.get_by_role("heading", name="Nobody is waiting")).to_be_visible()
    assert_good_for_everybody(page, "joining-nobody")
    ((born,),) = frank.portal.run("SELECT birth_date FROM client WHERE given_name = 'Milo'")
    ask(stranger, "Milo", "Park", "milo@new.example", str(born))
    expect(today.get_by_role("status").filter(has_text="1 person asks to join.")).to_be_visible()
    expect(card(page, "Milo Park")).to_be_visible()
    ask(stranger, "Ada", "Byron", "ada@new.example")
    ask(stranger, "Peter", "P.", "pete@mail.example")
    expect(page.get_by_role("status").filter(has_text="3 people are waiting")).to_be_visible()
    expect(card(page, "Milo Park").get_by_role("table", name="Looks like Milo Park")).to_contain_text("Same")
    expect(card(page, "Ada Byron")).to_contain_text("Nobody on your list looks like this person.")
    expect(card(page, "Peter P.")).to_contain_text("In a contact network, not a client.")
    assert_good_for_everybody(page, "joining")
    card(page, "Milo Park").get_by_role("button", name="with the new email").click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("The address on record becomes milo@new.example")
    assert_good_for_everybody(page, "joining-asked")
    dialog.get_by_role("button", name="Same person").click()
    expect(page.get_by_role("status").filter(has_text="on its way to milo@new.example")).to_be_visible()
    card(page, "Ada Byron").get_by_role("button", name="New client").click()
    page.get_by_role("dialog").get_by_role("button", name="New client").click()
    expect(page.get_by_role("status").filter(has_text="Ada Byron is a client now.")).to_be_visible()
    card(page, "Peter P.").get_by_role("button", name="Reject").click()
    page.get_by_role("dialog").get_by_role("button", name="Leave it").click()
    expect(card(page, "Peter P.")).to_be_visible()
    card(page, "Peter P.").get_by_role("button", name="Reject").click()
    page.get_by_role("dialog").get_by_role("button", name="Reject").click()
    expect(page.get_by_role("heading", name="Nobody is waiting")).to_be_visible()
    expect(today.get_by_text("to join.")).to_have_count(0)
    page.get_by_role("link", name="All clients").click()
    expect(page.get_by_role("rowheader").filter(has_text="Ada Byron")).to_have_count(1)


def test_a_therapist_is_told_who_decides(visit: Visit) -> None:
    page = visit().sign_in("tess", "/practice/join-requests")
    expect(page.get_by_role("main").get_by_role("alert")).to_contain_text("Only an administrator or the front desk")
