"""What staff do with proposals: see old and new side by side, and accept, write anew or reject each field."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import update
from sqlmodel import col

from portal.access.actor import PracticeAccess, StaffTask
from portal.access.permissions import scope_of
from portal.audit.service import Change, record_access, record_changes
from portal.database import Work
from portal.errors import Conflict, Invalid, NotPermitted
from portal.insurance import queries, queries_proposals, rules, words, writing
from portal.insurance.queries import Held
from portal.insurance.queries_proposals import Proposed, fields_in
from portal.insurance.rules import Ruling, Verdict
from portal.insurance.sealing import details_of, proposed_in, seal_proposal
from portal.insurance.showing_proposals import proposal_view, proposed_values, queue_row
from portal.insurance.telling import tell_proposer
from portal.insurance.views import Cards, ProposalView, QueueRow
from portal.insurance.writing import Content
from portal.kit.crypto import seal
from portal.kit.text import is_printable
from portal.models import InsuranceProposal, Payer, ProposalStatus

PAGE = queries.PAGE
_LONGEST_MESSAGE = 500


@dataclass(frozen=True, slots=True)
class Decision:
    """What staff decide. `seen` and `policy_seen` are the revisions on their screen; `place` for a new one."""

    rulings: Mapping[str, Ruling]
    seen: int
    policy_seen: int = 0
    message: str = ""
    place: int = 1


@dataclass(frozen=True, slots=True)
class _Result:
    """What a decision comes to; `details` is None where nothing is taken."""

    details: dict[str, str] | None
    payer: str
    cards: Cards
    outcome: dict[str, dict[str, str]]


async def list_waiting(work: Work, access: PracticeAccess, *, after: UUID | None = None) -> list[QueueRow]:
    """List what waits for a decision, the longest waiting first, a page at a time."""
    _require(access)
    last = None if after is None else (await queries_proposals.find_proposal(work, access.organization_id, after))
    found = await queries_proposals.waiting_of(work, access.organization_id, last.proposal if last else None)
    return [queue_row(*row, access.zone) for row in found]


async def count_waiting(work: Work, access: PracticeAccess) -> int:
    """Return how many changes wait; none for who does not look after insurance."""
    if scope_of(access.role, StaffTask.INSURANCE_REVIEW) is None:
        return 0
    return await queries_proposals.count_waiting(work, access.organization_id)


async def open_proposal(work: Work, access: PracticeAccess, *, proposal_id: UUID) -> ProposalView:
    """Read a proposal beside what is on record, and write down that somebody looked."""
    view = await read_proposal(work, access, proposal_id=proposal_id)
    await record_access(work, access, client_id=UUID(view.client_id), kind="insurance", object_id=proposal_id)
    return view


async def read_proposal(work: Work, access: PracticeAccess, *, proposal_id: UUID) -> ProposalView:
    """Read a proposal that was opened before, to see whether it is still as it was."""
    _require(access)
    one = await queries_proposals.find_proposal(work, access.organization_id, proposal_id)
    held = await _held(work, one) if one.proposal.status is ProposalStatus.WAITING else None
    return proposal_view(one, held, work.ring, access.zone, sent_by_reader=False)


async def decide(work: Work, access: PracticeAccess, *, proposal_id: UUID, decision: Decision) -> None:
    """Carry out what was decided about each field. Nothing of it happens when anything changed since it was seen.

    Whoever proposed it gets a mail that says nothing of it.
    Raises Conflict then, Invalid where a line was left out, and InvalidFields where what is left cannot be kept.
    """
    _require(access)
    one = await queries_proposals.find_proposal(work, access.organization_id, proposal_id)
    held = await _held(work, one)
    result = _result(work, access, one, held, decision)
    await _claim(work, access, one.proposal, decision, result)
    new_payer, did = await _carry_out(work, access, one, held, decision, result)
    counts = {verdict.value: 0 for verdict in Verdict}
    for ruling in decision.rulings.values():
        counts[ruling.verdict.value] += 1
    changes = [Change("insurance.payer_added", None, new_payer.id)] if new_payer else []
    changes.append(Change("insurance.decided", one.client.id, proposal_id, counts))
    changes += [did] if did else []
    await record_changes(work, organization_id=access.organization_id, actor=access.actor, changes=changes)
    await tell_proposer(work, one.proposal, by=access.actor.account_id)
    writing.tell(work, access.organization_id, one.client.id)


def accept_all(view: ProposalView) -> dict[str, Ruling]:
    """Return the rulings that take everything as it was proposed."""
    return {line.field: Ruling(Verdict.ACCEPT) for line in view.lines}


def _result(work: Work, access: PracticeAccess, one: Proposed, held: Held | None, decision: Decision) -> _Result:
    """Work out what a decision comes to, before anything is written."""
    texts, rulings = proposed_in(work.ring, one.proposal), decision.rulings
    rules.check_rulings(sorted(fields_in(one.proposal, texts)), rulings)
    if len(decision.message) > _LONGEST_MESSAGE or not is_printable(decision.message.replace("\n", " ")):
        raise Invalid(words.MESSAGE_LONG)
    if rules.all_rejected(rulings):
        return _Result(None, "", Cards(), _outcome(rulings, {}))
    current = details_of(work.ring, held.version) if held else {}
    if held is None and any(rulings[name].verdict is Verdict.REJECT for name in ("payer", "member_id")):
        raise Invalid(words.NEEDS_BOTH)
    details = rules.check_details(rules.merged(current, texts, rulings), today=access.today)
    payer = _payer_name(rulings.get("payer"), proposed_values(one, texts), held)
    cards = Cards(
        one.proposal.front_id if _is_taken(rulings.get("front")) else held.version.front_id if held else None,
        one.proposal.back_id if _is_taken(rulings.get("back")) else held.version.back_id if held else None,
    )
    return _Result(details, payer, cards, _outcome(rulings, {**details, "payer": payer}))


def _payer_name(ruling: Ruling | None, asked: Mapping[str, str], held: Held | None) -> str:
    if ruling is None or ruling.verdict is Verdict.REJECT:
        return held.payer.name if held else ""
    return rules.check_payer_name(ruling.value if ruling.verdict is Verdict.EDIT else asked["payer"])


def _is_taken(ruling: Ruling | None) -> bool:
    return ruling is not None and ruling.verdict is Verdict.ACCEPT


def _outcome(rulings: Mapping[str, Ruling], final: Mapping[str, str]) -> dict[str, dict[str, str]]:
    return {name: {"verdict": ruling.verdict.value, "value": final.get(name, "")} for name, ruling in rulings.items()}


async def _claim(
    work: Work, access: PracticeAccess, proposal: InsuranceProposal, decision: Decision, result: _Result
) -> None:
    """Close a proposal as it was seen: of two who decide at once, one is told that it was decided."""
    message = decision.message.strip()
    closed = await work.exec(
        update(InsuranceProposal)
        .where(
            col(InsuranceProposal.id) == proposal.id,
            col(InsuranceProposal.status) == ProposalStatus.WAITING,
            col(InsuranceProposal.revision) == decision.seen,
        )
        .values(
            status=ProposalStatus.DECIDED,
            revision=decision.seen + 1,
            decided_at=work.now,
            decided_by=access.actor.account_id,
            outcome=seal_proposal(work.ring, proposal.id, "outcome", result.outcome),
            message=seal(work.ring, "insurance_proposal", "message", proposal.id, message) if message else None,
        )
        .execution_options(synchronize_session=False)
    )
    if closed.rowcount != 1:
        raise Conflict(words.NOT_WAITING)


async def _carry_out(
    work: Work, access: PracticeAccess, one: Proposed, held: Held | None, decision: Decision, result: _Result
) -> tuple[Payer | None, Change | None]:
    """Write what was taken; returns a company that came onto the list by it, and what was done to which policy."""
    if result.details is None:
        return None, None
    payer, is_new = await _payer(work, access, held, decision, result.payer)
    content = Content(payer.id, result.details, result.cards)
    if held is None:
        await queries.lock_client(work, access.organization_id, one.client.id)
        policy_id = await writing.write_policy(
            work, access.organization_id, one.client.id, content, decision.place, access.actor
        )
        return (payer if is_new else None), Change("insurance.policy_added", one.client.id, policy_id)
    await writing.claim_policy(work, held.policy, decision.policy_seen)
    await writing.write_version(work, held.policy, decision.policy_seen + 1, content, access.actor)
    return (payer if is_new else None), Change("insurance.policy_changed", one.client.id, held.policy.id)


async def _payer(
    work: Work, access: PracticeAccess, held: Held | None, decision: Decision, name: str
) -> tuple[Payer, bool]:
    ruling = decision.rulings.get("payer")
    if held is not None and (ruling is None or ruling.verdict is Verdict.REJECT):
        return held.payer, False
    adds = ruling is not None and ruling.verdict is Verdict.ACCEPT
    return await writing.payer_named(work, access.organization_id, name, by=access.actor, adds=adds)


async def _held(work: Work, one: Proposed) -> Held | None:
    if one.proposal.policy_id is None:
        return None
    return await queries.find_policy(work, one.proposal.organization_id, one.client.id, one.proposal.policy_id)


def _require(access: PracticeAccess) -> None:
    if access.task is not StaffTask.INSURANCE_REVIEW:
        raise NotPermitted(words.NOT_FOR_YOU)
