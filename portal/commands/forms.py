"""Commands about forms: FHIR Questionnaires in and out of a practice."""

from pathlib import Path
from typing import Annotated
from uuid import UUID

import typer

from portal.commands.common import Refusal, plainly, read_bytes, run
from portal.commands.people import COMMAND_LINE
from portal.intake import service
from portal.intake.document.service_document import Verdict, read_mark, verify_sheet
from portal.intake.document.typesetting import typeset_now
from portal.intake.service import FormListing
from portal.intake.views import ImportReport
from portal.kit.ids import parse_id
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


@forms_app.command(name="verify")
def verify(
    what: Annotated[str, typer.Argument(help="A PDF of a form, or the id of a form that was sent.")],
) -> None:
    """Confirm that what was signed is what is stored, and that a PDF is the one the portal made of it."""
    with plainly():
        pdf, assignment_id, number = _asked(what)

        async def task(here: Runtime) -> list[Verdict]:
            async with here.database.unit_of_work(writes=False) as work:
                return await verify_sheet(work, assignment_id=assignment_id, number=number)

        found = run(task)
        verdict = found[0]
        typer.echo(f"“{verdict.material.title}”, version {verdict.number}: {verdict.sha256}")
        if not verdict.is_intact:
            raise Refusal("The stored answers are NOT what was signed: the fingerprint differs.")
        typer.echo("The stored answers are exactly what was signed, and the audit chain holds the same fingerprint.")
        if pdf is None:
            return
        if all(typeset_now(one.material.data, one.material.moment) != pdf for one in found):
            raise Refusal("This PDF is NOT what the portal makes of these answers: it was changed.")
        typer.echo("This PDF is, byte for byte, what the portal makes of these answers.")


def _asked(what: str) -> tuple[bytes | None, UUID, int | None]:
    """Return the file (None for an id), the assignment, and which of its frozen states is meant."""
    known = parse_id(what)
    if known is not None:
        return None, known, None
    pdf = read_bytes(Path(what))
    mark = read_mark(pdf)
    if mark is None:
        raise Refusal("This file does not say which form it is, so it is no PDF of this portal, or it was changed.")
    return pdf, mark[0], mark[1]


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
