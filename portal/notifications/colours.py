"""The colours that a practice's mails can have: each pair is readable, in light and in dark (4.5 : 1 at least)."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from portal.models import Colour


@dataclass(frozen=True, slots=True)
class Shade:
    """One colour: of the button with its words, and of links on the sheet; the same for dark screens."""

    button: str
    link: str
    dark_button: str
    dark_on_button: str
    dark_link: str
    on_button: str = "#ffffff"


SHADES: Mapping[Colour, Shade] = MappingProxyType(
    {
        Colour.TEAL: Shade("#0d6b66", "#0a524e", "#67c7be", "#06211f", "#8fdbd3"),
        Colour.BLUE: Shade("#1d5fae", "#174a88", "#8ab8f0", "#0a1c33", "#a9cbf5"),
        Colour.VIOLET: Shade("#6a4bb0", "#523a8a", "#bba6ee", "#1b1033", "#cfc0f4"),
        Colour.ROSE: Shade("#a3345e", "#7f2749", "#f0a0bd", "#33101d", "#f5bccf"),
        Colour.GREEN: Shade("#2f6b34", "#24532a", "#92cf97", "#0c2410", "#b2ddb5"),
        Colour.SAND: Shade("#7a5a1e", "#5f4617", "#d9b878", "#2a1e07", "#e5cd9f"),
    }
)


def shade_of(colour: Colour | None) -> Shade:
    """Return what a mail of this colour uses; the portal's own without one."""
    return SHADES[colour or Colour.TEAL]
