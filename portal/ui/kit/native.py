"""Elements that Reflex lacks or takes over: a form that the browser itself sends, and links inside the portal."""

from typing import Any

import reflex as rx
from reflex_components_core.el.elements.base import BaseHTML
from reflex_components_core.react_router.dom import ReactRouterLink


class NativeForm(BaseHTML):
    """A form that the browser posts to one of our own HTTP routes; `rx.el.form` always prevents that."""

    tag = "form"
    action: rx.Var[str]
    method: rx.Var[str]


class NativeLink(BaseHTML):
    """A link that the browser itself follows, to a file; `rx.el.a` looks for a page inside the app."""

    tag = "a"
    href: rx.Var[str]
    download: rx.Var[str]


def native_form(*children: rx.Component, action: str, **props: Any) -> rx.Component:
    """Post to `action` by a full load of the page."""
    return NativeForm.create(*children, action=action, method="post", **props)


def inner_link(*children: Any, to: Any, **props: Any) -> rx.Component:
    """Link to another page of the portal without loading it anew."""
    return ReactRouterLink.create(*children, to=to, discover="none", **props)


def file_link(*children: Any, href: Any, name: Any, **props: Any) -> rx.Component:
    """Let the browser save a file of ours under a name."""
    return NativeLink.create(*children, href=href, download=name, **props)
