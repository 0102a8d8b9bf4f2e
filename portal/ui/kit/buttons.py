"""Buttons, and links that look like them."""

from typing import Any

import reflex as rx

from portal.ui.kit.classes import BUTTON, BUTTON_KINDS, LINK, join
from portal.ui.kit.native import inner_link


def button(*children: Any, kind: str = "plain", classes: str = "", **props: Any) -> rx.Component:
    """A button; `kind` is "primary" (one a page), "plain", "quiet" or "danger"."""
    props.setdefault("type", "button")
    return rx.el.button(*children, class_name=join(BUTTON, BUTTON_KINDS[kind], classes), **props)


def button_link(*children: Any, to: Any, kind: str = "plain", classes: str = "", **props: Any) -> rx.Component:
    """A link to another page of the portal that looks like a button."""
    return inner_link(*children, to=to, class_name=join(BUTTON, BUTTON_KINDS[kind], classes), **props)


def text_link(*children: Any, to: Any, **props: Any) -> rx.Component:
    """A link within a text."""
    return inner_link(*children, to=to, class_name=LINK, **props)
