"""The colours can be read: AA for every pair of text and ground in use, AAA for body text, in light and dark."""

import re
from pathlib import Path

import pytest

CSS = (Path(__file__).parents[2] / "assets" / "tokens.css").read_text()
AAA, AA, SHAPE = 7.0, 4.5, 3.0
PAIRS = (
    ("ink", ("paper", "card", "sunk", "accent-soft", "danger-soft", "caution-soft"), AAA),
    ("ink-soft", ("paper", "card", "sunk"), AAA),
    ("ink-soft", ("accent-soft",), AA),
    ("accent", ("paper", "card", "sunk", "accent-soft"), AA),
    ("accent-strong", ("paper", "card", "sunk", "accent-soft"), AA),
    ("on-accent", ("accent", "accent-strong"), AA),
    ("danger", ("paper", "card", "danger-soft"), AA),
    ("on-danger", ("danger",), AA),
    ("caution", ("card", "caution-soft"), AA),
    ("line-strong", ("paper", "card"), SHAPE),
    ("focus", ("paper", "card", "accent-soft", "danger-soft"), SHAPE),
)


def themes() -> dict[str, dict[str, str]]:
    """Return the colours of each theme by name; dark inherits what it does not change."""
    light, dark = (
        dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", block)) for block in re.findall(r":root \{(.*?)\}", CSS, re.S)
    )
    return {"light": light, "dark": {**light, **dark}}


def luminance(colour: str) -> float:
    """Return the relative luminance of WCAG 2.2."""
    channels = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours, from 1 to 21."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_text_can_be_read_on_every_ground(theme: str) -> None:
    colours = themes()[theme]
    poor = {
        f"{text} on {ground}": round(ratio, 2)
        for text, grounds, least in PAIRS
        for ground in grounds
        if (ratio := contrast(colours[text], colours[ground])) < least
    }
    assert poor == {}


def test_both_themes_set_every_colour() -> None:
    light, dark = (set(re.findall(r"--([\w-]+): #", block)) for block in re.findall(r":root \{(.*?)\}", CSS, re.S))
    assert light == dark


def test_nothing_comes_from_another_host() -> None:
    assert re.findall(r"url\(\"(?!/fonts/)", CSS) == []
    assert "@import" not in CSS
