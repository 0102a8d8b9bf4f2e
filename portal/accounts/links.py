"""Signed links that work once: the one place that touches JWT.

python-jose accepts any algorithm, tokens without an end and one-byte keys; here the algorithm is fixed, `exp`, `aud`,
`iss` and `jti` are required, and the key is 32 derived bytes. The database has the last word: a link is used up by
compare-and-swap on its row, which also keeps the token's hash.
"""

from datetime import datetime, timedelta
from uuid import UUID

from jose import jwt
from jose.exceptions import JOSEError
from sqlmodel import col, update

from portal.accounts import queries
from portal.accounts.words import Code, sentence
from portal.database import Work
from portal.errors import NotFound
from portal.kit.crypto import KeyRing, open_sealed, seal
from portal.kit.ids import new_id, parse_id
from portal.kit.tokens import token_hash
from portal.models import AccountLink, LinkPurpose
from portal.runtime import runtime

_ALGORITHM = "HS256"
_LONGEST = 1024
# The end is asked for and compared below, with the unit's own clock: jose verifies what it is told to require, and
# would compare it with the machine's.
_OPTIONS = {"verify_exp": False, **{f"require_{name}": True for name in ("aud", "iss", "jti")}}
_PATHS = {
    LinkPurpose.RESET_PASSWORD: "/reset-password/",
    LinkPurpose.CONFIRM_EMAIL: "/email/confirm/",
    LinkPurpose.UNDO_EMAIL: "/email/undo/",
}


def sign_link(ring: KeyRing, purpose: str, link_id: UUID, issuer: str, expires_at: datetime) -> str:
    """Return a token for one purpose; `link_id` is its `jti`."""
    claims = {"exp": int(expires_at.timestamp()), "aud": purpose, "iss": issuer, "jti": str(link_id)}
    return str(jwt.encode(claims, _key(ring), algorithm=_ALGORITHM))


def read_link(ring: KeyRing, token: str, purpose: str, issuer: str, now: datetime) -> UUID | None:
    """Return the `jti` of a genuine token for this purpose that has not expired; None for anything else."""
    if len(token) > _LONGEST or not token.isascii():
        return None
    try:
        claims = jwt.decode(
            token, _key(ring), algorithms=[_ALGORITHM], audience=purpose, issuer=issuer, options=_OPTIONS
        )
    except (JOSEError, ValueError, TypeError):
        return None
    expires_at = claims.get("exp")
    if type(expires_at) is not int or expires_at <= now.timestamp():
        return None
    return parse_id(claims["jti"])


def _key(ring: KeyRing) -> bytes:
    key = ring.derive("links")
    if len(key) < 32:
        raise ValueError("A key for links has at least 32 bytes.")
    return key


async def make_link(
    work: Work, *, account_id: UUID, purpose: LinkPurpose, lifetime: timedelta, detail: str = ""
) -> tuple[UUID, str]:
    """Store a link and return its id and its address. `detail` is sealed.

    A new link to confirm an address replaces the open one. The others stand beside each other: whoever changes an
    address twice must not take the first way back away, and a stranger who asks for a new password must not make the
    owner's link worthless.
    """
    if purpose is LinkPurpose.CONFIRM_EMAIL:
        await kill_links(work, account_id, purpose)
    link_id, token = await make_token(work, account_id=account_id, purpose=purpose, lifetime=lifetime, detail=detail)
    return link_id, f"{runtime().config.origin}{_PATHS[purpose]}{token}"


async def make_token(
    work: Work, *, account_id: UUID, purpose: LinkPurpose, lifetime: timedelta, detail: str = ""
) -> tuple[UUID, str]:
    """Store a token that works once, and return its id and the token itself, which is nowhere else."""
    link_id, issuer = new_id(), runtime().config.origin
    token = sign_link(work.ring, purpose, link_id, issuer, work.now + lifetime)
    work.add(
        AccountLink(
            id=link_id,
            account_id=account_id,
            purpose=purpose,
            token_hash=token_hash(token),
            detail=seal(work.ring, "account_link", "detail", link_id, detail) if detail else None,
            created_at=work.now,
            expires_at=work.now + lifetime,
        )
    )
    await work.flush()
    return link_id, token


async def kill_links(work: Work, account_id: UUID, *purposes: LinkPurpose) -> None:
    """Make an account's open links of these purposes (of all, when none is named) worthless."""
    query = update(AccountLink).where(col(AccountLink.account_id) == account_id, queries.open_link(work.now))
    if purposes:
        query = query.where(col(AccountLink.purpose).in_(purposes))
    await work.exec(query.values(replaced_at=work.now))


async def find_link(work: Work, token: str, purpose: LinkPurpose) -> AccountLink:
    """Find the open link that a token stands for, and change nothing; raises NotFound for any other token."""
    link_id = read_link(work.ring, token, purpose, runtime().config.origin, work.now)
    link = await queries.find_open_link(work, link_id, token_hash(token), purpose) if link_id else None
    if link is None:
        raise NotFound(sentence(Code.DEAD_LINK))
    return link


async def use_link(work: Work, link: AccountLink) -> None:
    """Use a link up; raises NotFound when somebody was quicker."""
    query = update(AccountLink).where(col(AccountLink.id) == link.id, queries.open_link(work.now))
    result = await work.exec(query.values(used_at=work.now))
    if result.rowcount != 1:
        raise NotFound(sentence(Code.DEAD_LINK))


def detail_of(work: Work, link: AccountLink) -> str:
    """Open what was sealed into a link."""
    return open_sealed(work.ring, "account_link", "detail", link.id, link.detail) if link.detail else ""
