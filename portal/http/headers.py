"""What every answer carries: a strict content policy, and how long a browser may keep what."""

import base64
import hashlib
import re
from collections.abc import Iterable
from html.parser import HTMLParser
from pathlib import Path

from starlette.datastructures import MutableHeaders
from starlette.types import Message, Scope, Send

_HASHED = re.compile(r"/assets/[^/]+-[\w-]{8,}\.(?:js|css|woff2?|svg|png|webp)")
_FOREVER = "public, max-age=31536000, immutable"
_FOR_AN_HOUR = re.compile(r"/[\w./-]+\.(?:css|js|woff2?|svg|png|webp|ico|txt|webmanifest)")
_FEATURES = (
    "accelerometer",
    "camera",
    "display-capture",
    "geolocation",
    "gyroscope",
    "magnetometer",
    "microphone",
    "midi",
    "payment",
    "usb",
)


class _Scripts(HTMLParser):
    """Collects the text of inline scripts."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.found: list[str] = []
        self._inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "script" and not any(name == "src" for name, _ in attrs):
            self._inside = True
            self.found.append("")

    def handle_data(self, data: str) -> None:
        if self._inside:
            self.found[-1] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "script":
            self._inside = False


def inline_scripts(pages: Iterable[str]) -> list[str]:
    """Return each inline script of some pages once, as a browser hashes it."""
    found: dict[str, None] = {}
    for page in pages:
        reader = _Scripts()
        reader.feed(page)
        found.update(dict.fromkeys(reader.found))
    return list(found)


def script_hash(script: str) -> str:
    """Return a script's source expression: 'sha256-…'."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'"


def script_hashes(built: Path) -> list[str]:
    """Return the source expressions for the inline scripts of a built front end; none when nothing is built."""
    pages = (page.read_text(encoding="utf-8") for page in sorted(built.rglob("*.html")))
    return sorted(script_hash(script) for script in inline_scripts(pages) if script)


def content_policy(hashes: Iterable[str], origins: Iterable[str]) -> str:
    """Return the Content-Security-Policy. Styles are inline because the style library writes them while running.

    `origins` are the portal's own: older Safari does not count a websocket to the page's own host as 'self'.
    An IPv6 address has no place in such a list.
    """
    sockets = sorted(origin.replace("http", "ws", 1) for origin in origins if "[" not in origin)
    return "; ".join(
        (
            "default-src 'none'",
            " ".join(("script-src 'self'", *hashes)),
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data: blob:",
            "font-src 'self'",
            " ".join(("connect-src 'self'", *sockets)),
            "manifest-src 'self'",
            "form-action 'self'",
            "base-uri 'none'",
            "frame-ancestors 'none'",
        )
    )


class HeaderWriter:
    """Writes the headers of every HTTP answer: all of them on pages, on files those that mean something there."""

    def __init__(self, policy: str, *, secure: bool) -> None:
        self._always = {
            "x-content-type-options": "nosniff",
            "referrer-policy": "same-origin",
            "cross-origin-resource-policy": "same-origin",
        }
        self._on_pages = {
            "content-security-policy": policy,
            "x-frame-options": "DENY",
            "permissions-policy": ", ".join(f"{feature}=()" for feature in _FEATURES),
            "cross-origin-opener-policy": "same-origin",
        }
        self._on_files = {"content-security-policy": "default-src 'none'; frame-ancestors 'none'"}
        if secure:
            self._always["strict-transport-security"] = "max-age=63072000; includeSubDomains"

    def around(self, scope: Scope, send: Send) -> Send:
        """Return a `send` that adds the headers to the answer to one request; what a route set itself stays."""

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                is_page = headers.get("content-type", "").startswith("text/html")
                for name, value in (*self._always.items(), *(self._on_pages if is_page else self._on_files).items()):
                    headers.setdefault(name, value)
                headers.setdefault("cache-control", _keep(scope["path"], message["status"]))
            await send(message)

        return with_headers


def _keep(path: str, status: int) -> str:
    """Say how long a browser may keep an answer: hashed files forever, our own styles an hour, anything else not."""
    if status not in {200, 206, 304}:
        return "no-store"
    if _HASHED.fullmatch(path):
        return _FOREVER
    return "public, max-age=3600" if _FOR_AN_HOUR.fullmatch(path) else "no-store"
