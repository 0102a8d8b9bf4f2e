"""A mail's words: subject, plain text and HTML, from the templates beside this file."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import css_inline
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from portal.models import Colour
from portal.notifications.catalog import KINDS
from portal.notifications.colours import shade_of


@dataclass(frozen=True, slots=True)
class Rendered:
    """A mail's words."""

    subject: str
    text: str
    html: str


def render_mail(
    kind: str, context: Mapping[str, str], *, practice: str, name: str, origin: str, colour: Colour | None = None
) -> Rendered:
    """Fill the templates of a kind. `practice` may be empty: then the portal speaks for itself, in its own colour."""
    values = {**context, "practice": practice, "name": name, "origin": origin, "sender": sender_name(practice)}
    subject = KINDS[kind].subject
    text = _texts().get_template(f"{kind}.txt").render(values)
    html = _pages().get_template(f"{kind}.html").render(values, subject=subject, shade=shade_of(colour))
    return Rendered(f"{subject} · {practice}" if practice else subject, text.strip() + "\n", css_inline.inline(html))


def sender_name(practice: str) -> str:
    """Who a mail is from, for people."""
    return practice or "Your client portal"


@lru_cache(maxsize=1)
def _texts() -> Environment:
    # Plain text is not HTML: an apostrophe has to stay one.
    return Environment(
        loader=_loader(),
        autoescape=False,  # noqa: S701 - for .txt only; HTML has its own below  # nosec B701
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


@lru_cache(maxsize=1)
def _pages() -> Environment:
    return Environment(loader=_loader(), autoescape=True, undefined=StrictUndefined)


def _loader() -> FileSystemLoader:
    return FileSystemLoader(Path(__file__).parent / "templates")
