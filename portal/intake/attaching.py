"""Files in answers: what the portal knows of them takes the place of what the browser says."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from portal.access.actor import ClientAccess
from portal.database import Work
from portal.errors import Invalid, NotFound
from portal.files.service import keep_files, name_of
from portal.intake import words
from portal.intake.fhir.form import Value
from portal.intake.rules_answers import FILES, attached_file
from portal.models import FileOwner


async def attach_files(
    work: Work, access: ClientAccess, assignment_id: UUID, values: Sequence[Value]
) -> list[dict[str, Any]]:
    """Return an answer with its files as the portal keeps them. One statement, none for an answer without files.

    Raises Invalid when a file was not added to this very form.
    """
    ids = [found for value in values if (found := attached_file(value)) is not None]
    if not ids:
        return [dict(value) for value in values]
    if len(set(ids)) != len(ids):
        raise Invalid(words.NOT_AN_ANSWER)
    try:
        files = await keep_files(work, access, owner=FileOwner.FORM, owner_id=assignment_id, file_ids=ids)
    except NotFound:
        raise Invalid(words.FILE_GONE) from None
    return [
        {
            "valueAttachment": {
                "contentType": file.content_type,
                "url": f"{FILES}{file.id}",
                "size": file.size,
                "title": name_of(work.ring, file),
            }
        }
        for file in files
    ]
