"""Messages between Casey's browser and Tess's: at once, once, and by nobody else."""

import io
import re

from PIL import Image
from playwright.sync_api import FilePayload, Page, WebSocketRoute, expect

from tests.e2e.people import Visit, assert_good_for_everybody, loaded, navigation

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


def file(name: str, content: bytes) -> FilePayload:
    return FilePayload(name=name, mimeType="application/octet-stream", buffer=content)


def picture() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (60, 40), "teal").save(out, "PNG")
    return out.getvalue()


def conversation(page: Page) -> list[str]:
    return page.get_by_role("log").get_by_role("listitem").all_inner_texts()


def write(page: Page, words: str) -> None:
    page.get_by_label("Your message").fill(words)
    page.get_by_role("button", name="Send", exact=True).click()


def test_tess_and_casey_write_and_see_it_at_once(visit: Visit) -> None:
    tess = loaded(visit().sign_in("tess", "/practice/clients"))
    envelope = tess.get_by_role("link", name="Messages", exact=True)
    expect(envelope).to_have_text("1")
    envelope.click()
    expect(tess.locator("h1")).to_have_text("Messages")
    assert_good_for_everybody(tess, "messages-staff")
    tess.get_by_role("link", name=re.compile("Sleep")).click()
    expect(tess.locator("h1")).to_have_text("Sleep")

    casey = loaded(visit().sign_in("casey", "/messages"))
    assert "Messages" in navigation(casey)
    expect(casey.get_by_role("link", name=re.compile("1 new"))).to_be_visible()
    assert_good_for_everybody(casey, "messages-client")
    casey.get_by_role("link", name=re.compile("Sleep")).click()
    expect(casey.locator("h1")).to_have_text("Sleep")
    expect(tess.get_by_text(re.compile(r"^Read \d\d:\d\d"))).to_be_visible(timeout=3000)
    write(casey, "I have it now. <b>Thank you</b>")
    expect(tess.get_by_role("log")).to_contain_text("<b>Thank you</b>", timeout=1000)
    expect(casey.get_by_text(re.compile(r"^Read \d\d:\d\d"))).to_be_visible(timeout=3000)
    expect(casey.get_by_label("Your message")).to_have_value("")
    casey.get_by_text("In danger, or need somebody now?").click()
    expect(casey.get_by_role("link", name="988")).to_be_visible()
    expect(casey.get_by_text("Monday to Friday")).to_be_visible()
    assert_good_for_everybody(casey, "conversation-client")
    assert_good_for_everybody(tess, "conversation-staff")


def in_sleep(page: Page) -> Page:
    """Open the conversation between Casey and Tess."""
    page.get_by_role("link", name=re.compile("Sleep")).click()
    expect(page.get_by_role("log")).to_be_visible()
    return page


def of_the_line(line: str) -> bool:
    """Whether a browser complains about nothing but the connection that a test cut."""
    return "net::ERR" in line or "websocket" in line.lower()


def test_a_worksheet_reaches_casey_and_a_photo_tess(visit: Visit) -> None:
    hers = visit()
    tess = in_sleep(loaded(hers.sign_in("tess", "/practice/messages")))
    casey = in_sleep(loaded(visit().sign_in("casey", "/messages")))
    with casey.expect_download() as saved:
        casey.get_by_role("link", name=re.compile("Sleep diary.pdf")).click()
    assert saved.value.path().read_bytes().startswith(b"%PDF-")
    choose = tess.get_by_label("Attach a file")
    choose.set_input_files([file("week\u202efdp.one.pdf", PDF), file("notes.txt", b"plain"), file("spare.pdf", PDF)])
    files = tess.get_by_role("list", name="Attached files").last
    expect(files.get_by_text("We take photos")).to_be_visible()
    assert_good_for_everybody(tess, "message-attaching-staff")
    write(tess, "The sheet for this week")
    expect(tess.get_by_role("alert").get_by_text("Please remove it first")).to_be_visible()
    assert [line for line in hers.complaints if "422" not in line] == []
    hers.complaints.clear()
    files.get_by_role("button", name="Remove: notes.txt").click()
    files.get_by_role("button", name="Remove: spare.pdf").click()
    expect(files.get_by_role("listitem")).to_have_count(1)
    tess.get_by_role("button", name="Send", exact=True).click()
    sheet = casey.get_by_role("log").get_by_role("link", name=re.compile("weekfdp.one.pdf"))
    expect(sheet).to_be_visible(timeout=3000)
    with casey.expect_download() as saved:
        sheet.click()
    assert (saved.value.path().read_bytes(), saved.value.suggested_filename) == (PDF, "weekfdp.one.pdf")
    casey.set_viewport_size({"width": 360, "height": 740})
    casey.get_by_label("Attach a file").set_input_files(file("diary.png", picture()))
    expect(casey.get_by_role("list", name="Attached files").last.get_by_text("diary.jpg")).to_be_visible()
    assert_good_for_everybody(casey, "message-attaching-client")
    casey.get_by_role("button", name="Send", exact=True).click()
    expect(tess.get_by_role("log").get_by_role("link", name=re.compile("diary.jpg"))).to_be_visible(timeout=3000)
    assert_good_for_everybody(casey, "conversation-files-client")
    assert_good_for_everybody(tess, "conversation-files-staff")


