"""Addresses as pictures that a phone's camera reads."""

from functools import lru_cache

import segno


@lru_cache(maxsize=64)
def qr_picture(address: str) -> str:
    """Return an address as a QR code: an SVG in a data: URI, dark on white with the quiet margin that readers need."""
    return segno.make(address, error="m", micro=False).svg_data_uri(dark="#000", light="#fff", border=4, omitsize=True)
