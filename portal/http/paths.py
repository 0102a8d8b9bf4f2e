"""Where somebody may be sent on to: only inside the portal."""

from urllib.parse import urlsplit

_LONGEST = 512
_NEVER = ("/auth/", "/login", "/dev/", "/healthz", "/readyz")


def local_path(text: str | None, otherwise: str = "") -> str:
    r"""Return a path of this portal as it stands, or `otherwise` for anything that could lead elsewhere.

    Refused are other hosts in all spellings that browsers understand (`//host`, `/\host`, with tabs or control
    characters between), addresses with a scheme, and the sign-in pages themselves.
    """
    if not text or len(text) > _LONGEST or not text.isprintable() or "\\" in text:
        return otherwise
    if not text.startswith("/") or text.startswith("//") or text.startswith(_NEVER):
        return otherwise
    try:
        parts = urlsplit(text)
    except ValueError:
        return otherwise
    return otherwise if parts.scheme or parts.netloc else text
