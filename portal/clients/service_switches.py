"""Switching a setting off, or back to what the practice decided, for several clients at once."""

from collections.abc import Collection, Iterable
from uuid import UUID

from sqlalchemy import insert
from sqlmodel import col, delete, select

from portal.access.actor import PracticeAccess, StaffTask
from portal.audit.service import record_change
from portal.clients import queries, queries_switches, words
from portal.database import Work
from portal.errors import Invalid, NotFound
from portal.kit.ids import new_id
from portal.models import Client, ClientRestriction
from portal.settings import words as settings_words
from portal.settings.catalog import Setting, setting
from portal.settings.queries import lock_practice
from portal.settings.store import read_settings

MOST = 200
_NAMED = 5


class ShowsAddress(Invalid):
    """People would see an address that is hidden from them, so this is asked first. `lines` say who, and which."""

    def __init__(self, lines: list[str]) -> None:
        super().__init__(" ".join([*lines, words.CONFIRM_ADDRESS]))
        self.lines = lines


async def switch_features(
    work: Work,
    access: PracticeAccess,
    *,
    client_ids: Collection[UUID],
    name: str,
    off: bool,
    confirmed: bool = False,
) -> int:
    """Switch one setting off for some clients, or let the practice's setting hold for them again: all, or none.

    Returns for how many that changed something; doing it twice changes nothing more. Only an administrator may, and
    only where the setting is on for the practice. Raises NotFound when one client is not of this practice, Invalid for
    a setting that is for the whole practice or off there, and, until `confirmed`, where clients would see an address.
    """
    queries.require(access, StaffTask.SETTINGS)
    one, ids = setting(name), sorted(set(client_ids))
    _refuse_odd(one, ids)
    await lock_practice(work, access.organization_id)
    if not (await read_settings(work, access)).is_on(one.name):
        raise Invalid(words.OFF_FOR_PRACTICE.format(label=one.label))
    await _refuse_foreign(work, access, ids)
    switched_off = await _switched_off(work, access, one, ids)
    changed = [client_id for client_id in ids if (client_id in switched_off) is not off]
    if not changed:
        return 0
    if off and one.reveals_when_off and not confirmed:
        raise ShowsAddress(await _who_sees_what(work, access, changed))
    await (_switch_off if off else _follow_practice)(work, access, one, changed)
    await _record(work, access, one, changed, off=off)
    await queries.tell_people(work, access.organization_id, changed)
    work.tell(f"clients:{access.organization_id}")
    return len(changed)


def _refuse_odd(one: Setting, ids: list[UUID]) -> None:
    if not one.per_client:
        raise Invalid(settings_words.NOT_PER_CLIENT)
    if not ids:
        raise Invalid(words.NO_CLIENTS)
    if len(ids) > MOST:
        raise Invalid(words.TOO_MANY_CLIENTS)


async def _refuse_foreign(work: Work, access: PracticeAccess, ids: list[UUID]) -> None:
    query = select(Client.id).where(Client.organization_id == access.organization_id, col(Client.id).in_(ids))
    if set((await work.exec(query)).all()) != set(ids):
        raise NotFound


async def _who_sees_what(work: Work, access: PracticeAccess, ids: list[UUID]) -> list[str]:
    """Name the clients, and the people of their networks who can use the portal, and the addresses they would see."""
    names = await queries_switches.list_names(work, access.organization_id, ids)
    contacts = await queries_switches.list_contact_names(work, access.organization_id, ids, access.today)
    addresses = await queries_switches.list_addresses(work, access.organization_id)
    told = words.will_see(names, contacts, _NAMED)
    return [f"{told}:", *addresses] if addresses else [f"{told}, {words.ADDRESS_LATER}"]


async def _switched_off(work: Work, access: PracticeAccess, one: Setting, ids: list[UUID]) -> set[UUID]:
    query = select(ClientRestriction.client_id).where(
        ClientRestriction.organization_id == access.organization_id,
        ClientRestriction.setting == one.name,
        col(ClientRestriction.client_id).in_(ids),
    )
    return set((await work.exec(query)).all())


async def _switch_off(work: Work, access: PracticeAccess, one: Setting, ids: Iterable[UUID]) -> None:
    rows = [
        {
            "id": new_id(),
            "organization_id": access.organization_id,
            "client_id": client_id,
            "setting": one.name.value,
            "created_at": work.now,
            "created_by": access.actor.account_id,
        }
        for client_id in ids
    ]
    await work.exec(insert(ClientRestriction), params=rows)


async def _follow_practice(work: Work, access: PracticeAccess, one: Setting, ids: list[UUID]) -> None:
    query = delete(ClientRestriction).where(
        col(ClientRestriction.organization_id) == access.organization_id,
        col(ClientRestriction.setting) == one.name,
        col(ClientRestriction.client_id).in_(ids),
    )
    await work.exec(query)


async def _record(work: Work, access: PracticeAccess, one: Setting, ids: Iterable[UUID], *, off: bool) -> None:
    for client_id in ids:
        await record_change(
            work,
            organization_id=access.organization_id,
            actor=access.actor,
            action="setting.off_for_client" if off else "setting.as_practice_for_client",
            client_id=client_id,
            detail={"setting": one.name.value},
        )
