"""Putting forms on the lists of many clients at once: as many statements for fifty of them as for one."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from sqlalchemy import insert
from sqlmodel import col, select

from portal.access.actor import PracticeAccess
from portal.audit.service import Change, record_changes
from portal.database import Work
from portal.intake.building.rules_form import SignatureWish, signatures_of
from portal.intake.fhir.reading import parse_questionnaire
from portal.kit.ids import new_id
from portal.models import FormAssignment, FormVersion


async def assign_forms(
    work: Work, access: PracticeAccess, wanted: Sequence[tuple[UUID, UUID]]
) -> dict[tuple[UUID, UUID], UUID]:
    """Put form versions on clients' lists: pairs of client and version, all checked before. Four statements.

    Who signs, and whether a therapist does below, is as each form asks. Returns the assignments by pair.
    """
    if not wanted:
        return {}
    wishes = await _wishes(work, access, {version_id for _, version_id in wanted})
    made = {pair: new_id() for pair in dict.fromkeys(wanted)}
    rows = [
        FormAssignment(
            id=assignment_id,
            organization_id=access.organization_id,
            client_id=client_id,
            form_version_id=version_id,
            sent_at=work.now,
            sent_by=access.actor.account_id,
            signer_rule=wishes[version_id].rule,
            needs_countersign=wishes[version_id].countersign,
        ).model_dump()
        for (client_id, version_id), assignment_id in made.items()
    ]
    await work.exec(insert(FormAssignment), params=rows)
    changes = [
        Change("form.sent", client_id=client_id, object_id=assignment_id, detail={"form_version": str(version_id)})
        for (client_id, version_id), assignment_id in made.items()
    ]
    await record_changes(work, organization_id=access.organization_id, actor=access.actor, changes=changes)
    for client_id, _ in made:
        work.tell(f"client:{client_id}")
    work.tell(f"forms:{access.organization_id}")
    return made


async def _wishes(work: Work, access: PracticeAccess, version_ids: Iterable[UUID]) -> dict[UUID, SignatureWish]:
    query = select(FormVersion.id, FormVersion.questionnaire).where(
        FormVersion.organization_id == access.organization_id, col(FormVersion.id).in_(version_ids)
    )
    rows = (await work.exec(query)).all()
    return {version_id: signatures_of(parse_questionnaire(text)) for version_id, text in rows}
