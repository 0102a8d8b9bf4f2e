"""The line is cut while somebody goes from page to page: nothing is done to whoever is on the next page."""

import re
from dataclasses import dataclass, field

from playwright.sync_api import Page, WebSocketRoute, expect

from tests.e2e.people import Visit, Visitor, assert_good_for_everybody, loaded
from tests.e2e.site import Portal

NOT_DONE = "What you did last on the page before was not done"
OURS = "Casey, about your panic attacks: call me."


@dataclass
class Line:
    """The socket of a browser's pages, which can be cut: what is open closes, and so does what is opened anew.

    That one closes with its first word, since a browser does not notice for twenty seconds that a socket closed before.
    A line that is deaf sends, and hears nothing.
    """

    is_cut: bool = False
    is_deaf: bool = False
    open: list[WebSocketRoute] = field(default_factory=list)

    def hold(self, visitor: Visitor) -> None:
        visitor.context.route_web_socket(re.compile("/_event"), self.relay)

    def relay(self, socket: WebSocketRoute) -> None:
        server = socket.connect_to_server()
        if self.is_cut:
            socket.on_message(lambda _: socket.close())
            return
        server.on_message(lambda heard: None if self.is_deaf else socket.send(heard))
        self.open.append(socket)

    def cut(self, page: Page) -> None:
        self.is_cut = True
        for socket in self.open:
            socket.close()
        self.open.clear()
        page.wait_for_timeout(500)

    def wait_for(self, page: Page, sockets: int) -> None:
        """Wait until so many are open again, and their pages have been filled."""
        for _ in range(200):
            if len(self.open) >= sockets:
                break
            page.wait_for_timeout(200)
        page.wait_for_timeout(2000)

    def mend(self) -> None:
        self.is_cut = False


def go(page: Page, name: str | re.Pattern[str]) -> None:
    page.get_by_role("main").get_by_role("link", name=name).first.click()


def navigate(page: Page, name: str) -> None:
    loaded(page).get_by_role("banner").get_by_role("link", name=name, exact=True).first.click()
    expect(page.locator("h1")).to_have_text(name)
    loaded(page)


def on_casey_after_omar(avery: Visitor, line: Line) -> Page:
    """Avery on Casey's page; two pages back is Omar's."""
    line.hold(avery)
    page = loaded(avery.sign_in("avery", "/practice/clients"))
    go(page, "Omar Haddad")
    expect(page.locator("h1")).to_have_text("Omar Haddad")
    navigate(page, "Clients")
    go(page, "Casey Lin")
    expect(page.locator("h1")).to_have_text("Casey Lin")
    return loaded(page)


def test_what_was_pressed_for_one_client_is_not_done_to_the_next(visit: Visit, portal: Portal) -> None:
    avery, line = visit(), Line()
    page = on_casey_after_omar(avery, line)
    line.cut(page)
    page.get_by_role("button", name="Archive").first.click()
    page.get_by_role("dialog").get_by_role("button", name="Archive").click()
    page.go_back()
    expect(page.get_by_text(NOT_DONE)).to_be_visible()
    page.go_back()
    page.wait_for_url(re.compile("/practice/clients/."))
    line.mend()
    expect(page.locator("h1")).to_have_text("Omar Haddad", timeout=60_000)
    loaded(page)
    page.wait_for_timeout(1000)
    assert portal.run(
        "SELECT count(*) FROM client WHERE archived_at IS NOT NULL AND family_name IN ('Haddad', 'Lin')"
    ) == [(0,)]
    avery.complaints.clear()  # the browser notes every failed attempt to connect


