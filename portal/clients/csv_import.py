"""Reading a list of clients from a CSV file: every bad row is named with its line and the reason. Pure."""

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from portal.accounts.rules import email_key
from portal.clients import words
from portal.clients.cells import plain_cell
from portal.clients.rules import Identity, read_identity
from portal.clients.search_words import words_of
from portal.clients.views import BadRow, ClientFields
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
    """What a file holds. `ignored` names the columns that mean nothing to us."""

    good: list[GoodRow] = field(default_factory=list)
    bad: list[BadRow] = field(default_factory=list)
    ignored: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Header:
    delimiter: str
    columns: Mapping[str, int]
    ignored: list[str]
    width: int


def read_file(raw: bytes, *, today: date, region: str) -> ClientFile:
    """Read a whole file; raises Invalid, in one sentence, for one that is no list of clients at all.

    UTF-8 with or without a mark, else Latin-1; commas, semicolons or tabs; the first line names the columns. Days are
    year-month-day, month/day/year or day.month.year. This takes a while for thousands of rows: call it in a thread.
    """
    text = _decoded(raw)
    header = _header(text)
    found = ClientFile(ignored=header.ignored)
    rows = _rows(text, header.delimiter)
    next(rows)
    for line, cells in rows:
        try:
            found.good.append(_read_row(line, cells, header, today, region))
        except Invalid as wrong:
            found.bad.append(BadRow(line, wrong.sentence))
        if len(found.good) + len(found.bad) > MOST_ROWS:
            raise Invalid(words.FILE_TOO_MANY.format(most=f"{MOST_ROWS:,}"))
    return found


def identity_keys(name: str, birth_date: date | None, email: str) -> Iterator[tuple[str, str]]:
    """Return what makes two records look like one person: the e-mail address, or name with date of birth."""
    if email:
        yield "email", email_key(email)
    if birth_date is not None:
        yield fold(name), birth_date.isoformat()


def _decoded(raw: bytes) -> str:
    if len(raw) > MOST_BYTES:
        raise Invalid(words.FILE_TOO_LARGE)
    if not raw.strip():
        raise Invalid(words.FILE_EMPTY)
    if b"\x00" in raw or raw.startswith(b"PK\x03\x04"):
        raise Invalid(words.FILE_NOT_CSV)
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("latin-1")


def _header(text: str) -> _Header:
    """Find out what separates the cells, which column is what, and which columns mean nothing."""
    for delimiter in _DELIMITERS:
        _, cells = next(_rows(text, delimiter), (1, []))
        columns, ignored = _columns(cells)
        if {"given_name", "family_name"} <= set(columns):
            return _Header(delimiter, columns, ignored, len(cells))
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
    values["birth_date"] = _read_date(values.get("birth_date", ""))
    identity, problems = read_identity(ClientFields(**values), today=today, region=region)
    if identity is None:
        raise Invalid(" ".join(problems.values()))
    found = words_of((identity.given_name, identity.family_name), identity.email, identity.phone)
    return GoodRow(line, identity, therapists, found)


def _read_date(text: str) -> str:
    if not text:
        return ""
    for pattern, (year, month, day) in _DATES:
        if found := pattern.fullmatch(text):
            try:
                return date(int(found[year]), int(found[month]), int(found[day])).isoformat()
            except ValueError:
                break
    raise Invalid(words.ROW_BIRTH_DATE.format(text=text[:20]))


def _squeezed(text: str) -> str:
    return "".join(letter for letter in fold(text) if letter.isalnum())


_NAMES = {_squeezed(spelling): name for name, spellings in _SPELLINGS.items() for spelling in spellings.split(",")}
