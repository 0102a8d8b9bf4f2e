"""From proposals to what pages show: what was, what is on record now, what is asked for, and what came of it. Pure."""

from collections.abc import Mapping
from dataclasses import replace

from portal.insurance import rules, words
from portal.insurance.queries import Held
from portal.insurance.queries_proposals import Proposed, fields_in
from portal.insurance.sealing import details_of, message_of, outcome_of, proposed_in
from portal.insurance.showing import everything, in_words, line_of
from portal.insurance.views import ComparedLine, ProposalView, QueueRow
from portal.intake.moments import moment_in_words
from portal.kit.crypto import KeyRing
from portal.models import Client, InsuranceProposal, ProposalStatus


def proposal_view(one: Proposed, held: Held | None, ring: KeyRing, zone: str, *, sent_by_reader: bool) -> ProposalView:
    """Turn a proposal into what may be seen of it. `held` is the policy as it is now, where it is about one."""
    proposal = one.proposal
    texts = proposed_in(ring, proposal)
    is_waiting = proposal.status is ProposalStatus.WAITING
    before, now = _base(one, ring), everything(held, ring) if held and is_waiting else None
    outcome = outcome_of(ring, proposal)
    return ProposalView(
        id=str(proposal.id),
        revision=proposal.revision,
        client_id=str(proposal.client_id),
        client_name=name_of(one.client),
        about=about(one.policy.place if one.policy else None, texts, is_new=proposal.policy_id is None),
        told=told(one.sender, proposal, zone),
        lines=[
            _decided(_beside_now(line, now), outcome.get(line.field)) for line in proposed_lines(one, texts, before)
        ],
        policy=held.policy.revision if held else 0,
        is_waiting=is_waiting,
        is_stale=held is not None and is_waiting and held.policy.revision != proposal.base,
        may_take_back=is_waiting and sent_by_reader,
        message=message_of(ring, proposal),
        new_payer=texts.get("payer", ""),
        place=str(texts.get("place", "1")),
    )


def queue_row(proposal: InsuranceProposal, client: Client, sender: str, place: int | None, zone: str) -> QueueRow:
    """Turn a proposal into a line of the list, which says nothing of what is in it."""
    shown = about(place, {}, is_new=proposal.policy_id is None)
    return QueueRow(str(proposal.id), name_of(client), shown, told(sender, proposal, zone))


def about(place: int | None, texts: Mapping[str, str], *, is_new: bool) -> str:
    """Say what a proposal is about."""
    if is_new:
        wished = texts.get("place", "")
        return words.NEW_AT.format(place=words.place_of(int(wished)).lower()) if wished else words.NEW
    return words.CHANGE_OF.format(place=words.place_of(place).lower())


def told(sender: str, proposal: InsuranceProposal, zone: str) -> str:
    """Say who sent a proposal, and when."""
    return words.SENT_BY.format(name=sender, when=moment_in_words(proposal.proposed_at.isoformat(), zone))


def name_of(client: Client) -> str:
    """Return a client's name."""
    return f"{client.given_name} {client.family_name}"


def proposed_lines(one: Proposed, texts: Mapping[str, str], before: Mapping[str, str]) -> list[ComparedLine]:
    """List what is asked for, beside what it was, in the order of fields."""
    asked = proposed_values(one, texts)
    there = fields_in(one.proposal, texts)
    return [line_of(name, before.get(name, ""), asked[name]) for name in rules.FIELDS if name in there]


def proposed_values(one: Proposed, texts: Mapping[str, str]) -> dict[str, str]:
    """Return what is asked for, by field; photos as ids."""
    asked = {name: text for name, text in texts.items() if name != "place"}
    if one.payer is not None:
        asked["payer"] = one.payer.name
    for name, photo in (("front", one.proposal.front_id), ("back", one.proposal.back_id)):
        if photo is not None:
            asked[name] = str(photo)
    return asked


def _base(one: Proposed, ring: KeyRing) -> dict[str, str]:
    if one.base is None or one.base_payer is None:
        return {}
    photos = {
        name: str(photo) if photo else "" for name, photo in (("front", one.base.front_id), ("back", one.base.back_id))
    }
    return {"payer": one.base_payer.name, **details_of(ring, one.base), **photos}


def _beside_now(line: ComparedLine, now: Mapping[str, str] | None) -> ComparedLine:
    if now is None or line.kind == "photo":
        return line
    current = in_words(line.field, now.get(line.field, ""))
    return line if current == line.before else replace(line, now=current or words.NOTHING)


def _decided(line: ComparedLine, decided: Mapping[str, str] | None) -> ComparedLine:
    if decided is None:
        return line
    verdict = rules.Verdict(decided["verdict"])
    final = in_words(line.field, decided.get("value", "")) if verdict is rules.Verdict.EDIT else ""
    return replace(line, verdict=words.VERDICTS[verdict], final=final)
