"""What a handler asks for after its own work is committed."""

from typing import Any


def then(*handlers: Any) -> list[Any]:
    """Let other handlers of the page run next, each through its own guard.

    A handler ends with it after its own work: `return then(ListState.reload)`.

    The tab that made a change hears nothing of it from live updates, so its other parts are asked to load again.
    """
    return [handler() for handler in handlers]
