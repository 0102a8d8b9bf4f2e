"""Reading a list of clients from a CSV file: every bad row is named with its line and the reason. Pure."""

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date

from portal.accounts.rules import email_key
from portal.clients import words
from portal.clients.cells import plain_cell
from portal.clients.rules import Identity, read_identity
from portal.clients.search_words import words_of
from portal.clients.views import BadCell, BadRow, ClientFields
from portal.errors import Invalid
from portal.kit.text import fold

MOST_ROWS = 50_000
MOST_BYTES = 10 * 2**20
_SPELLINGS: Mapping[str, str] = {
    "given_name": "first name, firstname, given name, given names, forename, first, client first name",
    "family_name": "last name, lastname, family name, surname, last, client last name",
    "birth_date": "date of birth, birth date, birthdate, birthday, dob, born",
    "email": "e-mail, email, email address, e-mail address, mail, client email",
    "phone": "phone, phone number, mobile, mobile phone, cell, cell phone, telephone, tel, home phone",
    "therapist": "therapist, therapists, assigned therapist, clinician, provider, staff member",
}
_DELIMITERS = ",;\t"
_DATES = (
    (re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})"), (1, 2, 3)),
    (re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})"), (3, 1, 2)),
    (re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})"), (3, 2, 1)),
)


@dataclass(frozen=True, slots=True)
class GoodRow:
    """A row that can be imported, with the words to find it by. `therapists` are names or e-mails as written."""

    line: int
    identity: Identity
    therapists: tuple[str, ...]
    words: frozenset[str]


@dataclass
class ClientFile:
    """What a file holds. `titles` are its columns by what they mean to us, `ignored` those that mean nothing."""

    good: list[GoodRow] = field(default_factory=list)
    bad: list[BadRow] = field(default_factory=list)
    ignored: list[str] = field(default_factory=list)
    titles: Mapping[str, str] = field(default_factory=dict)


class _BadCells(Exception):
    """Some cells of a row cannot be imported."""

    def __init__(self, cells: list[BadCell]) -> None:
        super().__init__(" ".join(cell.reason for cell in cells))
        self.cells = cells


@dataclass(frozen=True, slots=True)
class _Header:
    delimiter: str
    columns: Mapping[str, int]
    titles: Mapping[str, str]
    ignored: list[str]
    width: int


def read_file(raw: bytes, *, today: date, region: str) -> ClientFile:
    """Read a whole file; raises Invalid, in one sentence, for one that is no list of clients at all.

    UTF-8 with or without a mark, else Windows-1252 or Latin-1; commas, semicolons or tabs; the first line names the
    columns. Days are year-month-day, month/day/year or day.month.year. This takes a while for thousands of rows: call
    it in a thread.
    """
    text = _decoded(raw)
    header = _header(text)
    found = ClientFile(ignored=header.ignored, titles=header.titles)
    rows = _rows(text, header.delimiter)
    next(rows)
    for line, cells in rows:
        try:
            found.good.append(_read_row(line, cells, header, today, region))
        except _BadCells as wrong:
            found.bad.append(BadRow(line, str(wrong), wrong.cells))
        except Invalid as wrong:
            found.bad.append(BadRow(line, wrong.sentence))
        if len(found.good) + len(found.bad) > MOST_ROWS:
            raise Invalid(words.FILE_TOO_MANY.format(most=f"{MOST_ROWS:,}"))
    return found


def identity_keys(name: str, birth_date: date | None, email: str) -> Iterator[tuple[str, str]]:
    """Return what makes two records look like one person: the e-mail address, or name with date of birth.

    Where neither is known the bare name does, so that a file which is sent twice doubles nobody.
    """
    if email:
        yield "email", email_key(email)
    if birth_date is not None:
        yield fold(name), birth_date.isoformat()
    elif not email:
        yield fold(name), ""


def _decoded(raw: bytes) -> str:
    if len(raw) > MOST_BYTES:
        raise Invalid(words.FILE_TOO_LARGE)
    if not raw.strip():
        raise Invalid(words.FILE_EMPTY)
    if b"\x00" in raw or raw.startswith(b"PK\x03\x04"):
        raise Invalid(words.FILE_NOT_CSV)
    for encoding in ("utf-8-sig", "cp1252"):
        with suppress(UnicodeDecodeError):
            return raw.decode(encoding)
    return raw.decode("latin-1")


def _header(text: str) -> _Header:
    """Find out what separates the cells, which column is what, and which columns mean nothing."""
    for delimiter in _DELIMITERS:
        _, cells = next(_rows(text, delimiter), (1, []))
        columns, ignored = _columns(cells)
        if {"given_name", "family_name"} <= set(columns):
            titles = {name: cells[place].strip() for name, place in columns.items()}
            return _Header(delimiter, columns, titles, ignored, len(cells))
    raise Invalid(words.FILE_NO_NAMES)


def _columns(cells: Sequence[str]) -> tuple[dict[str, int], list[str]]:
    columns: dict[str, int] = {}
    ignored = []
    for place, cell in enumerate(cells):
        name = _NAMES.get(_squeezed(cell))
        if name is None:
            ignored.append(cell.strip())
        elif name in columns:
            raise Invalid(words.FILE_COLUMN_TWICE.format(field=words.FIELDS[name]))
        else:
            columns[name] = place
    return columns, [cell for cell in ignored if cell]


def _rows(text: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """Read the rows that are not blank, each with the line it starts on, the header being on line 1."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    start = 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield start, cells
            start = reader.line_num + 1
    except csv.Error:
        raise Invalid(words.FILE_NOT_CSV) from None


def _read_row(line: int, cells: Sequence[str], header: _Header, today: date, region: str) -> GoodRow:
    if any(cell.strip() for cell in cells[header.width :]):
        raise Invalid(words.ROW_TOO_LONG)
    values = {
        name: plain_cell(cells[place].strip()).strip() if place < len(cells) else ""
        for name, place in header.columns.items()
    }
    therapists = tuple(filter(None, (part.strip() for part in values.pop("therapist", "").split(";"))))
    written, born = dict(values), _read_date(values.get("birth_date", ""))
    values["birth_date"] = born or ""
    identity, problems = read_identity(ClientFields(**values), today=today, region=region)
    if born is None:
        problems["birth_date"] = words.ROW_BIRTH_DATE.format(text=written["birth_date"][:20])
    if identity is None or problems:
        raise _BadCells(
            [
                BadCell(header.titles.get(name, words.FIELDS[name]), written.get(name, "")[:80], problems[name])
                for name in ClientFields.model_fields
                if name in problems
            ]
        )
    found = words_of((identity.given_name, identity.family_name), identity.email, identity.phone)
    return GoodRow(line, identity, therapists, found)


def _read_date(text: str) -> str | None:
    """Return a day as it is kept, empty for nothing, None for what is no day."""
    if not text:
        return ""
    for pattern, (year, month, day) in _DATES:
        if found := pattern.fullmatch(text):
            try:
                return date(int(found[year]), int(found[month]), int(found[day])).isoformat()
            except ValueError:
                break
    return None


def _squeezed(text: str) -> str:
    return "".join(letter for letter in fold(text) if letter.isalnum())


_NAMES = {_squeezed(spelling): name for name, spellings in _SPELLINGS.items() for spelling in spellings.split(",")}
