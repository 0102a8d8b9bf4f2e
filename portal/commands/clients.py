"""Commands about clients: taking in a list from a CSV file."""

from pathlib import Path
from typing import Annotated

import typer

from portal.clients.service_import import check_import, desk_for_system, import_clients, open_file
from portal.clients.service_search import reindex as build_index
from portal.clients.views import ImportReport
from portal.commands.common import plainly, read_bytes, run
from portal.commands.people import COMMAND_LINE
from portal.practice.service_founding import get_practice
from portal.runtime import Runtime

clients_app = typer.Typer(no_args_is_help=True, help="Take in clients from a file.")


@clients_app.command(name="import")
def import_file(
    file: Annotated[Path, typer.Argument(help="A CSV file; its first line names the columns.")],
    organization: Annotated[str, typer.Option(help="The practice's short name, such as harbor.")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would happen.")] = False,
    skip_bad: Annotated[bool, typer.Option("--skip-bad", help="Import the good rows although others are bad.")] = False,
    with_duplicates: Annotated[
        bool, typer.Option("--with-duplicates", help="Import rows that look like somebody, too, as new clients.")
    ] = False,
) -> None:
    """Import clients, and name every row that cannot be imported with its line and the reason.

    While a row is bad nothing is imported, unless --skip-bad leaves the bad ones out.
    """

    async def task(here: Runtime) -> ImportReport:
        async with here.database.unit_of_work(writes=False) as work:
            practice = await get_practice(work, organization)
            desk = await desk_for_system(work, organization_id=practice.id, actor=COMMAND_LINE)
        found = await open_file(desk, read_bytes(file))
        async with here.database.unit_of_work(writes=not dry_run) as work:
            if dry_run:
                return await check_import(work, desk, found)
            return await import_clients(work, desk, found, despite_bad=skip_bad, with_duplicates=with_duplicates)

    with plainly():
        report = run(task)
        _tell(report, dry_run=dry_run)
        if report.bad_count and not skip_bad:
            raise typer.Exit(1)


@clients_app.command()
def reindex() -> None:
    """Build the index that clients and contacts are searched by again."""

    async def task(here: Runtime) -> int:
        async with here.database.unit_of_work() as work:
            return await build_index(work)

    with plainly():
        typer.echo(f"{run(task)} people can be found.")


def _tell(report: ImportReport, *, dry_run: bool) -> None:
    for bad in report.bad:
        typer.echo(f"Line {bad.line}: {bad.reason}", err=True)
    for duplicate in report.duplicates:
        typer.echo(f"Line {duplicate.line}: {duplicate.name}. {duplicate.reason}", err=True)
    unnamed = report.bad_count + report.duplicate_count - len(report.bad) - len(report.duplicates)
    if unnamed:
        typer.echo(f"… and {unnamed} more.", err=True)
    if report.ignored_columns:
        typer.echo(f"Columns that were not used: {', '.join(report.ignored_columns)}.")
    typer.echo(
        f"{report.rows} rows: {report.good} good, {report.bad_count} bad, "
        f"{report.duplicate_count} that look like somebody."
    )
    typer.echo("Nothing was imported: this was a dry run." if dry_run else _imported(report.imported))


def _imported(count: int) -> str:
    return "1 client was imported." if count == 1 else f"{count} clients were imported."
