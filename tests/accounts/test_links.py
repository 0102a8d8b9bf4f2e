"""Links by JWT: one algorithm, a real key, every claim there, and the database has the last word."""

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jose import jwt

from portal.accounts.links import read_link, sign_link
from portal.kit.ids import new_id
from tests.conftest import NOW, RING

ISSUER = "http://localhost:8000"
LINK = new_id()
KEY = RING.derive("links")
CLAIMS = {
    "exp": int((NOW + timedelta(minutes=30)).timestamp()),
    "aud": "reset_password",
    "iss": ISSUER,
    "jti": str(LINK),
}


def read(token: str, purpose: str = "reset_password", issuer: str = ISSUER) -> Any:
    return read_link(RING, token, purpose, issuer, NOW)


def test_genuine_link_is_read() -> None:
    token = sign_link(RING, "reset_password", LINK, ISSUER, NOW + timedelta(minutes=30))
    assert read(token) == LINK
    assert read(jwt.encode(CLAIMS, KEY, algorithm="HS256")) == LINK


@pytest.mark.parametrize("missing", ["exp", "aud", "iss", "jti"])
def test_every_claim_is_required(missing: str) -> None:
    assert read(jwt.encode({k: v for k, v in CLAIMS.items() if k != missing}, KEY, algorithm="HS256")) is None


@pytest.mark.parametrize(
    "change",
    [
        {"exp": int(NOW.timestamp())},
        {"exp": int((NOW - timedelta(days=1)).timestamp())},
        {"exp": True},
        {"exp": "99999999999"},
        {"aud": "confirm_email"},
        {"aud": ["confirm_email"]},
        {"iss": "https://evil.example"},
        {"jti": "not an id"},
        {"jti": str(LINK) + " "},
    ],
)
def test_a_wrong_claim_is_refused(change: dict[str, Any]) -> None:
    assert read(jwt.encode({**CLAIMS, **change}, KEY, algorithm="HS256")) is None


def test_other_algorithms_and_keys_are_refused() -> None:
    assert read(jwt.encode(CLAIMS, KEY, algorithm="HS512")) is None
    assert read(jwt.encode(CLAIMS, b"x" * 32, algorithm="HS256")) is None
    assert read(jwt.encode(CLAIMS, b"k", algorithm="HS256")) is None
    unsigned = "eyJhbGciOiJub25lIiwidHlwIjoiSldUIn0." + jwt.encode(CLAIMS, KEY).split(".")[1] + "."
    assert read(unsigned) is None


def test_a_key_of_another_purpose_opens_nothing() -> None:
    assert read(jwt.encode(CLAIMS, RING.derive("sessions"), algorithm="HS256")) is None


def test_long_tokens_are_not_even_looked_at() -> None:
    assert read(jwt.encode({**CLAIMS, "more": "x" * 2000}, KEY, algorithm="HS256")) is None


@given(st.text(max_size=300) | st.binary(max_size=200).map(lambda raw: raw.decode("latin-1")))
def test_rubbish_is_none(text: str) -> None:
    assert read(text) is None


@pytest.mark.parametrize("position", range(0, 200, 7))
def test_a_changed_letter_is_noticed(position: int) -> None:
    token = sign_link(RING, "reset_password", LINK, ISSUER, NOW + timedelta(minutes=30))
    changed = token[:position] + ("A" if token[position] != "A" else "B") + token[position + 1 :]
    assert read(changed) is None
