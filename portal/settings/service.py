"""What the settings page asks: how everything stands, and whom a change reaches before it is made."""

from dataclasses import dataclass

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
    """Read every setting with what it needs: one statement. Raises NotPermitted for anybody but an administrator."""
    _require_settings(access)
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
    if one.name is SettingName.CONTACT_ACCESS:
        count = await queries.count_contacts_with_access(work, access.organization_id, access.today)
        return (words.contacts_shut_out(count), words.GRANTS_STAY) if count else ()
    if one.name is SettingName.CLIENT_SIGN_UP:
        count = await queries.count_waiting_to_join(work, access.organization_id)
        return (words.waiting_to_join(count),) if count else ()
    return ()


def _require_settings(access: PracticeAccess) -> None:
    if access.task is not StaffTask.SETTINGS:
        raise NotPermitted(words.NOT_AN_ADMINISTRATOR)
