"""The plain pages: Jinja2 templates that need no script, and the headers that belong to them."""

import hashlib
from functools import lru_cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.responses import HTMLResponse, RedirectResponse, Response

from portal.config import Mode
from portal.http.words import Message
from portal.runtime import runtime

_ASSETS = Path(__file__).resolve().parents[2] / "assets"
_HEADERS = {
    "Cache-Control": "no-store",
    # Not "no-referrer": with it browsers send "Origin: null" with our own forms.
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; font-src 'self'; img-src 'self' data:; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
}


def page(name: str, status: int = 200, **values: Any) -> Response:
    """Fill a template and send it with the headers of a page that nobody else may keep, frame or script."""
    return HTMLResponse(_environment().get_template(name).render(values), status, headers=_HEADERS)


def message_page(message: Message, status: int = 200) -> Response:
    """A page of a few words."""
    return page("message.html", status, message=message)


def go_to(path: str) -> Response:
    """Send the browser on to a page of ours, as a fresh GET."""
    return RedirectResponse(path, 303, headers={"Cache-Control": "no-store"})


@lru_cache(maxsize=1)
def _environment() -> Environment:
    templates = Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    templates.globals.update(asset=_asset, is_demo=_is_demo)
    return templates


def _is_demo() -> bool:
    return runtime().config.mode is Mode.DEMO


@lru_cache(maxsize=16)
def _asset(name: str) -> str:
    """The address of a style sheet, with its fingerprint, so that browsers may keep it until it changes."""
    path = _ASSETS / name
    return f"/{name}?v={hashlib.sha256(path.read_bytes()).hexdigest()[:10]}" if path.exists() else f"/{name}"
