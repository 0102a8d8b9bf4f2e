"""What the client's side reads of a comment of the practice."""

from dataclasses import dataclass


@dataclass(frozen=True)
class RemarkView:
    """A comment of the practice on one answer; `path` is "" when it is about the whole form."""

    path: str
    text: str
    author: str
