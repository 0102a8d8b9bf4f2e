"""Lists of clients as files: reading forgiving, writing safe, and every bad row named."""

import csv
import io
from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlmodel import func, select

from portal.access.actor import StaffTask, System
from portal.clients.cells import plain_cell, safe_cell, write_table
from portal.clients.csv_import import MOST_BYTES, ClientFile, read_file
from portal.clients.service_export import export_clients
from portal.clients.service_import import check_import, desk_for_system, desk_of, import_clients, open_file
from portal.clients.service_list import list_clients
from portal.clients.service_read import read_client
from portal.clients.views import ImportReport
from portal.database import Database
from portal.demo.people import Cast
from portal.errors import Invalid, NotFound, NotPermitted
from portal.kit.ids import new_id
from portal.models import Client
from tests.clients.office import events, staff

TODAY = date(2026, 11, 24)
RISKY = "=+-@\t\r\n"
GOOD = (
    "First name,Last name,Date of birth,Email,Phone,Therapist\r\n"
    "Robin,Quill,2015-02-28,r@mail.example,2125550123,tess@harbor.example\r\n"
)


def read(raw: bytes | str) -> ClientFile:
    return read_file(raw.encode() if isinstance(raw, str) else raw, today=TODAY, region="US")


@given(st.text(max_size=30))
def test_no_cell_starts_like_a_formula_and_all_come_back(text: str) -> None:
    safe = safe_cell(text)
    assert not safe.startswith(tuple(RISKY))
    assert plain_cell(safe) == text


CELLS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=20)


@given(st.lists(st.tuples(CELLS, CELLS, CELLS), max_size=8))
def test_a_written_table_is_read_back_as_it_was(rows: Sequence[tuple[str, str, str]]) -> None:
    raw = write_table(("a", "b", "c"), rows)
    assert raw.startswith(b"\xef\xbb\xbf")
    table = list(csv.reader(io.StringIO(raw.decode("utf-8-sig"), newline="")))
    assert [tuple(plain_cell(cell) for cell in row) for row in table[1:]] == rows
    assert not any(cell.startswith(tuple(RISKY)) for row in table for cell in row)


NAMES = st.from_regex(r"[A-Za-zÀ-ÖØ-öø-ÿ'=+@-]{0,10}[A-Za-z][a-z'-]{0,10}", fullmatch=True)


@given(st.lists(st.tuples(NAMES, NAMES, st.dates(date(1930, 1, 1), TODAY)), min_size=1, max_size=6))
def test_what_is_exported_can_be_imported(people: Sequence[tuple[str, str, date]]) -> None:
    table = write_table(
        ("First name", "Last name", "Date of birth", "Phone"),
        [(given_name, family, born.isoformat(), "+1 212-555-0123") for given_name, family, born in people],
    )
    found = read(table)
    assert found.bad == []
    assert [
        (row.identity.given_name, row.identity.family_name, row.identity.birth_date) for row in found.good
    ] == people
    assert {row.identity.phone for row in found.good} == {"+1 212-555-0123"}


@given(st.binary(max_size=300))
def test_no_file_whatsoever_breaks_the_reader(raw: bytes) -> None:
    try:
        found = read(b"First name,Last name\n" + raw)
    except Invalid:
        return
    assert all(row.reason for row in found.bad)


@pytest.mark.parametrize(
    "header",
    ["First name,Last name,Date of birth", "GIVEN_NAME;Surname;DOB", "firstname\tfamily name\tBirth-Date",
     "\ufeffFirst Name,LAST NAME,birthdate"],
)  # fmt: skip
@pytest.mark.parametrize("born", ["2015-02-28", "2/28/2015", "28.2.2015", "2015/02/28"])
def test_headers_separators_and_dates_are_forgiven(header: str, born: str) -> None:
    separator = next(one for one in ";\t," if one in header)
    (row,) = read(f"{header}\n{separator.join(('Zoë', 'Quill', born))}\n").good
    assert (row.identity.given_name, row.identity.birth_date) == ("Zoë", date(2015, 2, 28))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "latin-1", "cp1252"])
def test_encodings_are_recognised(encoding: str) -> None:
    (row,) = read("First name,Last name\nZoë,Ångström\n".encode(encoding)).good
    assert row.identity.name == "Zoë Ångström"