def test_a_message_written_without_a_connection_goes_out_once(visit: Visit) -> None:
    tess = in_sleep(loaded(visit().sign_in("tess", "/practice/messages")))
    other = visit()
    casey = in_sleep(loaded(other.sign_in("casey", "/messages")))
    casey.set_viewport_size({"width": 360, "height": 740})
    other.context.set_offline(True)
    casey.get_by_label("Attach a file").set_input_files(file("ticket.pdf", PDF))
    write(casey, "From the underground")
    expect(casey.get_by_text("Goes out when its files are there")).to_be_visible()
    expect(casey.get_by_text("Waits for the connection")).to_be_visible()
    casey.screenshot(path="test-results/message-waits.png")
    assert not any("underground" in text for text in conversation(tess))
    other.context.set_offline(False)
    expect(tess.get_by_role("log")).to_contain_text("From the underground", timeout=30_000)
    expect(tess.get_by_role("link", name=re.compile("ticket.pdf"))).to_have_count(1)
    expect(casey.get_by_role("list", name="On its way").get_by_role("listitem")).to_have_count(0, timeout=15_000)
    assert sum("underground" in text for text in conversation(tess)) == 1
    other.complaints[:] = [line for line in other.complaints if not of_the_line(line)]


def test_a_line_that_says_nothing_loses_nothing_and_doubles_nothing(visit: Visit) -> None:
    """What goes into the socket disappears, both ways, and the browser is not told: as in a tunnel."""
    tess = in_sleep(loaded(visit().sign_in("tess", "/practice/messages")))
    casey, silent = visit().sign_in("casey"), {"out": False, "in": False}

    def relay(socket: WebSocketRoute) -> None:
        server = socket.connect_to_server()
        socket.on_message(lambda said: None if silent["out"] else server.send(said))
        server.on_message(lambda said: None if silent["in"] else socket.send(said))

    casey.route_web_socket(re.compile("/_event"), relay)
    casey.goto(casey.url.split("/home")[0] + "/messages")
    in_sleep(loaded(casey))
    silent["out"] = True
    write(casey, "Lost on the way")
    expect(casey.get_by_text("Waits for the connection")).to_be_visible()
    silent["out"] = False
    expect(tess.get_by_role("log")).to_contain_text("Lost on the way", timeout=15_000)
    silent["in"] = True
    write(casey, "The answer is lost")
    expect(tess.get_by_role("log")).to_contain_text("The answer is lost", timeout=15_000)
    expect(casey.get_by_text("Waits for the connection")).to_be_visible()
    silent["in"] = False
    expect(casey.get_by_text("Waits for the connection")).to_have_count(0, timeout=15_000)
    for words in ("Lost on the way", "The answer is lost"):
        assert sum(words in text for text in conversation(tess)) == 1


def test_gina_starts_a_conversation_about_milo_and_drafts_are_kept(visit: Visit) -> None:
    other = visit()
    gina = loaded(other.sign_in("gina", "/home"))
    milo = gina.locator("#people a", has_text="Milo Park").get_attribute("href") or ""
    gina.goto(gina.url.split("/home")[0] + "/messages?" + milo.split("?")[1])
    loaded(gina)
    gina.get_by_text("New message").click()
    gina.get_by_label("Subject", exact=True).fill("Next holidays")
    gina.get_by_label("Message", exact=True).fill("We are away for two weeks.")
    assert_good_for_everybody(gina, "message-new")
    gina.get_by_role("button", name="Send", exact=True).click()
    expect(gina.locator("h1")).to_have_text("Next holidays")
    assert len(conversation(gina)) == 1
    gina.get_by_label("Your message").fill("One more thing")
    gina.wait_for_timeout(2500)
    again = other.tab(gina.url.replace(other.portal.base, ""))
    expect(again.get_by_label("Your message")).to_have_value("One more thing")


def test_pete_has_no_messages_and_noah_nobody_to_write_to(visit: Visit) -> None:
    pete = loaded(visit().sign_in("pete", "/home"))
    assert "Messages" not in navigation(pete)
    morgan = loaded(visit().sign_in("morgan", "/home"))
    assert "Messages" not in navigation(morgan)


def test_an_administrator_opens_one_with_a_reason(visit: Visit) -> None:
    avery = visit().sign_in("avery", "/practice/clients")
    loaded(avery).get_by_role("link", name="Casey Lin").first.click()
    expect(avery.locator("h1")).to_have_text("Casey Lin")
    avery.goto(avery.url.rstrip("/") + "/messages")
    expect(avery.get_by_role("heading", name="Conversations you are not in")).to_be_visible()
    assert_good_for_everybody(avery, "messages-others")
    avery.get_by_label("Reason").fill("A complaint of 3 November")
    avery.get_by_role("button", name="Open for an hour").click()
    confirm = avery.get_by_role("dialog")
    expect(avery.get_by_role("log").or_(confirm).first).to_be_visible()
    if confirm.is_visible():
        confirm.get_by_label("Password").fill("portico-demo-2026")
        confirm.get_by_role("button", name="Confirm").click()
    expect(avery.get_by_role("log")).to_contain_text("A complaint of 3 November")
    expect(avery.get_by_text("You can read it, but not write")).to_be_visible()
