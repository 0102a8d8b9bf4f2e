"""Commands on the database as a whole: tables, demo, the check of the audit chain."""

from typing import Annotated

import typer

from portal.audit.service import ChainReport, verify_chain
from portal.audit.words import fault_sentence
from portal.commands.common import Refusal, plainly, run
from portal.config import Mode, config
from portal.demo.load import load_demo
from portal.files.service import store_file
from portal.integrations.storage.choose import storage_for
from portal.models import Organization
from portal.practice import queries_founding
from portal.practice.service_founding import get_practice
from portal.runtime import Runtime
from portal.sandbox.store import SANDBOX_FILE, Store
from portal.schema import downgrade_database, revision_of, upgrade_database

_ALREADY = "There are people in this database, so the demo was not loaded. It only ever goes into an empty one."


def migrate(
    to: Annotated[str, typer.Option(help="The revision to go to; “base” takes every table away.")] = "head",
) -> None:
    """Bring the database to the tables of this version."""
    with plainly():
        url = config().database
        before = revision_of(url)
        if to == "base" or (before or "") > to:
            downgrade_database(url, to)
        else:
            upgrade_database(url, to)
        after = revision_of(url)
        typer.echo("The database is up to date." if before == after else f"The database is now at {after or 'base'}.")


def demo(
    if_empty: Annotated[bool, typer.Option(help="Say nothing and change nothing when there is somebody.")] = False,
) -> None:
    """Load the demo practices into an empty database."""
    with plainly():
        if config().mode is Mode.PRODUCTION:
            raise Refusal("This is a production installation: the demo's passwords are known to everybody.")
        if if_empty and not config().demo:
            return
        if run(_load_demo):
            typer.echo("The demo practices are in.")
        elif not if_empty:
            raise Refusal(_ALREADY)


async def _load_demo(here: Runtime) -> bool:
    async with here.database.unit_of_work() as work:
        if not await queries_founding.is_empty(work):
            return False
        sandbox = Store(here.config.folder / SANDBOX_FILE)
        cast = await load_demo(work, sandbox)
    for file in cast.files:
        await store_file(storage_for(here.config), file)
    sandbox.save()
    return True


def verify_audit(
    organization: Annotated[str, typer.Option(help="The practice's short name; all of them without it.")] = "",
) -> None:
    """Check that nobody changed, removed or reordered the record of changes."""
    with plainly():
        reports = run(lambda here: _verify(here, organization))
        for practice, report in reports:
            _tell(practice, report)
        if any(not report.intact for _, report in reports):
            raise typer.Exit(1)


async def _verify(here: Runtime, slug: str) -> list[tuple[Organization, ChainReport]]:
    async with here.database.unit_of_work(writes=False) as work:
        practices = [await get_practice(work, slug)] if slug else await queries_founding.list_practices(work)
        return [(practice, await verify_chain(work, practice.id)) for practice in practices]


def _tell(practice: Organization, report: ChainReport) -> None:
    end = f"It ends at {report.end.sequence}:{report.end.hash or 'the start'}; keep that elsewhere and compare."
    entries = "1 entry" if report.events == 1 else f"{report.events} entries"
    if report.intact:
        typer.echo(f"{practice.name}: {entries}, all as written. {end}")
        return
    typer.echo(f"{practice.name}: {entries}, and not all as written.", err=True)
    for problem in report.problems:
        typer.echo(f"  {fault_sentence(problem)}", err=True)
