"""What superbills say of the practice, of who gives care and of what is offered: for administrators."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from portal.access.actor import PracticeAccess, StaffTask
from portal.audit.rules import Plain
from portal.audit.service import record_change
from portal.billing.superbills import queries, rules, words
from portal.clients.rules import InvalidFields
from portal.database import Work
from portal.errors import Invalid, NotPermitted
from portal.models import Membership, Organization, Service, VideoPlace

_LICENCE, _ADDRESS = 120, 400


@dataclass(frozen=True, slots=True)
class Setup:
    """All that superbills need from administrators."""

    practice: Organization
    clinicians: Sequence[Membership]
    services: Sequence[Service]


async def read_setup(work: Work, access: PracticeAccess) -> Setup:
    """Read all of it. Three statements."""
    _require(access)
    practice = await work.get_one(Organization, access.organization_id)
    clinicians = await queries.clinicians_of(work, access.organization_id)
    return Setup(practice, clinicians, await queries.services_of(work, access.organization_id))


async def save_practice(
    work: Work, access: PracticeAccess, *, ein: str, npi: str, address: str, video_place: VideoPlace
) -> None:
    """Keep what superbills say of the practice. Raises InvalidFields."""
    _require(access)
    kept = _checked(
        {
            "ein": (rules.check_ein, ein),
            "npi": (rules.check_npi, npi),
            "address": (lambda text: rules.check_line(text, _ADDRESS), address),
        }
    )
    practice = await work.get_one(Organization, access.organization_id)
    before = {"ein": practice.ein, "npi": practice.npi, "video_place": practice.video_place.value}
    practice.ein, practice.npi = kept["ein"] or None, kept["npi"] or None
    practice.billing_address, practice.video_place = kept["address"] or None, video_place
    work.add(practice)
    after = {"ein": practice.ein, "npi": practice.npi, "video_place": video_place.value}
    await _record(work, access, "superbill.practice_changed", None, before, after)


async def save_clinician(work: Work, access: PracticeAccess, *, membership_id: UUID, licence: str, npi: str) -> None:
    """Keep what superbills say of somebody who gives care. Raises InvalidFields, NotFound."""
    _require(access)
    kept = _checked(
        {"licence": (lambda text: rules.check_line(text, _LICENCE), licence), "npi": (rules.check_npi, npi)}
    )
    member = await queries.find_clinician(work, access.organization_id, membership_id)
    before = {"npi": member.npi}
    member.licence, member.npi = kept["licence"] or None, kept["npi"] or None
    work.add(member)
    await _record(work, access, "superbill.clinician_changed", member.id, before, {"npi": member.npi})


async def save_service(work: Work, access: PracticeAccess, *, service_id: UUID, code: str) -> None:
    """Keep the code by which insurers know a service. Raises InvalidFields, NotFound."""
    _require(access)
    kept = _checked({"code": (rules.check_procedure, code)})
    service = await queries.find_service(work, access.organization_id, service_id)
    before = {"code": service.procedure_code}
    service.procedure_code = kept["code"] or None
    work.add(service)
    await _record(work, access, "superbill.service_changed", service.id, before, {"code": service.procedure_code})


def _checked(given: Mapping[str, tuple[Callable[[str], str], str]]) -> dict[str, str]:
    """Check every field, and say of all at once what is wrong."""
    kept, problems = dict[str, str](), dict[str, str]()
    for name, (check, text) in given.items():
        try:
            kept[name] = check(text)
        except Invalid as wrong:
            problems[name] = wrong.sentence
    if problems:
        raise InvalidFields(problems)
    return kept


def _require(access: PracticeAccess) -> None:
    if access.task is not StaffTask.SETTINGS:
        raise NotPermitted(words.NOT_FOR_SETTINGS)


async def _record(
    work: Work,
    access: PracticeAccess,
    action: str,
    object_id: UUID | None,
    before: Mapping[str, str | None],
    after: Mapping[str, str | None],
) -> None:
    """Write down who changed what from what to what; of an address or a licence, that it was saved."""
    detail: dict[str, Plain | list[str]] = {
        name: [before[name] or "", value or ""] for name, value in after.items() if before[name] != value
    }
    await work.flush()
    await record_change(
        work,
        organization_id=access.organization_id,
        actor=access.actor,
        action=action,
        object_id=object_id,
        detail=detail,
    )
    work.tell(f"settings:{access.organization_id}")
