"""Compiled questionnaires, kept in this process by the fingerprint of their text: contents only, no access."""

from collections.abc import Iterable
from uuid import UUID

from portal.database import Work
from portal.intake import queries
from portal.intake.fhir.canonical import fingerprint
from portal.intake.fhir.compiling import compile_form
from portal.intake.fhir.form import Form
from portal.intake.fhir.reading import parse_questionnaire

_MOST = 200
_compiled: dict[str, Form] = {}


async def form_of(work: Work, version_id: UUID, sha256: str) -> Form:
    """Return the form of one version; the database is asked only when this process has not seen it yet."""
    form = _compiled.get(sha256)
    return form if form is not None else (await forms_of(work, {version_id: sha256}))[version_id]


async def forms_of(work: Work, versions: dict[UUID, str]) -> dict[UUID, Form]:
    """Return the forms of several versions, given as id → fingerprint: one statement at most."""
    found = {version: _compiled[sha256] for version, sha256 in versions.items() if sha256 in _compiled}
    missing = [version for version in versions if version not in found]
    for version, text in await queries.questionnaires(work, missing) if missing else ():
        found[version] = _compile(text, versions[version])
    return found


def _compile(text: str, sha256: str) -> Form:
    if fingerprint(text) != sha256:
        raise RuntimeError("A stored form is not what was published: its fingerprint differs.")
    form, _ = compile_form(parse_questionnaire(text))
    _make_room(_compiled)
    _compiled[sha256] = form
    return form


def _make_room(compiled: dict[str, Form]) -> None:
    """Let the oldest go when there are too many."""
    oldest: Iterable[str] = list(compiled)[: max(0, len(compiled) - _MOST + 1)]
    for sha256 in oldest:
        del compiled[sha256]