def test_nothing_can_be_pressed_on_the_page_before_while_the_next_one_is_on_its_way(
    visit: Visit, portal: Portal
) -> None:
    avery, line = visit(), Line()
    page = on_casey_after_omar(avery, line)
    page.get_by_role("button", name="Add a person").click()
    page.get_by_role("dialog").get_by_label("First name").fill("Casey's aunt")
    line.cut(page)
    page.go_back()
    page.go_back()
    page.wait_for_url(re.compile("/practice/clients/."))
    expect(page.locator("main[inert]")).to_be_visible()
    expect(page.get_by_text("What you see is the page before")).to_be_visible(timeout=30_000)
    pressed = "() => document.querySelector('main').contains(document.elementFromPoint(640, 300))"
    assert not page.evaluate(pressed)
    page.keyboard.press("Tab")
    assert not page.evaluate("() => document.querySelector('main').contains(document.activeElement)")
    line.mend()
    expect(page.locator("h1")).to_have_text("Omar Haddad", timeout=60_000)
    loaded(page)
    assert page.evaluate(pressed)
    page.get_by_role("button", name="Add a person").click()
    expect(page.get_by_role("dialog").get_by_label("First name")).to_have_value("")
    avery.complaints.clear()  # the browser notes every failed attempt to connect


def test_a_message_goes_to_whom_it_was_written(visit: Visit, portal: Portal) -> None:
    tess, line = visit(), Line()
    line.hold(tess)
    page = loaded(tess.sign_in("tess", "/practice/messages"))
    go(page, re.compile("A note for school"))
    expect(page.locator("h1")).to_have_text("A note for school")
    navigate(page, "Messages")
    go(page, re.compile("Sleep"))
    expect(page.locator("h1")).to_have_text("Sleep")
    loaded(page)
    before = portal.run("SELECT count(*) FROM message")
    line.cut(page)
    page.get_by_label("Your message").fill(OURS)
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.get_by_text("Waits for the connection")).to_be_visible()
    page.get_by_label("Your message").fill("And one more thing")
    page.go_back()
    page.go_back()
    line.mend()
    expect(page.locator("h1")).to_have_text("A note for school", timeout=60_000)
    loaded(page)
    page.wait_for_timeout(1500)
    assert portal.run("SELECT count(*) FROM message") == before
    expect(page.get_by_role("main")).not_to_contain_text(OURS)
    expect(page.get_by_label("Your message")).to_have_value("")
    expect(page.get_by_text("A message of yours is not sent yet")).to_be_visible()
    assert_good_for_everybody(page, "message-waits-elsewhere")
    page.get_by_role("link", name="Open the conversation").click()
    expect(page.locator("h1")).to_have_text("Sleep")
    expect(page.get_by_role("log")).to_contain_text(OURS, timeout=60_000)
    expect(page.get_by_label("Your message")).to_have_value("And one more thing")
    expect(page.get_by_text("A message of yours is not sent yet")).to_have_count(0)
    tess.complaints.clear()  # the browser notes every failed attempt to connect


def test_a_message_that_waits_can_be_thrown_away_elsewhere(visit: Visit, portal: Portal) -> None:
    tess, line = visit(), Line()
    line.hold(tess)
    page = loaded(tess.sign_in("tess", "/practice/messages"))
    go(page, re.compile("Sleep"))
    expect(page.locator("h1")).to_have_text("Sleep")
    box = loaded(page).get_by_label("Your message")
    before = portal.run("SELECT count(*) FROM message")
    line.cut(page)
    box.fill(OURS)
    page.get_by_role("button", name="Send", exact=True).click()
    page.go_back()
    line.mend()
    line.wait_for(page, 1)
    for answer in ("Keep it", "Throw it away"):
        page.get_by_role("button", name="Throw it away").click()
        page.get_by_role("dialog").get_by_role("button", name=answer).click()
    expect(page.get_by_text("A message of yours is not sent yet")).to_have_count(0)
    go(page, re.compile("Sleep"))
    expect(page.locator("h1")).to_have_text("Sleep")
    expect(loaded(page).get_by_role("list", name="On its way").get_by_role("listitem")).to_have_count(0)
    page.wait_for_timeout(1000)
    assert portal.run("SELECT count(*) FROM message") == before
    tess.complaints.clear()  # the browser notes every failed attempt to connect


