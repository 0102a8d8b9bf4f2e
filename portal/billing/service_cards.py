"""Cards that somebody keeps: theirs alone, named, chosen and removed; removed whatever they may still do here."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import update
from sqlmodel import col, select

from portal.access.actor import AccountAccess, ClientAccess, Person
from portal.audit.service import record_change
from portal.billing import queries_attempts
from portal.database import Work
from portal.errors import NotFound
from portal.models import Organization, SavedCard


@dataclass(frozen=True, slots=True)
class OwnCard:
    """A card that a login keeps, and at which practice."""

    card: SavedCard
    practice_name: str


async def list_cards(work: Work, access: ClientAccess) -> Sequence[SavedCard]:
    """List the cards that this login keeps at this practice; nobody else's where staff view as somebody."""
    if access.viewing is not None:
        return []
    return await queries_attempts.cards_of(work, access.organization_id, access.actor.account_id)


async def list_own_cards(work: Work, access: AccountAccess) -> list[OwnCard]:
    """List the cards that this login keeps, at whatever practice: one statement."""
    query = (
        select(SavedCard, Organization.name)
        .join(Organization, col(Organization.id) == col(SavedCard.organization_id))
        .where(SavedCard.account_id == access.actor.account_id, col(SavedCard.removed_at).is_(None))
        .order_by(col(Organization.name), col(SavedCard.is_default).desc(), col(SavedCard.id))
    )
    return [OwnCard(*row) for row in (await work.exec(query)).all()]


async def name_card(work: Work, access: ClientAccess, *, card_id: UUID, name: str) -> None:
    """Call one's card something; what it is called stays out of the record."""
    card = await _card(work, access, card_id)
    card.name = " ".join(name.split())[:60]
    work.add(card)
    await work.flush()
    await record_change(
        work, organization_id=card.organization_id, actor=access.actor, action="card.named", object_id=card.id
    )


async def choose_card(work: Work, access: ClientAccess, *, card_id: UUID) -> None:
    """Make one's card the usual one, and no other."""
    card = await _card(work, access, card_id)
    await work.exec(
        update(SavedCard)
        .where(
            col(SavedCard.organization_id) == access.organization_id,
            col(SavedCard.account_id) == access.actor.account_id,
        )
        .values(is_default=col(SavedCard.id) == card.id)
        .execution_options(synchronize_session=False)
    )
    await record_change(
        work, organization_id=card.organization_id, actor=access.actor, action="card.chosen", object_id=card.id
    )


async def remove_card(work: Work, access: ClientAccess, *, card_id: UUID) -> SavedCard:
    """Remove one's card at this practice; returns it, for the processor to forget it too."""
    return await _remove(work, access.actor, await _card(work, access, card_id))


async def remove_own_card(work: Work, access: AccountAccess, *, card_id: UUID) -> SavedCard:
    """Remove a card of this login at whatever practice; anybody else's is not found.

    It needs no more than the login: who kept a card may take it away when they may pay here no longer, too.
    """
    query = select(SavedCard).where(
        SavedCard.id == card_id,
        SavedCard.account_id == access.actor.account_id,
        col(SavedCard.removed_at).is_(None),
    )
    card = (await work.exec(query)).first()
    if card is None:
        raise NotFound
    return await _remove(work, access.actor, card)


async def _remove(work: Work, person: Person, card: SavedCard) -> SavedCard:
    """Take a card away, once: who comes second does not find it."""
    done = await work.exec(
        update(SavedCard)
        .where(col(SavedCard.id) == card.id, col(SavedCard.removed_at).is_(None))
        .values(removed_at=work.now, is_default=False)
        .execution_options(synchronize_session=False)
    )
    if not done.rowcount:
        raise NotFound
    await record_change(
        work, organization_id=card.organization_id, actor=person, action="card.removed", object_id=card.id
    )
    return card


async def _card(work: Work, access: ClientAccess, card_id: UUID) -> SavedCard:
    found = await queries_attempts.find_card(work, access.organization_id, access.actor.account_id, card_id)
    if found is None:
        raise NotFound
    return found
