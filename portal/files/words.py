"""Every sentence about files that a person may read."""

TOO_LARGE = "This file is too large. Please choose one of at most {limit} MB."
EMPTY = "This file is empty. Please choose another."
NOT_TAKEN = "We take photos (JPEG, PNG, WebP, GIF) and PDF files. Please choose one of these."
NOT_WHAT_IT_SAYS = "This file is not what its name says. Please open it and save it again as a photo or a PDF."
TOO_MANY_PIXELS = "This picture is too large to open. Please send a smaller one."
BROKEN_PICTURE = "This picture cannot be opened. Please take it again."
TOO_MANY = "You have added many files in a short time. Please wait a few minutes."
UNNAMED = "file"


def too_large(limit: int) -> str:
    """Say how large a file may be, in bytes."""
    return TOO_LARGE.format(limit=limit // 1_000_000)
