"""A practice's keys to the card processor: sealed at rest, opened only to call it."""

from dataclasses import dataclass
from uuid import UUID

from sqlmodel import select

from portal.config import Config
from portal.database import Work
from portal.integrations.cards import CardProcessor, CardTrouble, Trouble
from portal.integrations.stripe.choose import processor_for
from portal.kit.crypto import open_sealed
from portal.models import CardConnection


@dataclass(frozen=True, slots=True, repr=False)
class Keys:
    """The keys of a connected practice, and whose account they open."""

    secret: str
    signing: str
    account_ref: str


async def find_connection(work: Work, organization_id: UUID) -> CardConnection | None:
    """Return a practice's connection, connected or not."""
    query = select(CardConnection).where(CardConnection.organization_id == organization_id)
    return (await work.exec(query)).first()


async def find_keys(work: Work, organization_id: UUID) -> Keys | None:
    """Return the keys of a practice that is connected."""
    found = await find_connection(work, organization_id)
    if found is None or found.connected_at is None or found.secret_key is None or found.webhook_secret is None:
        return None
    secret = open_sealed(work.ring, "card_connection", "secret_key", found.id, found.secret_key)
    signing = open_sealed(work.ring, "card_connection", "webhook_secret", found.id, found.webhook_secret)
    return Keys(secret, signing, found.account_ref)


def processor_of(config: Config, keys: Keys | None) -> CardProcessor:
    """Return the processor that the keys open. Raises CardTrouble where there are none."""
    if keys is None:
        raise CardTrouble(Trouble.KEYS)
    return processor_for(config, keys.secret)
