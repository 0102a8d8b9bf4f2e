"""The part of assets/ui/finding.jsx: fields that look for something as one types."""

from typing import Any

import reflex as rx
from reflex_base.vars.base import Var


def _form_data(data: Var[dict[str, Any]]) -> tuple[Var[dict[str, Any]]]:
    return (data,)


class Finder(rx.Component):
    """A form that sends its fields, as one types if `at_once`; `shown` are those that the server answered for."""

    library = "$/public/ui/finding.jsx"
    tag = "Finder"
    shown: rx.Var[dict[str, str]]
    at_once: rx.Var[bool]

    @classmethod
    def get_event_triggers(cls) -> dict[str, Any]:
        """Add what happens with the fields."""
        return {**super().get_event_triggers(), "on_find": _form_data}
