"""What can go wrong, as sentences for people."""

from dataclasses import dataclass


@dataclass
class PortalError(Exception):
    """An expected refusal. `sentence` is shown to the person as it stands; it never holds health data."""

    sentence: str

    def __str__(self) -> str:
        return self.sentence


class NotFound(PortalError):
    """There is no such thing, or it is not this person's: the two look the same."""

    def __init__(self, sentence: str = "We could not find that. It may have been moved or removed.") -> None:
        super().__init__(sentence)


class NotPermitted(PortalError):
    """The person is known and the thing is in their sight, but this is not allowed now."""


class SecondFactorMissing(NotPermitted):
    """The practice asks its staff for a second factor, and this person has none yet; the page leads to the set-up."""


class StepUpNeeded(PortalError):
    """The person may do this once they have shown again who they are; `asks_code`: with a code too.

    What was asked for is kept, and done as soon as they have.
    """

    def __init__(self, *, asks_code: bool) -> None:
        super().__init__("Please confirm that it is you, then try again.")
        self.asks_code = asks_code


class SignedOut(PortalError):
    """There is no live session."""

    def __init__(self, sentence: str = "You are signed out. Please sign in again.") -> None:
        super().__init__(sentence)


class Conflict(PortalError):
    """Somebody else, or another tab, was there first."""


class SentBefore(Conflict):
    """The same press did something else already: its answer got lost, and what was asked for was changed since."""

    def __init__(self) -> None:
        super().__init__(
            "This was sent before, as you had it then; only the answer got lost. Please look at what is there now. "
            "To send this as well, press the button once more."
        )


class Invalid(PortalError):
    """The input cannot be used; the sentence says what to do."""


class TooMany(PortalError):
    """Too many tries; the sentence says when to come back."""
