"""Which Chromium the tests look through: see tools/programs."""

import shutil

NAMES = ("chromium-headless-shell", "chromium")


def find_chromium() -> str | None:
    """Return the path of the first that is there; None leaves it to Playwright to say what is missing."""
    return next((path for name in NAMES if (path := shutil.which(name))), None)
