"""What happens on a click, when it carries something along."""

from typing import Any


def call(handler: Any, *values: Any) -> Any:
    """Return a State's handler with its arguments: `on_click=call(FormsState.open, form.id)`.

    The same as `FormsState.open(form.id)`, which mypy does not take for a call: to it, handlers are a namespace.
    """
    return handler(*values)
