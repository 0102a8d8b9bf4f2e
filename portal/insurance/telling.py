"""Who is told of what came of a proposed change of insurance."""

from uuid import UUID

from portal.access.recipients import find_circle
from portal.database import Work
from portal.models import InsuranceProposal, Permission
from portal.notifications.outbox import enqueue_mail
from portal.runtime import runtime

KIND = "insurance_decided"


async def tell_proposer(work: Work, proposal: InsuranceProposal, *, by: UUID) -> None:
    """Write to whoever proposed that the practice answered, and no more. Two statements.

    Nobody hears of what they decided themselves, nor of what they may not see any more: the question that opens the
    page decides about the mail.
    """
    if proposal.proposed_by == by:
        return
    circle = await find_circle(work, proposal.organization_id, [proposal.client_id], Permission.INSURANCE)
    proposer = next((one for one in circle.recipients if one.account_id == proposal.proposed_by), None)
    if proposer is None:
        return
    await enqueue_mail(
        work,
        kind=KIND,
        to_address=proposer.email,
        account_id=proposer.account_id,
        organization_id=proposal.organization_id,
        context={"link": f"{runtime().config.origin}/billing?for={proposal.client_id}#insurance"},
        dedupe_key=f"{KIND}:{proposal.id}",
        client_id=proposal.client_id,
    )
