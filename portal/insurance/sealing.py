"""What stands in policies and proposals is sealed as one document each, bound to its table, column and row."""

import json
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from portal.kit.crypto import KeyRing, open_sealed, seal
from portal.models import InsuranceProposal, PolicyVersion

_VERSION, _PROPOSAL = "policy_version", "insurance_proposal"


def seal_version(ring: KeyRing, version_id: UUID, details: Mapping[str, str]) -> bytes:
    """Seal what stands in a version of a policy."""
    return seal(ring, _VERSION, "details", version_id, json.dumps(dict(details)))


def details_of(ring: KeyRing, version: PolicyVersion) -> dict[str, str]:
    """Open what stands in a version of a policy."""
    found: dict[str, str] = json.loads(open_sealed(ring, _VERSION, "details", version.id, version.details))
    return found


def seal_proposal(ring: KeyRing, proposal_id: UUID, column: str, content: Mapping[str, Any]) -> bytes:
    """Seal one of a proposal's documents: `details` or `outcome`."""
    return seal(ring, _PROPOSAL, column, proposal_id, json.dumps(dict(content)))


def proposed_in(ring: KeyRing, proposal: InsuranceProposal) -> dict[str, str]:
    """Open what is proposed: the texts that change, and the name of a company that is not on the list."""
    found: dict[str, str] = json.loads(open_sealed(ring, _PROPOSAL, "details", proposal.id, proposal.details))
    return found


def outcome_of(ring: KeyRing, proposal: InsuranceProposal) -> dict[str, dict[str, str]]:
    """Open what was decided about each field; empty while nothing was."""
    if proposal.outcome is None:
        return {}
    found: dict[str, dict[str, str]] = json.loads(
        open_sealed(ring, _PROPOSAL, "outcome", proposal.id, proposal.outcome)
    )
    return found


def message_of(ring: KeyRing, proposal: InsuranceProposal) -> str:
    """Open what staff said with their decision."""
    if proposal.message is None:
        return ""
    return open_sealed(ring, _PROPOSAL, "message", proposal.id, proposal.message)
