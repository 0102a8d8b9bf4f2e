"""Pictures are written anew: what is kept is pixels alone, without place, camera or anything hidden behind them."""

import io
import warnings

from PIL import Image, ImageOps, UnidentifiedImageError

from portal.errors import Invalid
from portal.files import words

MAX_PIXELS = 40_000_000
_LONGEST_SIDE = 4096
_FORMATS = {"image/jpeg": "JPEG", "image/png": "PNG", "image/webp": "WEBP", "image/gif": "GIF"}


def rewrite_image(content: bytes, content_type: str) -> tuple[bytes, str]:
    """Return a picture written anew, and its type. Blocks: call it in a thread. Raises Invalid.

    The size stands in the header, so that a picture of 100 megapixels is refused before a pixel of it is read.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(content), formats=[_FORMATS[content_type]]) as opened:
                return _written(opened)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise Invalid(words.TOO_MANY_PIXELS) from None
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError, KeyError):
        raise Invalid(words.BROKEN_PICTURE) from None


def _written(opened: Image.Image) -> tuple[bytes, str]:
    """Draw the first picture of a file upright on a page of its own and write that."""
    if opened.width * opened.height > MAX_PIXELS:
        raise Invalid(words.TOO_MANY_PIXELS)
    if opened.format == "JPEG":
        opened.draft("RGB", (_LONGEST_SIDE, _LONGEST_SIDE))
    upright = ImageOps.exif_transpose(opened)
    has_alpha = "A" in upright.getbands() or "transparency" in upright.info
    pixels = upright.convert("RGBA" if has_alpha else "RGB")
    pixels.thumbnail((_LONGEST_SIDE, _LONGEST_SIDE))
    clean = Image.new(pixels.mode, pixels.size)
    clean.paste(pixels)
    out = io.BytesIO()
    if has_alpha:
        clean.save(out, "PNG")
        return out.getvalue(), "image/png"
    clean.save(out, "JPEG", quality=88)
    return out.getvalue(), "image/jpeg"