def test_what_windows_writes_is_read() -> None:
    (row,) = read("First name;Last name\nŠárka;Sœur\n".encode("cp1252")).good
    assert row.identity.name == "Šárka Sœur"


def test_every_bad_cell_is_named_with_its_column_and_what_to_do() -> None:
    (row,) = read("Forename;Surname;DOB;Mail\n;Quill;31.2.2001;robin at home\n").bad
    assert [(cell.column, cell.text) for cell in row.cells] == [
        ("Forename", ""),
        ("DOB", "31.2.2001"),
        ("Mail", "robin at home"),
    ]
    assert [cell.reason.split()[0] for cell in row.cells] == ["Please", "The", "Please"]


@pytest.mark.parametrize(
    ("raw", "sentence"),
    [
        (b"", "empty"),
        (b" \n\n", "empty"),
        (b"PK\x03\x04 a workbook", "not a CSV"),
        (b"\x00\x01", "not a CSV"),
        (b"Name,Age\nRobin,4\n", "needs a column"),
        (b"Robin,Quill\n", "needs a column"),
        (b"First name,Last name,Surname\na,b,c\n", "Two columns"),
        (b"x" * (MOST_BYTES + 1), "larger than 10 MB"),
    ],
)
def test_what_is_no_list_of_clients_is_refused_in_one_sentence(raw: bytes, sentence: str) -> None:
    with pytest.raises(Invalid, match=sentence):
        read(raw)


def test_bad_rows_are_named_by_the_line_they_start_on() -> None:
    found = read(
        "First name,Last name,DOB,Email,Phone,Colour\n"
        'Robin,"Quill\n\nof the long name",2015-02-28,,,red\n'
        "\n"
        ",Quill,,,\n"
        "Robin,Quill,30.2.2015,,\n"
        "Robin,Quill,2027-01-01,robin,12\n"
        "Robin,Quill,,,,red,one too many\n"
        "Robin,Quill\n"
    )
    assert [row.line for row in found.good] == [2, 10]
    assert found.good[0].identity.family_name == "Quill of the long name"
    assert [bad.line for bad in found.bad] == [6, 7, 8, 9]
    assert "30.2.2015" in found.bad[1].reason
    assert found.bad[2].reason.count(".") >= 3
    assert found.ignored == ["Colour"]


async def test_a_file_is_looked_at_then_imported(database: Database, cast: Cast) -> None:
    async with database.unit_of_work(writes=False) as work:
        desk = await desk_for_system(work, organization_id=cast.harbor.id, actor=System("command line"))
    file = await open_file(desk, GOOD.encode())
    async with database.unit_of_work(writes=False) as work:
        assert await check_import(work, desk, file) == _report(rows=1, good=1)
    async with database.unit_of_work() as work:
        assert await import_clients(work, desk, file) == _report(rows=1, good=1, imported=1)
    async with database.unit_of_work() as work:
        access = await staff(work, cast, "tess")
        (row,) = (await list_clients(work, access, query="quill 5550123")).rows
        assert (row.name, row.therapists) == ("Robin Quill", ["Tess Rivera"])
        assert (await list_clients(work, await staff(work, cast, "lena"), query="quill")).rows == []
        assert await events(work, cast.harbor.id) == [("clients.imported", {"count": 1})]


async def test_one_bad_row_stops_the_import_unless_somebody_decides(database: Database, cast: Cast) -> None:
    async with database.unit_of_work() as work:
        desk = await desk_of(work, await staff(work, cast, "frank"))
        file = read(GOOD + "Robin,,,,,\nKim,Vale,,,,Nobody\nSam,Vale,,,,Theo Grant\n")
        report = await import_clients(work, desk, file)
        assert (report.rows, report.good, report.bad_count, report.imported) == (4, 1, 3, 0)
        assert [bad.line for bad in report.bad] == [3, 4, 5]
        assert "“Theo Grant” is not an active therapist" in report.bad[2].reason
        assert await _count(work) == len(cast.clients)
        assert (await import_clients(work, desk, file, despite_bad=True)).imported == 1
        assert await _count(work) == len(cast.clients) + 1


