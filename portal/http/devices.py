"""The device cookie: by which logins a browser has been used before, without a list of devices on the server.

`id.tag.tag…`: a random id, and for each login that signed in here an HMAC over id and e-mail key. It opens nothing; a
known device brings no "new device" mail, and has its own count of tries.
"""

import hmac
from typing import NamedTuple

from starlette.responses import Response

from portal.accounts.rules import email_key
from portal.http.cookies import read_cookie
from portal.kit.crypto import KeyRing
from portal.kit.tokens import keyed_hash, new_token

_NAME = "portico_device"
_TAG_LENGTH = 32
_MOST_TAGS = 8
_YEAR = 365 * 24 * 3600


class Device(NamedTuple):
    """A browser, by its cookie."""

    id: str
    tags: tuple[str, ...]


def device_of(cookie_header: str | None, secure: bool) -> Device:
    """Read the device cookie; a fresh device when there is none, or it has another shape."""
    value = read_cookie(cookie_header, _cookie_name(secure)) or ""
    device_id, *tags = value.split(".")
    if len(device_id) != 43 or len(tags) > _MOST_TAGS or any(len(tag) != _TAG_LENGTH for tag in tags):
        return Device(new_token(), ())
    return Device(device_id, tuple(tags))


def knows(device: Device, ring: KeyRing, email: str) -> bool:
    """Say whether this very e-mail has signed in on the device before."""
    expected = _tag(device, ring, email)
    return any(hmac.compare_digest(expected.encode(), tag.encode()) for tag in device.tags)


def remember(response: Response, device: Device, ring: KeyRing, email: str, secure: bool) -> None:
    """Note in the browser that this e-mail signed in on it; the eight most recent ones are kept."""
    tag = _tag(device, ring, email)
    tags = [tag, *(known for known in device.tags if known != tag)][:_MOST_TAGS]
    value = ".".join((device.id, *tags))
    response.set_cookie(
        _cookie_name(secure), value, max_age=_YEAR, path="/", httponly=True, secure=secure, samesite="lax"
    )


def _tag(device: Device, ring: KeyRing, email: str) -> str:
    return keyed_hash(ring.derive("devices"), device.id, email_key(email))[:_TAG_LENGTH]


def _cookie_name(secure: bool) -> str:
    return f"__Host-{_NAME}" if secure else _NAME
