"""Commands about forms: FHIR Questionnaires in and out of a practice."""

from pathlib import Path
from typing import Annotated

import typer

from portal.commands.common import Refusal, plainly, read_bytes, run
from portal.commands.people import COMMAND_LINE
from portal.intake import service
from portal.intake.service import FormListing
from portal.intake.views import ImportReport
from portal.practice.service_founding import get_practice
from portal.runtime import Runtime

forms_app = typer.Typer(no_args_is_help=True, help="Bring forms in and take them out, as FHIR R4 Questionnaires.")
Practice = Annotated[str, typer.Option("--organization", help="The practice's short name, such as harbor.")]
_PLACES_SHOWN = 5


@forms_app.command(name="import")
def import_file(
    file: Annotated[Path, typer.Argument(help="A FHIR R4 Questionnaire in JSON.")],
    organization: Practice,
    title: Annotated[str, typer.Option(help="What the practice calls it; the file's own title without this.")] = "",
) -> None:
    """Bring in a form, and name what in it the portal does not act upon yet."""

    async def task(here: Runtime) -> ImportReport:
        raw = read_bytes(file)
        async with here.database.unit_of_work() as work:
            practice = await get_practice(work, organization)
            return await service.import_questionnaire(
                work, organization_id=practice.id, actor=COMMAND_LINE, raw=raw, title=title or None
            )

    with plainly():
        _tell(run(task))


@forms_app.command(name="export")
def export_file(
    form: Annotated[str, typer.Argument(help="The form's id or built-in key; “portal forms list” shows them.")],
    organization: Practice,
    output: Annotated[Path | None, typer.Option(help="The file to write; the standard output without it.")] = None,
    version: Annotated[int | None, typer.Option(help="An older version, by its number.", min=1)] = None,
) -> None:
    """Write a form out exactly as it came in."""

    async def task(here: Runtime) -> str:
        async with here.database.unit_of_work(writes=False) as work:
            practice = await get_practice(work, organization)
            known = await service.list_forms(work, organization_id=practice.id)
            return await service.export_questionnaire(
                work, organization_id=practice.id, form_id=_find(known, form).form_id, number=version
            )

    with plainly():
        text = run(task)
        if output is None:
            typer.echo(text, nl=False)
            return
        with output.open("w", encoding="utf-8", newline="") as file:
            file.write(text)
        typer.echo(f"Written to {output}.")


@forms_app.command(name="list")
def list_all(organization: Practice) -> None:
    """List the forms of a practice: id, version, built-in key, title."""

    async def task(here: Runtime) -> list[FormListing]:
        async with here.database.unit_of_work(writes=False) as work:
            practice = await get_practice(work, organization)
            return await service.list_forms(work, organization_id=practice.id)

    with plainly():
        for form in run(task):
            typer.echo(f"{form.form_id}  {form.number:>3}  {form.key or '-':<20}  {form.title}")


def _find(known: list[FormListing], wanted: str) -> FormListing:
    for form in known:
        if wanted in {str(form.form_id), form.key} and wanted:
            return form
    raise Refusal(f"This practice has no form “{wanted[:60]}”. “portal forms list” shows what there is.")


def _tell(report: ImportReport) -> None:
    if report.already_there:
        typer.echo(f"“{report.title}” is there already, from this very file ({report.form_id}). Nothing was changed.")
    else:
        typer.echo(f"“{report.title}” is in: {report.items} items on {report.pages} pages ({report.form_id}).")
    for part in report.unsupported:
        places = ", ".join(part.paths[:_PLACES_SHOWN])
        more = len(part.paths) - _PLACES_SHOWN
        typer.echo(f"  {part.sentence} ({places}{f' and {more} more' if more > 0 else ''})")