async def test_duplicates_are_named_left_out_and_never_merged(database: Database, cast: Cast) -> None:
    milo = cast.clients["milo"]
    async with database.unit_of_work() as work:
        desk = await desk_of(work, await staff(work, cast, "avery"))
        file = read(
            "First name,Last name,DOB,Email\n"
            f"MILO,Párk,{milo.birth_date},\n"
            "Somebody,Else,,Casey@mail.example\n"
            "Kim,Vale,2001-01-01,kim@mail.example\n"
            "Kim,Vale,2001-01-01,\n"
            "Quinn,Ellis,,quinn@mail.example\n"
        )
        report = await import_clients(work, desk, file)
        assert [(one.line, one.reason) for one in report.duplicates] == [
            (2, "Looks like Milo Park, who is a client already."),
            (3, "Looks like Casey Lin, who is a client already."),
            (5, "Looks like line 4 of this file."),
        ]
        assert (report.good, report.imported) == (2, 2)
        assert (await import_clients(work, desk, file, with_duplicates=True)).imported == 5


async def test_a_file_that_is_sent_twice_doubles_nobody(database: Database, cast: Cast) -> None:
    """The second press of a button, or trying again after a lost answer: even names alone are recognised."""
    file = read("First name,Last name,DOB,Email\nKim,Vale,,\nKim,Moss,2001-01-01,\nKim,Hale,,kim@mail.example\n")
    async with database.unit_of_work() as work:
        desk = await desk_of(work, await staff(work, cast, "avery"))
        assert (await import_clients(work, desk, file)).imported == 3
    async with database.unit_of_work() as work:
        report = await import_clients(work, desk, file)
    assert (report.imported, report.duplicate_count) == (0, 3)


async def test_imports_need_reach_over_the_whole_practice(database: Database, cast: Cast) -> None:
    async with database.unit_of_work() as work:
        assert await desk_of(work, await staff(work, cast, "frank"))
        with pytest.raises(NotPermitted, match="front desk"):
            await desk_of(work, await staff(work, cast, "tess"))
        with pytest.raises(NotPermitted):
            await desk_of(work, await staff(work, cast, "avery", StaffTask.SEE_CLIENTS))
        with pytest.raises(NotFound):
            await desk_for_system(work, organization_id=new_id(), actor=System("command line"))


async def test_an_export_is_safe_narrow_and_recorded(database: Database, cast: Cast) -> None:
    async with database.unit_of_work() as work:
        desk = await desk_of(work, await staff(work, cast, "avery"))
        file = read("First name,Last name,Phone\n=HYPERLINK(1)x,@sum,2125550123\n")
        assert (await import_clients(work, desk, file)).imported == 1
        raw = await export_clients(work, await staff(work, cast, "avery", StaffTask.SEE_CLIENTS))
        table = list(csv.reader(io.StringIO(raw.decode("utf-8-sig"))))
        assert table[0] == ["First name", "Last name", "Email", "Phone", "Date of birth", "Therapist"]
        assert ["'=HYPERLINK(1)x", "'@sum", "", "'+1 212-555-0123", "", ""] in table
        assert not any(cell.startswith(tuple(RISKY)) for row in table for cell in row)
        assert len(table) == 1 + 7
        again = read(raw)
        assert again.bad == []
        assert len(again.good) == 7
        assert (await events(work, cast.harbor.id))[-1] == ("clients.exported", {"count": 7})
        noah = (await export_clients(work, await staff(work, cast, "noah", StaffTask.SEE_CLIENTS))).decode()
        assert "Morgan" in noah
        assert "Casey" not in noah
        bea = (await export_clients(work, await staff(work, cast, "bea", StaffTask.SEE_CLIENTS))).decode("utf-8-sig")
        assert bea.splitlines()[0] == "First name,Last name,Email,Phone"
        milo = await read_client(work, await staff(work, cast, "avery", client="milo"))
        assert milo.fields.birth_date
        assert milo.fields.birth_date not in bea


async def _count(work: Any) -> int:
    count: int = (await work.exec(select(func.count()).select_from(Client))).one()
    return count


def _report(*, rows: int, good: int, imported: int = 0) -> ImportReport:
    return ImportReport(rows, good, imported, 0, 0, [], [], [])
