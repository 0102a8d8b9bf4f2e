"""Whether the signatures that a sheet needs are there. Pure."""

from collections.abc import Collection
from uuid import UUID

from portal.models import SignerRule


def is_fully_signed(rule: SignerRule, named: Collection[UUID | None], signed: Collection[UUID | None]) -> bool:
    """Whether nobody else has to sign. Signers are contacts by id, None for the client; none named: one is enough."""
    if rule is SignerRule.ANY or not named:
        return bool(signed)
    return set(named) <= set(signed)
