"""Looking at pages with other people's eyes: what axe finds, in both themes, on a phone and on a screen."""

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

from tests.e2e.site import ROOT
from tests.strictness import is_strict

RESULTS = ROOT / "test-results"
WIDTHS = (1280, 360)
_WIDE = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
_COLOURS = {"runOnly": ["color-contrast"]}
# What the frame and the rest of a page are made of, without words, ids and addresses. What is alike in all of it is
# alike to axe, so that ten rows of a list, or the same refusal on ten pages, are looked at once.
_SHAPES = """() => {
    const free = /^(id|for|href|src|value|d|title|name|aria-(labelledby|describedby|controls|current|description))$/;
    const walk = (one, without) => {
        if (one === without || one.tagName === "SCRIPT" || one.tagName === "STYLE") return "";
        const told = (part) => (part.name === "aria-label" ? part.name : part.name + "=" + part.value);
        const named = [...one.attributes].filter((part) => !free.test(part.name)).map(told).sort();
        const worded = [...one.childNodes].some((part) => part.nodeType === 3 && part.data.trim()) ? "words" : "";
        const inside = [...new Set([...one.children].map((child) => walk(child, without)))];
        return `<${one.tagName} ${named.join(" ")}>${worded}${inside.join("")}`;
    };
    const main = document.querySelector("main");
    return [walk(document.body, main), main ? walk(main, null) : ""];
}"""


@dataclass
class Eyes:
    """Somebody who looks at page after page in both themes and at both widths, and at what looks alike once."""

    seen: set[tuple[int, str]] = field(default_factory=set)

    def look(self, page: Page, name: str = "") -> list[str]:
        """Return what is wrong with a page, in lines, and keep pictures under a name.

        Pictures are for people: CI, where nobody looks at them, takes none. Leaves the page light and wide.
        """
        lines: list[str] = []
        for width in WIDTHS[::-1]:
            page.set_viewport_size({"width": width, "height": 800})
            if page.evaluate(_WIDE):
                lines.append(f"{width} px: the page is wider than the window")
            shapes = {(width, shape) for shape in page.evaluate(_SHAPES)}
            if not shapes <= self.seen:
                self.seen |= shapes
                lines += [f"{width} px, {line}" for line in _in_both_themes(page, f"{name}-{width}" if name else "")]
        return lines


def _in_both_themes(page: Page, name: str) -> list[str]:
    """Ask axe for everything by day, and at night for the colours, which are all that differs."""
    page.evaluate(f"() => {{ if (!window.axe) {{ {AXE_SCRIPT} }} }}")
    lines: list[str] = []
    for scheme, options in (("dark", _COLOURS), ("light", {})):
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        if name and not is_strict():
            RESULTS.mkdir(exist_ok=True)
            page.screenshot(path=Path(RESULTS / f"{name}-{scheme}.png"), full_page=True)
        lines += [f"{scheme}: {line}" for line in _axe(page, options)]
    return lines


def _axe(page: Page, options: dict[str, Any]) -> list[str]:
    found = page.evaluate("(options) => axe.run(options)", {"resultTypes": ["violations"], **options})
    return [_line(violation) for violation in found["violations"]]


def _line(violation: dict[str, Any]) -> str:
    return f"{violation['id']}: {violation['help']}: {json.dumps([node['html'] for node in violation['nodes'][:3]])}"
