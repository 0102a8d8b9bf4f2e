"""One client for the client page, and Why?."""

from uuid import UUID

from portal.access.actor import PracticeAccess, Scope, StaffTask
from portal.access.explain import explain_access
from portal.access.reading import client_from
from portal.access.words import WHAT
from portal.clients import queries, queries_list, words
from portal.clients.facts import practice_facts
from portal.clients.rules_grants import MONEY
from portal.clients.service_list import status_from
from portal.clients.switches import shown_to, switches_of
from portal.clients.views import ClientFields, ClientView, TherapistChoice, WhyCapability, WhyStep, WhyView
from portal.database import Work
from portal.errors import NotFound
from portal.kit.clock import age_on

_TASKS = (StaffTask.SEE_CLIENTS, StaffTask.EDIT_CLIENTS)


async def read_client(work: Work, access: PracticeAccess) -> ClientView:
    """Read one client as the role may see it: for the money alone, without date of birth and therapists."""
    queries.require(access, *_TASKS)
    row = await queries_list.find_row(work, access)
    if row is None:
        raise NotFound
    practice = await queries.find_practice(work, access.organization_id)
    only_money = access.scope is Scope.CONTACT_DATA_AND_MONEY
    therapists = [] if only_money else await queries.find_therapists(work, access.organization_id, row.client_id)
    born = None if only_money else row.birth_date
    age = age_on(born, access.today) if born else None
    client, status = client_from(row), status_from(row)
    return ClientView(
        id=str(row.client_id),
        name=client.name,
        status=status,
        status_label=words.STATUS[status],
        fields=ClientFields(
            given_name=row.given_name,
            family_name=row.family_name,
            birth_date=born.isoformat() if born else "",
            email=row.email,
            phone=row.phone,
        ),
        age=age,
        is_of_age=age is not None and age >= practice.majority_age,
        therapists=[TherapistChoice(str(member.id), member.name) for member in therapists],
        switches=switches_of(
            client,
            practice=practice_facts(access.organization_id, practice),
            settings=practice.settings,
            today=access.today,
            names=shown_to(access.scope),
        ),
        mail_fails=row.mail_fails or "",
    )


async def why_client(work: Work, access: PracticeAccess, *, contact_id: UUID | None = None) -> WhyView:
    """Explain, step by step, what the client may do in person, or what one contact may do for them, now.

    Whoever sees clients for the money alone is told about that.
    """
    only_money = access.scope is Scope.CONTACT_DATA_AND_MONEY
    explained = await explain_access(work, access, contact_id=contact_id)
    return WhyView(
        client_name=explained.client_name,
        person_name=explained.person_name,
        capabilities=[
            WhyCapability(
                capability=capability.value,
                label=WHAT[capability].capitalize(),
                allowed=decision.allowed,
                steps=[WhyStep(step.passed, step.why) for step in decision.steps],
            )
            for capability, decision in explained.decisions.items()
            if not only_money or capability in MONEY
        ],
    )
