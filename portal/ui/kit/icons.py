"""Icons: always beside words or named, never the only carrier of meaning, so a screen reader skips them."""

import reflex as rx


def icon(name: str, size: int = 20) -> rx.Component:
    """Draw a Lucide icon by its name, in the colour of the text."""
    return rx.icon(name, size=size, custom_attrs={"aria-hidden": "true"}, class_name="shrink-0")
