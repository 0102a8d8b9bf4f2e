"""Tailwind reads the colours and shapes of assets/tokens.css, so that light and dark are decided in one place."""

from typing import Any

STYLESHEETS = ["/tokens.css"]

_COLOURS = (
    "paper", "card", "sunk", "ink", "ink-soft", "line", "line-strong", "accent", "accent-strong", "accent-soft",
    "on-accent", "danger", "danger-soft", "on-danger", "caution", "caution-soft", "focus", "shade",
)  # fmt: skip


def tailwind() -> dict[str, Any]:
    """Return Tailwind's configuration: `bg-card`, `text-ink-soft`, `border-line`, `rounded`, `min-h-target`."""
    colours = {name: f"var(--{name})" for name in _COLOURS}
    return {
        "content": ["./app/**/*.{js,jsx}", "./app_components/**/*.{js,jsx}", "./utils/**/*.js", "./public/ui/*.jsx"],
        "plugins": [],
        "theme": {
            "colors": {**colours, "transparent": "transparent", "current": "currentColor"},
            "extend": {
                "borderRadius": {"DEFAULT": "var(--radius)", "small": "var(--radius-small)"},
                "boxShadow": {"DEFAULT": "var(--shadow)"},
                "fontFamily": {"sans": "var(--font)"},
                "maxWidth": {"column": "var(--column)"},
                "spacing": {"target": "var(--target)"},
            },
        },
    }
