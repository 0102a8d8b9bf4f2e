"""What the client's side does: it proposes, waits, takes back, and sees what came of it. Nothing is in force by it."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import update
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import col

from portal.access.actor import ClientAccess
from portal.audit.service import record_change
from portal.clients.rules import InvalidFields
from portal.database import Work
from portal.errors import Conflict, Invalid, SentBefore
from portal.insurance import queries, queries_proposals, rules, words, writing
from portal.insurance.queries import Held
from portal.insurance.sealing import details_of, proposed_in, seal_proposal
from portal.insurance.service import require_insurance
from portal.insurance.showing_proposals import proposal_view
from portal.insurance.views import NO_CARDS, Cards, ProposalView
from portal.kit.clock import quarter_of_hour
from portal.kit.ids import new_id
from portal.models import InsuranceProposal, Payer, ProposalStatus
from portal.notifications.outbox_many import NewMail, enqueue_mails

_NEW = "new"


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody asks for. `policy_id` is what is to change, as it was at revision `seen`; None for a new one.

    `payer` is the name of a company; a photo that is None is left as it is. `place` is where a new one is to stand.
    """

    operation_id: UUID
    payer: str
    details: Mapping[str, str]
    policy_id: UUID | None = None
    seen: int = 0
    cards: Cards = NO_CARDS
    place: int = 1


async def propose(work: Work, access: ClientAccess, *, wish: Wish) -> UUID:
    """Put a proposal before the practice, once whatever is clicked. Staff get a mail that says nothing of it.

    Raises InvalidFields, also for a company that is not listed where none may be proposed; Conflict where the policy
    has changed since it was seen, or another change of it waits; NotFound for a policy that is not this client's.
    """
    require_insurance(access)
    details = rules.check_details(wish.details, today=access.today)
    held = await _held(work, access, wish)
    name = rules.check_payer_name(wish.payer)
    payer = await _listed(work, access, name, held)
    texts = rules.changes_between(details_of(work.ring, held.version) if held else {}, details)
    if payer is None:
        texts["payer"] = name
    is_other_payer = payer is None or held is None or held.payer.id != payer.id
    if not texts and not is_other_payer and wish.cards == NO_CARDS:
        raise Invalid(words.NOTHING_CHANGED)
    if held is None:
        texts["place"] = str(wish.place)
    await writing.keep_cards(work, access, access.client_id, wish.cards)
    row = _row(work, access, wish, texts, payer.id if payer and is_other_payer else None)
    if not await _insert(work, row):
        if known := await queries_proposals.same_operation(work, access.client_id, wish.operation_id):
            return _proposed_before(work, known, row)
        raise Conflict(words.ALREADY_WAITING)
    await _tell_staff(work, access)
    await _record(work, access, "insurance.proposed", row.id)
    return row.id


async def take_back(work: Work, access: ClientAccess, *, proposal_id: UUID) -> None:
    """Take back what one has sent, while it waits. Raises Conflict when it does not wait any more, or is another's."""
    require_insurance(access)
    taken = await work.exec(
        update(InsuranceProposal)
        .where(
            col(InsuranceProposal.id) == proposal_id,
            col(InsuranceProposal.organization_id) == access.organization_id,
            col(InsuranceProposal.client_id) == access.client_id,
            col(InsuranceProposal.proposed_by) == access.actor.account_id,
            col(InsuranceProposal.status) == ProposalStatus.WAITING,
        )
        .values(status=ProposalStatus.WITHDRAWN, revision=InsuranceProposal.revision + 1, decided_at=work.now)
        .execution_options(synchronize_session=False)
    )
    if taken.rowcount != 1:
        raise Conflict(words.NOT_WAITING)
    await _record(work, access, "insurance.taken_back", proposal_id)