def test_what_is_being_written_goes_on_through_a_new_connection(visit: Visit) -> None:
    casey, line = visit(), Line()
    line.hold(casey)
    page = loaded(casey.sign_in("casey", "/messages"))
    go(page, re.compile("Sleep"))
    box = loaded(page).get_by_label("Your message")
    box.press_sequentially("What I began, ")
    line.cut(page)
    box.press_sequentially("and wrote in the tunnel, ")
    line.mend()
    for letter in "and what I went on with while the line came back.":
        box.press_sequentially(letter)
        page.wait_for_timeout(80)
    loaded(page)
    page.wait_for_timeout(500)
    whole = "What I began, and wrote in the tunnel, and what I went on with while the line came back."
    expect(box).to_have_value(whole)
    assert_good_for_everybody(page, "conversation-after-a-tunnel")
    casey.complaints.clear()  # the browser notes every failed attempt to connect


def test_words_that_were_changed_after_a_lost_answer_are_not_dropped(visit: Visit, portal: Portal) -> None:
    casey, line = visit(), Line()
    line.hold(casey)
    page = loaded(casey.sign_in("casey", "/messages"))
    started = "SELECT count(*) FROM message_thread"
    before = portal.run(started)[0][0]
    page.get_by_text("New message", exact=True).click()
    form = page.locator("form", has=page.locator("#subject"))
    form.get_by_label("Tess Rivera").check()
    form.locator("#subject").fill("Sleep again")
    form.get_by_label("Message").fill("It is back.")
    line.is_deaf = True
    form.get_by_role("button", name="Send").click()
    page.wait_for_timeout(1500)
    assert portal.run(started) == [(before + 1,)]
    line.cut(page)
    line.is_deaf = False
    line.mend()
    form.get_by_label("Message").fill("It is back, since Monday.")
    expect(page.locator("form[aria-busy=true]")).to_have_count(0, timeout=30_000)  # it has waited for the answer
    form.get_by_role("button", name="Send").click()
    said = page.get_by_role("alert").filter(has_text="This was sent before, as you had it then")
    expect(said).to_be_visible(timeout=30_000)
    expect(form.get_by_label("Message")).to_have_value("It is back, since Monday.")
    assert_good_for_everybody(page, "sent-before")
    assert portal.run(started) == [(before + 1,)]
    form.get_by_role("button", name="Send").click()
    expect(said).to_be_hidden()
    page.wait_for_timeout(500)
    assert portal.run(started) == [(before + 2,)]
    casey.complaints.clear()  # the browser notes every failed attempt to connect


def test_what_is_open_stays_open_through_a_new_connection(visit: Visit) -> None:
    gina, avery, line = visit(), visit(), Line()
    line.hold(gina)
    line.hold(avery)
    phone = loaded(gina.sign_in("gina"))
    phone.set_viewport_size({"width": 360, "height": 740})
    phone.get_by_role("button", name="Acting for").click()
    phone.locator("#people").get_by_role("link", name="Milo Park").click()
    navigate(phone, "Billing & Insurance Info")
    phone.get_by_role("tab", name="Insurance").click()
    phone.get_by_role("button", name=re.compile("^Update")).first.click()
    phone.get_by_label("Member ID").fill("W-NEW-77")
    page = loaded(avery.sign_in("avery", "/practice/clients"))
    go(page, "Casey Lin")
    page.get_by_role("button", name="Edit details").click()
    page.get_by_role("dialog").get_by_label("Phone").fill("212 555 0177")
    line.cut(page)
    line.mend()
    line.wait_for(page, 2)
    expect(page.get_by_role("dialog").get_by_label("Phone")).to_have_value("212 555 0177")
    expect(phone.get_by_label("Member ID")).to_have_value("W-NEW-77")
    assert_good_for_everybody(phone, "insurance-after-a-tunnel")
    phone.get_by_role("button", name="Send to the practice").click()
    expect(phone.get_by_label("Member ID")).to_have_count(0)
    for one in (gina, avery):
        one.complaints.clear()  # the browser notes every failed attempt to connect
