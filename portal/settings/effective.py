"""What the settings of a practice come to, before anybody in particular asks."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from portal.settings.catalog import CATALOG, SettingName, Value

_DEFAULTS: Mapping[SettingName, Value] = MappingProxyType({one.name: one.default for one in CATALOG.values()})
_KNOWN = {str(name): name for name in SettingName}


@dataclass(frozen=True, slots=True)
class PracticeSettings:
    """Every setting of one practice with its value, defaults included."""

    values: Mapping[SettingName, Value]

    def is_on(self, name: SettingName) -> bool:
        """Whether a switch is on, and the switch that it is part of too."""
        whole = CATALOG[name].part_of
        return self.values[name] is True and (whole is None or self.is_on(whole))

    def hours(self, name: SettingName) -> int:
        """The hours of notice that a practice asks for; 0 means none."""
        return int(self.values[name])


def settings_from(rows: Iterable[tuple[str, str]]) -> PracticeSettings:
    """Build the settings from stored (name, JSON) pairs; the rest are defaults.

    A stored name that the catalogue no longer has is passed over: nobody can ask for it.
    """
    stored = {_KNOWN[name]: CATALOG[_KNOWN[name]].parse(json.loads(value)) for name, value in rows if name in _KNOWN}
    return PracticeSettings(MappingProxyType({**_DEFAULTS, **stored}))


def restrictions_from(names: Iterable[str]) -> frozenset[SettingName]:
    """Build the set of settings that are off for one client from their stored names."""
    return frozenset(_KNOWN[name] for name in names if name in _KNOWN)


def is_off_for_client(off: frozenset[SettingName], name: SettingName) -> bool:
    """Whether a setting, or the one that it is part of, is switched off for the client whose restrictions are given."""
    whole = CATALOG[name].part_of
    return name in off or (whole is not None and is_off_for_client(off, whole))


def is_address_hidden(settings: PracticeSettings, off: frozenset[SettingName]) -> bool:
    """Whether the address of a location is kept from one client: the practice hides it, and not off for the client."""
    return settings.is_on(SettingName.HIDE_LOCATION) and SettingName.HIDE_LOCATION not in off