async def list_proposals(work: Work, access: ClientAccess) -> list[ProposalView]:
    """List what waits for this client and what was decided lately: two statements."""
    require_insurance(access)
    found = await queries_proposals.proposals_of(work, access.organization_id, access.client_id, work.now)
    held = {one.policy.id: one for one in await queries.policies_of(work, access.organization_id, access.client_id)}
    return [
        proposal_view(
            one,
            held.get(one.proposal.policy_id) if one.proposal.policy_id else None,
            work.ring,
            access.zone,
            sent_by_reader=one.proposal.proposed_by == access.eyes,
        )
        for one in found
    ]


async def _held(work: Work, access: ClientAccess, wish: Wish) -> Held | None:
    if wish.policy_id is None:
        return None
    held = await queries.find_policy(work, access.organization_id, access.client_id, wish.policy_id, lock=True)
    if held.policy.revision != wish.seen:
        raise Conflict(words.HAS_CHANGED_MEANWHILE)
    return held


async def _listed(work: Work, access: ClientAccess, name: str, held: Held | None) -> Payer | None:
    """Return the company of a name where the list has it; None for one that may be proposed. Raises InvalidFields."""
    if held is not None and held.payer.name_key == rules.payer_key(name):
        return held.payer
    found = await queries.payer_by_key(work, access.organization_id, rules.payer_key(name))
    if found is not None and found.archived_at is None:
        return found
    if not access.adds_payers:
        raise InvalidFields({"payer": words.NOT_LISTED.format(practice=access.practice_name)})
    return None


def _row(
    work: Work, access: ClientAccess, wish: Wish, texts: Mapping[str, str], payer_id: UUID | None
) -> InsuranceProposal:
    proposal_id = new_id()
    return InsuranceProposal(
        id=proposal_id,
        organization_id=access.organization_id,
        client_id=access.client_id,
        policy_id=wish.policy_id,
        slot=str(wish.policy_id) if wish.policy_id else _NEW,
        base=wish.seen if wish.policy_id else 0,
        payer_id=payer_id,
        details=seal_proposal(work.ring, proposal_id, "details", texts),
        front_id=wish.cards.front,
        back_id=wish.cards.back,
        operation_id=wish.operation_id,
        proposed_at=work.now,
        proposed_by=access.actor.account_id,
    )


def _proposed_before(work: Work, known: InsuranceProposal, row: InsuranceProposal) -> UUID:
    """Return what the same click proposed. Raises SentBefore where that was something else."""
    asked = [(one.slot, one.payer_id, one.front_id, one.back_id, proposed_in(work.ring, one)) for one in (known, row)]
    if asked[0] != asked[1]:
        raise SentBefore
    return known.id


async def _insert(work: Work, row: InsuranceProposal) -> bool:
    """Add a proposal, unless the same click did or another one waits: the database's own keys decide."""
    insert = sqlite.insert if work.get_bind().dialect.name == "sqlite" else postgresql.insert
    query = insert(InsuranceProposal).values(row.model_dump()).on_conflict_do_nothing()
    return (await work.exec(query.returning(col(InsuranceProposal.id)))).first() is not None


async def _tell_staff(work: Work, access: ClientAccess) -> None:
    """Write to those who look after insurance: that something waits, and no more. Four mails an hour for one client."""
    reviewers = await queries_proposals.reviewers_of(work, access.organization_id)
    when = quarter_of_hour(work.now).isoformat(timespec="minutes")
    mails = [
        NewMail(one.email, {}, f"insurance:{access.client_id}:{when}:{one.id}", account_id=one.account_id)
        for one in reviewers
        if one.account_id != access.actor.account_id
    ]
    await enqueue_mails(work, kind="insurance_proposed", organization_id=access.organization_id, mails=mails)


async def _record(work: Work, access: ClientAccess, action: str, object_id: UUID) -> None:
    await record_change(
        work,
        organization_id=access.organization_id,
        actor=access.actor,
        action=action,
        client_id=access.client_id,
        object_id=object_id,
    )
    writing.tell(work, access.organization_id, access.client_id)
