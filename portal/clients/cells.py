"""Cells of a CSV file that no spreadsheet takes for a formula (OWASP: CSV injection). Pure."""

import csv
import io
import re
from collections.abc import Iterable, Sequence

_RISKY = re.compile(r"'*[=+\-@\t\r\n]")
_ESCAPED = re.compile(r"'+[=+\-@\t\r\n]")


def safe_cell(text: str) -> str:
    """Put an apostrophe before what a spreadsheet might run: cells that start with = + - @, a tab or a line break."""
    return f"'{text}" if _RISKY.match(text) else text


def plain_cell(text: str) -> str:
    """Take off the apostrophe that safe_cell puts before a cell."""
    return text[1:] if _ESCAPED.match(text) else text


def write_table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """Write a CSV file as spreadsheets like it: UTF-8 with a mark, commas, quotation marks where needed."""
    file = io.StringIO(newline="")
    writer = csv.writer(file)
    writer.writerow([safe_cell(cell) for cell in header])
    writer.writerows([safe_cell(cell) for cell in row] for row in rows)
    return file.getvalue().encode("utf-8-sig")
