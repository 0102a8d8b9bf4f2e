"""Lists of clients as files: looked through, taken in, taken out."""

from typing import Any

from playwright.sync_api import Page, expect

from tests.e2e.people import Visit, assert_good_for_everybody, loaded

HEADER = "First name,Last name,Date of birth,Email,Shoe size\n"
GOOD = "Robin,Quill,2010-05-31,robin@new.example,39\nKim,Vale,,,\n"
BAD = ",Moss,31.2.2001,robin at home,\nSam,Hale,2999-01-01,,\nCase,Lin,,casey@mail.example,\n"


def choose(page: Page, text: str, name: str = "clients.csv") -> None:
    file: Any = {"name": name, "mimeType": "text/csv", "buffer": text.encode()}
    page.get_by_label("CSV file").set_input_files(file)


def test_a_list_is_looked_through_and_the_good_rows_are_taken_in(visit: Visit) -> None:
    frank = visit()
    page = loaded(frank.sign_in("frank", "/practice/clients"))
    page.get_by_role("link", name="Import a list").click()
    expect(page.locator("h1")).to_have_text("Import clients")
    page.get_by_role("button", name="Check the file").click()
    expect(page.get_by_role("alert").filter(has_text="choose a file first")).to_be_visible()
    assert_good_for_everybody(loaded(page), "import")
    choose(page, "Name\nRobin\n")
    page.get_by_role("button", name="Check the file").click()
    expect(page.get_by_role("alert").filter(has_text="needs a column “First name”")).to_be_visible()
    frank.complaints.clear()
    choose(page, HEADER + GOOD + BAD)
    page.get_by_role("button", name="Check the file").click()
    told = "5 rows: 2 can be imported, 2 need a correction, 1 looks like somebody."
    expect(page.get_by_text(told)).to_be_focused()
    rows = page.get_by_role("table", name="Rows that need a correction").get_by_role("row")
    expect(rows.filter(has_text="31.2.2001")).to_contain_text("Date of birth")
    expect(rows).to_have_count(1 + 4)
    expect(page.get_by_text("Columns that are not used: Shoe size.")).to_be_visible()
    page.get_by_text("Show them (1)").click()
    expect(page.get_by_text("Looks like Casey Lin, who is a client already.")).to_be_visible()
    assert_good_for_everybody(page, "import-checked")
    page.get_by_role("button", name="Import the other 2 only").click()
    dialog = page.get_by_role("dialog", name="Leave the wrong rows out?")
    expect(dialog).to_contain_text("2 clients are added now.")
    dialog.get_by_role("button", name="Import without them").click()
    expect(page.get_by_text("2 clients were imported. 3 rows were left out.")).to_be_focused()
    assert_good_for_everybody(page, "import-done")
    page.get_by_role("link", name="To the list of clients").click()
    expect(page.get_by_role("rowheader").filter(has_text="Robin Quill")).to_have_count(1)


def test_a_lost_connection_is_said_and_the_file_stays(visit: Visit) -> None:
    frank = visit()
    page = loaded(frank.sign_in("frank", "/practice/import-clients"))
    choose(page, HEADER + "Uma,Reed,,uma@new.example,\nIvo,Reed,,ivo@new.example,\n")
    page.route("**/practice/clients/import*", lambda route: route.abort())
    page.get_by_role("button", name="Check the file").click()
    expect(page.get_by_role("alert").filter(has_text="did not arrive")).to_be_visible()
    page.unroute("**/practice/clients/import*")
    frank.complaints.clear()
    page.get_by_role("button", name="Check the file").click()
    page.get_by_role("button", name="Import 2 clients").click()
    expect(page.get_by_text("2 clients were imported.")).to_be_visible()


def test_the_list_is_taken_out_as_a_file(visit: Visit) -> None:
    page = loaded(visit().sign_in("avery", "/practice/clients"))
    with page.expect_download() as found:
        page.get_by_role("button", name="Export the list").click()
    assert found.value.suggested_filename.startswith("clients-")
    text = found.value.path().read_text(encoding="utf-8-sig")
    assert "Casey,Lin,casey@mail.example" in text


def test_a_therapist_is_told_who_takes_lists_in(visit: Visit) -> None:
    page = visit().sign_in("tess", "/practice/import-clients")
    expect(page.get_by_role("main").get_by_role("alert")).to_contain_text("Only an administrator or the front desk")
