"""Icons: always beside words or named, never the only carrier of meaning, so a screen reader skips them."""

import reflex as rx


def icon(name: str, size: int = 20) -> rx.Component:
    """Draw a Lucide icon by its name, in the colour of the text; it grows with the letters, by half at most."""
    grown = f"size-[min({size / 17:.3f}rem,{size * 1.5:.0f}px)]"
    return rx.icon(name, size=size, custom_attrs={"aria-hidden": "true"}, class_name=f"shrink-0 {grown}")


def mark() -> rx.Component:
    """Draw the portal's mark: a door under an arch."""
    return rx.el.svg(
        rx.el.path(d="M4 21V11a8 8 0 0 1 16 0v10M8.5 21V11a3.5 3.5 0 0 1 7 0v10M2.5 21h19"),
        view_box="0 0 24 24",
        fill="none",
        stroke="currentColor",
        stroke_width="1.75",
        stroke_linecap="round",
        stroke_linejoin="round",
        aria_hidden="true",
        class_name="size-6 shrink-0 text-accent",
    )
