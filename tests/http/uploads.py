"""What is sent in files, and browsers of people who have signed in."""

import io

from PIL import Image

from portal.kit.tokens import new_token, token_hash
from portal.models import Session
from tests.access.house import House
from tests.http.conftest import Browser

PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


def photo(width: int = 40, height: int = 30, kind: str = "JPEG") -> bytes:
    """A picture that says where it was taken."""
    image = Image.new("RGB", (width, height), "teal")
    exif = Image.Exif()
    exif[0x010F] = "Maker of the camera"
    exif.get_ifd(0x8825)[1] = "N"
    out = io.BytesIO()
    image.save(out, kind, exif=exif)
    return out.getvalue()


async def arrive(house: House, browser: Browser, person: str) -> Browser:
    """Give a browser the cookie of somebody who has signed in."""
    token = new_token()
    session = Session(
        account_id=house.cast.accounts[person].id,
        token_hash=token_hash(token),
        created_at=house.clock.now,
        touched_at=house.clock.now,
    )
    await house.store(session)
    browser.cookies.set("portico_session", token)
    return browser
