"""Starting says nothing that nobody can act upon."""

import re
from pathlib import Path

PORTAL = Path(__file__).parents[2] / "portal"
SHARED = re.compile(r"rx\.field\((?!default_factory=|None\))")


def test_no_state_shares_what_can_be_changed() -> None:
    """Reflex warns at every start of a default that is one object for all tabs; a factory makes one for each."""
    found = [str(path) for path in sorted(PORTAL.rglob("*.py")) if SHARED.search(path.read_text(encoding="utf-8"))]
    assert found == []
