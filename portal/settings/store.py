"""Reading and changing what a practice decided. Administrators change it; every change is in the audit chain."""

import json
from dataclasses import dataclass
from uuid import UUID

from portal.access.actor import ClientAccess, PracticeAccess, StaffTask
from portal.audit.service import record_change
from portal.database import Work
from portal.errors import Invalid, NotFound, NotPermitted
from portal.models import ClientRestriction, OrganizationSetting
from portal.settings import queries, words
from portal.settings.catalog import Kind, Setting, Value, setting
from portal.settings.effective import PracticeSettings, settings_from
from portal.settings.overview import Overview, obstacle_to, overview_of
from portal.settings.queries_overview import lock_overview


async def read_settings(work: Work, access: PracticeAccess | ClientAccess) -> PracticeSettings:
    """Read every setting of the practice, defaults included."""
    rows = await queries.find_settings(work, access.organization_id)
    return settings_from((row.name, row.value) for row in rows)


@dataclass(frozen=True, slots=True)
class Change:
    """What became of a wish to change a setting; `overview` is how everything stands afterwards."""

    setting: Setting
    old: Value
    new: Value
    overview: Overview


async def change_setting(
    work: Work, access: PracticeAccess, *, name: str, value: object, confirmed: bool = False
) -> Change:
    """Set one setting of the practice, and say so in the audit chain: who, when, from what to what.

    Setting what is already set changes nothing. Raises NotPermitted for anybody but an administrator, UnknownSetting,
    Invalid for a value of another kind, for a switch whose need is not met, and, until it is `confirmed`, where
    switching off shows people an address.
    """
    one = _checked(access, name)
    new = one.parse(value)
    practice, messaging, scheduling = await lock_overview(work, access.organization_id)
    rows = {row.name: row for row in await queries.find_settings(work, access.organization_id)}
    current = settings_from((row.name, row.value) for row in rows.values())
    before = overview_of(practice, current, messaging, scheduling)
    old = current.values[one.name]
    if new == old:
        return Change(one, old, old, before)
    if new is True and (obstacle := obstacle_to(one, before)):
        raise Invalid(obstacle)
    if new is True and one.kind is Kind.TEAM and not access.actor.has_second_factor:
        raise Invalid(words.CODE_YOURSELF_FIRST)
    if new is False and one.reveals_when_off and not confirmed:
        raise Invalid(words.SHOWS_ADDRESSES)
    row = rows.get(one.name) or OrganizationSetting(
        organization_id=access.organization_id, name=one.name, value="", changed_at=work.now
    )
    row.value, row.changed_at, row.changed_by = json.dumps(new), work.now, access.actor.account_id
    work.add(row)
    await _record(work, access, "setting.changed", one, {"from": old, "to": new})
    work.tell(f"settings:{access.organization_id}")
    return Change(one, old, new, before.with_value(one.name, new))


async def switch_off_for_client(
    work: Work, access: PracticeAccess, *, client_id: UUID, name: str, confirmed: bool = False
) -> None:
    """Switch a setting off for one client; what is off already stays so.

    Raises as change_setting does; NotFound for a client of another practice; Invalid for a setting that is for the
    whole practice, and, until it is `confirmed`, where switching off shows the client an address.
    """
    one = await _checked_for_client(work, access, name, client_id)
    if await queries.find_restriction(work, access.organization_id, client_id, one.name):
        return
    if one.reveals_when_off and not confirmed:
        raise Invalid(words.SHOWS_ADDRESS)
    work.add(
        ClientRestriction(
            organization_id=access.organization_id,
            client_id=client_id,
            setting=one.name,
            created_at=work.now,
            created_by=access.actor.account_id,
        )
    )
    await _record(work, access, "setting.off_for_client", one, {}, client_id)
    work.tell(f"client:{client_id}")


async def follow_practice_for_client(work: Work, access: PracticeAccess, *, client_id: UUID, name: str) -> None:
    """Let the practice's setting hold for a client again. This never switches on what the practice has off.

    Raises as switch_off_for_client does, and Invalid where the setting is off for the whole practice.
    """
    one = await _checked_for_client(work, access, name, client_id)
    if not (await read_settings(work, access)).is_on(one.name):
        raise Invalid(words.ALREADY_OFF)
    row = await queries.find_restriction(work, access.organization_id, client_id, one.name)
    if row is None:
        return
    await work.delete(row)
    await _record(work, access, "setting.as_practice_for_client", one, {}, client_id)
    work.tell(f"client:{client_id}")


def _checked(access: PracticeAccess, name: str) -> Setting:
    if access.task is not StaffTask.SETTINGS:
        raise NotPermitted(words.NOT_AN_ADMINISTRATOR)
    return setting(name)


async def _checked_for_client(work: Work, access: PracticeAccess, name: str, client_id: UUID) -> Setting:
    one = _checked(access, name)
    await queries.lock_practice(work, access.organization_id)
    if not await queries.is_client_of(work, access.organization_id, client_id):
        raise NotFound
    if not one.per_client:
        raise Invalid(words.NOT_PER_CLIENT)
    return one


async def _record(
    work: Work,
    access: PracticeAccess,
    action: str,
    one: Setting,
    detail: dict[str, Value],
    client_id: UUID | None = None,
) -> None:
    await record_change(
        work,
        organization_id=access.organization_id,
        actor=access.actor,
        action=action,
        client_id=client_id,
        detail={"setting": one.name.value, **detail},
    )
