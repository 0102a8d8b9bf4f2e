"""What people read about a list of clients that is taken in."""

from portal.clients.views import ImportReport


def checked(report: ImportReport) -> str:
    """Say what a file holds, before anything is imported."""
    if not report.rows:
        return "The file has its first line, but no clients below it."
    parts = [f"{_rows(report.rows)}: {report.good:,} can be imported"]
    parts += [_counted(report.bad_count, "1 needs a correction", "{} need a correction")]
    parts += [_counted(report.duplicate_count, "1 looks like somebody", "{} look like somebody")]
    return ", ".join(part for part in parts if part) + "."


def imported(report: ImportReport) -> str:
    """Say what was imported, and what was left out."""
    if not report.imported:
        return "Nobody was imported."
    left = report.rows - report.imported
    told = _counted(report.imported, "1 client was imported.", "{} clients were imported.")
    return f"{told} {_counted(left, '1 row was left out.', '{} rows were left out.')}".strip()


def _rows(count: int) -> str:
    return _counted(count, "1 row", "{} rows")


def _counted(count: int, one: str, many: str) -> str:
    return "" if not count else one if count == 1 else many.format(f"{count:,}")
