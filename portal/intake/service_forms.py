"""Forms of a practice: bringing one in, taking one out, and the ones that come with the portal."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from portal.access.actor import Actor, System
from portal.audit.service import record_change
from portal.database import Work
from portal.errors import NotFound
from portal.intake import queries_staff, words
from portal.intake.builtin import BuiltinForm, builtin_forms
from portal.intake.fhir.canonical import fingerprint
from portal.intake.fhir.compiling import compile_form, title_of
from portal.intake.fhir.findings import Finding, grouped
from portal.intake.fhir.form import Form as CompiledForm
from portal.intake.fhir.reading import read_questionnaire
from portal.intake.presenting import page_views
from portal.intake.queries import Found
from portal.intake.views import ImportReport, Unsupported
from portal.models import Form, FormVersion

_SET_UP = System("set-up")


@dataclass(frozen=True, slots=True)
class FormListing:
    """A form in use, with its newest version. `key` names a built-in one."""

    form_id: UUID
    title: str
    key: str
    version_id: UUID
    number: int


async def import_questionnaire(
    work: Work, *, organization_id: UUID, actor: Actor, raw: bytes, title: str | None = None
) -> ImportReport:
    """Bring in a FHIR R4 Questionnaire as a new form, its text kept as it is, and name what is not acted upon.

    The very same file brought in again changes nothing. Raises Invalid, naming what is wrong, with nothing imported.
    """
    text, questionnaire = read_questionnaire(raw)
    compiled, findings = compile_form(questionnaire)
    sha256 = fingerprint(text)
    known = await queries_staff.find_version(work, organization_id, sha256=sha256)
    if known is not None:
        return _report(known.form_id, known.id, known.title, compiled, findings, already_there=True)
    name = " ".join((title or "").split())[:200] or title_of(questionnaire)
    version = await _publish(
        work, organization_id, Form(organization_id=organization_id, title=name, created_at=work.now), text
    )
    await record_change(
        work,
        organization_id=organization_id,
        actor=actor,
        action="form.imported",
        object_id=version.form_id,
        detail={"form_version": str(version.id), "sha256": sha256},
    )
    return _report(version.form_id, version.id, name, compiled, findings)


async def export_questionnaire(work: Work, *, organization_id: UUID, form_id: UUID, number: int | None = None) -> str:
    """Return the JSON of a form exactly as it came in: its newest version, or one by number. Raises NotFound."""
    found = await queries_staff.find_version(work, organization_id, form_id=form_id, number=number)
    if found is None:
        raise NotFound
    return str(found.questionnaire)


async def list_forms(work: Work, *, organization_id: UUID) -> list[FormListing]:
    """List the forms of a practice that are in use, by title."""
    rows = await queries_staff.list_forms(work, organization_id)
    return [FormListing(row.id, row.title, row.key, row.version_id, row.number) for row in rows]


async def install_builtin_forms(work: Work, organization_id: UUID, actor: System = _SET_UP) -> dict[str, UUID]:
    """Give a practice the forms that come with the portal; returns key → id of the newest version.

    Doing it again changes nothing, and adds a version where a newer portal brings a newer form. Sheets that were sent
    keep the version they were sent with.
    """
    present = {row.key: row for row in await queries_staff.list_forms(work, organization_id) if row.key}
    return {form.key: await _install(work, organization_id, actor, form, present) for form in builtin_forms()}


async def _install(
    work: Work, organization_id: UUID, actor: System, built_in: BuiltinForm, present: Mapping[str, Found]
) -> UUID:
    sha256 = fingerprint(built_in.text)
    known = present.get(built_in.key)
    if known is not None and known.sha256 == sha256:
        version_id: UUID = known.version_id
        return version_id
    if known is None:
        form = Form(organization_id=organization_id, title=built_in.title, key=built_in.key, created_at=work.now)
        version = await _publish(work, organization_id, form, built_in.text)
    else:
        version = await _add_version(work, organization_id, known.id, known.number + 1, built_in.text)
    await record_change(
        work,
        organization_id=organization_id,
        actor=actor,
        action="form.imported",
        object_id=version.form_id,
        detail={"form_version": str(version.id), "sha256": sha256},
    )
    return version.id


async def _publish(work: Work, organization_id: UUID, form: Form, text: str) -> FormVersion:
    work.add(form)
    await work.flush()
    return await _add_version(work, organization_id, form.id, 1, text)


async def _add_version(work: Work, organization_id: UUID, form_id: UUID, number: int, text: str) -> FormVersion:
    version = FormVersion(
        organization_id=organization_id,
        form_id=form_id,
        number=number,
        questionnaire=text,
        sha256=fingerprint(text),
        published_at=work.now,
    )
    work.add(version)
    await work.flush()
    return version


def _report(
    form_id: UUID,
    version_id: UUID,
    title: str,
    compiled: CompiledForm,
    findings: list[Finding],
    *,
    already_there: bool = False,
) -> ImportReport:
    return ImportReport(
        form_id=str(form_id),
        form_version_id=str(version_id),
        title=title,
        items=len(compiled.items),
        pages=len(page_views(compiled)),
        unsupported=[
            Unsupported(group.reason.value, group.name, words.REPORT[group.reason].format(name=group.name), group.paths)
            for group in grouped(findings)
        ],
        already_there=already_there,
    )
