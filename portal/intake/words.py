"""Every sentence about forms that a person may read, in one place."""

NOT_AN_ANSWER = "That is not an answer we can keep. Please enter it again."
TOO_MANY_CHOICES = "That is more than this question can hold. Please choose fewer."
STRANGE_CHARACTERS = "Your text has a character that cannot be stored. Please remove it and try again."


def text_too_long(limit: int) -> str:
    """Say how long a text may be."""
    return f"Your text is too long. Please keep it under {limit:,} characters."
