"""What is sealed opens only with the right key, in the right place, unchanged."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.kit.crypto import KeyRing, Unsealable, new_key, open_sealed, seal
from portal.kit.ids import new_id

ROW = new_id()
OLD, NEW = new_key(), new_key()
RING = KeyRing((NEW, OLD))


@given(st.text(max_size=200))
def test_what_was_sealed_opens_again(text: str) -> None:
    assert open_sealed(RING, "form_answer", "value", ROW, seal(RING, "form_answer", "value", ROW, text)) == text


@pytest.mark.parametrize(
    ("table", "column", "row"),
    [("message", "value", ROW), ("form_answer", "name", ROW), ("form_answer", "value", new_id())],
)
def test_a_value_moved_elsewhere_does_not_open(table: str, column: str, row: object) -> None:
    sealed = seal(RING, "form_answer", "value", ROW, "a secret")
    assert open_sealed(RING, "form_answer", "value", ROW, sealed) == "a secret"
    with pytest.raises(Unsealable):
        open_sealed(RING, table, column, row, sealed)  # type: ignore[arg-type]  # parametrized as object


@given(st.integers(min_value=0))
def test_one_changed_bit_is_noticed(place: int) -> None:
    sealed = bytearray(seal(RING, "t", "c", ROW, "a secret"))
    sealed[place % len(sealed)] ^= 1
    with pytest.raises(Unsealable):
        open_sealed(RING, "t", "c", ROW, bytes(sealed))


def test_an_old_key_still_opens_and_no_longer_seals() -> None:
    before = seal(KeyRing((OLD,)), "t", "c", ROW, "from before")
    assert open_sealed(RING, "t", "c", ROW, before) == "from before"
    with pytest.raises(Unsealable):
        open_sealed(KeyRing((OLD,)), "t", "c", ROW, seal(RING, "t", "c", ROW, "from now"))


def test_the_same_text_never_looks_the_same() -> None:
    assert seal(RING, "t", "c", ROW, "twice") != seal(RING, "t", "c", ROW, "twice")


def test_keys_for_other_purposes_differ_and_never_show() -> None:
    assert RING.derive("links") != RING.derive("tabs")
    assert NEW.hex() not in repr(RING)
    assert str(NEW) not in repr(RING)


@pytest.mark.parametrize("keys", [(), (b"short",), (NEW, b"short")])
def test_a_ring_needs_whole_keys(keys: tuple[bytes, ...]) -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        KeyRing(keys)
