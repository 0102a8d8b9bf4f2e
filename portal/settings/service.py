"""What the settings page asks: how everything stands, and whom a change reaches before it is made."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from portal.access.actor import PracticeAccess, StaffTask
from portal.database import Work
from portal.errors import NotPermitted
from portal.settings import queries_overview as queries
from portal.settings import words
from portal.settings.catalog import Setting, SettingName, setting
from portal.settings.overview import Overview, overview_from


@dataclass(frozen=True, slots=True)
class Question:
    """What an administrator is asked before a change that people feel: each step has to be agreed to."""

    steps: tuple[tuple[str, ...], ...]


async def read_overview(work: Work, access: PracticeAccess) -> Overview:
    """Read every setting with what it needs: one statement. Whoever works here may know how they stand."""
    return overview_from(await queries.find_overview(work, access.organization_id))


async def question_before(work: Work, access: PracticeAccess, *, name: str, value: object) -> Question | None:
    """Return what to ask before a setting is changed; None when nobody feels it. At most one statement.

    What is switched off stays as it is for what was begun, so the question says what ends and what stays.
    """
    _require_settings(access)
    one = setting(name)
    if value is not False:
        return None
    if one.reveals_when_off:
        return await _about_addresses(work, access)
    lines = await _about_people(work, access, one)
    return Question((lines,)) if lines else None


async def _about_addresses(work: Work, access: PracticeAccess) -> Question | None:
    clients, addresses = await queries.find_hidden_addresses(work, access.organization_id)
    if not clients or not addresses:
        return Question(((words.SHOWS_ADDRESSES,), (words.SHOW_REALLY,)))
    return Question(((words.addresses_seen(clients), *addresses), (words.SHOW_REALLY, words.CANNOT_BE_UNSEEN)))


async def _about_people(work: Work, access: PracticeAccess, one: Setting) -> tuple[str, ...]:
    found = AFFECTED.get(one.name)
    if found is None:
        return ()
    count = await found.count(work, access)
    return found.told(count) if count else ()


@dataclass(frozen=True, slots=True)
class Affected:
    """Whom switching a setting off reaches: how they are counted, and what is said about that many."""

    count: Callable[[Work, PracticeAccess], Awaitable[int]]
    told: Callable[[int], tuple[str, ...]]


AFFECTED: Mapping[SettingName, Affected] = MappingProxyType(
    {
        SettingName.ONLINE_PAYMENTS: Affected(
            lambda work, access: queries.count_clients_who_owe(work, access.organization_id),
            lambda count: (words.debts_stay(count),),
        ),
        SettingName.SECURE_MESSAGING: Affected(
            lambda work, access: queries.count_clients_in_conversation(work, access.organization_id),
            lambda count: (words.conversations_stay(count),),
        ),
        SettingName.INSURANCE_INFO: Affected(
            lambda work, access: queries.count_clients_with_proposals(work, access.organization_id),
            lambda count: (words.proposals_stay(count),),
        ),
        SettingName.NEW_PAYERS: Affected(
            lambda work, access: queries.count_clients_with_proposals(work, access.organization_id, unlisted=True),
            lambda count: (words.new_payers_stay(count),),
        ),
        SettingName.CONTACT_ACCESS: Affected(
            lambda work, access: queries.count_contacts_with_access(work, access.organization_id, access.today),
            lambda count: (words.contacts_shut_out(count), words.GRANTS_STAY),
        ),
        SettingName.CLIENT_SIGN_UP: Affected(
            lambda work, access: queries.count_waiting_to_join(work, access.organization_id),
            lambda count: (words.waiting_to_join(count),),
        ),
        SettingName.SELF_SCHEDULING: Affected(
            lambda work, access: queries.count_clients_with_requests(work, access.organization_id, work.now),
            lambda count: (words.requests_stay(count),),
        ),
    }
)
"""Who feels it, by setting: a line here is all that a question needs. One statement each."""


def _require_settings(access: PracticeAccess) -> None:
    if access.task is not StaffTask.SETTINGS:
        raise NotPermitted(words.NOT_AN_ADMINISTRATOR)
