"""From a client's switches to what the page shows. Pure."""

from portal.clients.views import ClientStatus, ClientView, Switch, SwitchState
from portal.practice.client import words
from portal.practice.client.views import AskedSwitch, FeatureRow, SwitchedRow
from portal.settings.catalog import CATALOG, SettingName


def rows(client: ClientView, *, is_admin: bool) -> list[FeatureRow]:
    """List the switches in the order of the catalogue, each with why it cannot be moved."""
    fixed = words.ONLY_ADMINISTRATORS if not is_admin else ""
    fixed = words.SWITCH_ARCHIVED if client.status is ClientStatus.ARCHIVED else fixed
    return [_row(one, fixed) for one in client.switches.values()]


def _row(one: Switch, fixed: str) -> FeatureRow:
    unavailable = one.state is SwitchState.UNAVAILABLE
    return FeatureRow(
        name=one.setting,
        label=one.label,
        is_on=one.state is SwitchState.ON,
        locked=unavailable or bool(fixed),
        detail=one.reason or (words.OFF_HERE if one.state is SwitchState.OFF else words.AS_PRACTICE),
        reason="" if unavailable else fixed,
    )


def asked(name: str, lines: list[str], step: int) -> AskedSwitch:
    """Put one of the two questions before an address is shown."""
    if step == 0:
        return AskedSwitch(name, 1, words.SHOW_ADDRESS_QUESTION, lines)
    return AskedSwitch(name, 2, words.SHOW_REALLY_QUESTION, [words.SHOW_REALLY, words.CANNOT_BE_UNSEEN])


def switched(name: str, *, is_on: bool, count: int) -> SwitchedRow:
    """Say what was switched, with the way back."""
    label = CATALOG[SettingName(name)].label
    return SwitchedRow(name, not is_on, words.switched(label, is_on=is_on), count)
