"""Ids are opaque and ordered; tokens are long and never stored."""

import pytest

from portal.kit.ids import new_id, parse_id
from portal.kit.tokens import keyed_hash, new_token, token_hash


def test_ids_sort_by_time_and_never_repeat() -> None:
    ids = [new_id() for _ in range(1000)]
    assert len(set(ids)) == 1000
    assert ids == sorted(ids)
    assert ids[0].version == 7


@pytest.mark.parametrize("text", ["", "1", "x" * 36, "9" * 5000, None, 7, {"id": 1}, "../../etc/passwd"])
def test_what_is_not_an_id_is_none(text: object) -> None:
    assert parse_id(text) is None


def test_an_id_survives_its_address() -> None:
    one = new_id()
    assert parse_id(str(one)) == one == parse_id(one)


def test_a_token_has_256_bits_and_its_hash_hides_it() -> None:
    token = new_token()
    assert len(token) >= 43
    assert len(token_hash(token)) == 64
    assert token not in token_hash(token)


def test_the_parts_of_a_keyed_hash_do_not_run_together() -> None:
    assert keyed_hash(b"k", "ab", "c") != keyed_hash(b"k", "a", "bc")
