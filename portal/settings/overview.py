"""How a practice's settings stand at a glance: what is on, what stands in the way, what is still missing. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any, Self

from portal.models import Organization
from portal.settings import words
from portal.settings.catalog import CATALOG, Need, Setting, SettingName, Value
from portal.settings.effective import PracticeSettings, settings_from


@dataclass(frozen=True, slots=True)
class Overview:
    """The settings of one practice, and what they need; the two numbers are of subscribed therapists."""

    practice_slug: str
    settings: PracticeSettings
    cards_connected: bool
    messaging_therapists: int
    scheduling_therapists: int

    def has(self, need: Need) -> bool:
        """Whether what a setting needs exists."""
        if need is Need.CARD_PROCESSING:
            return self.cards_connected
        return bool(self.messaging_therapists if need is Need.MESSAGING_THERAPIST else self.scheduling_therapists)

    def with_value(self, name: SettingName, value: Value) -> Self:
        """Return the same with one setting changed."""
        values = MappingProxyType({**self.settings.values, name: value})
        return replace(self, settings=PracticeSettings(values))


def overview_of(practice: Organization, settings: PracticeSettings, messaging: int, scheduling: int) -> Overview:
    """Build the overview of a practice from its row and the numbers of its subscribed therapists."""
    connected = practice.card_processing_connected_at is not None
    return Overview(practice.slug, settings, connected, messaging, scheduling)


def overview_from(rows: Iterable[Any]) -> Overview:
    """Build the overview from rows of (practice, setting or None, messaging, scheduling), at least one."""
    found = list(rows)
    practice, _, messaging, scheduling = found[0]
    settings = settings_from((row.name, row.value) for _, row, _, _ in found if row is not None)
    return overview_of(practice, settings, messaging, scheduling)


def obstacle_to(one: Setting, overview: Overview) -> str:
    """Return why a setting cannot be switched on now, in a sentence; empty when it can."""
    if one.part_of and not overview.settings.is_on(one.part_of):
        return words.switch_on_first(CATALOG[one.part_of].label)
    return "" if one.waits else what_is_missing(one, overview)


def what_is_missing(one: Setting, overview: Overview) -> str:
    """Return what has to exist before a setting does anything, in a sentence; empty when it exists."""
    return words.NEEDS[one.need] if one.need and not overview.has(one.need) else ""
