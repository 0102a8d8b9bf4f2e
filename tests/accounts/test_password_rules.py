"""NIST 800-63B-4: 15 to 128 characters, none that others would think of, and no other rules."""

import pytest

from portal.accounts.password_rules import is_common, refusal
from portal.accounts.passwords import Hasher
from portal.accounts.words import Code

ABOUT = ("gina@mail.example", "Gina Park", "Harbor Counseling")


@pytest.mark.parametrize(
    "password",
    [
        "a long walk by the sea in may",
        "tractor lampion velvet",
        "wetter tasse birne igel",
        "Ünïcödé ist auch schön",
        "x" * 3 + "kjqhwertlkzuqpwxnv",
        "八月の海辺を長い時間かけて歩いた",
        "9071 4486 2230 5817",
        "  spaces count  too  ",
        "🦊🌲🎷🪁🥕🚲🧭🪵🎲🧶🌻🦉🍋🧊🪴",
    ],
)
def test_long_password_of_any_kind_is_fine(password: str) -> None:
    assert refusal(password, ABOUT, demo_allowed=False) is None


@pytest.mark.parametrize(
    ("password", "code"),
    [
        ("", Code.SHORT_PASSWORD),
        ("Xk9#mQ2$vL7!pw", Code.SHORT_PASSWORD),
        ("é" * 14, Code.SHORT_PASSWORD),
        ("tractor lampion velvet " * 6, Code.LONG_PASSWORD),
        ("aaaaaaaaaaaaaaaaaaaa", Code.COMMON_PASSWORD),
        ("password1234567", Code.COMMON_PASSWORD),
        ("Password Password", Code.COMMON_PASSWORD),
        ("qwertyuiopasdfgh", Code.COMMON_PASSWORD),
        ("1234567890123456", Code.COMMON_PASSWORD),
        ("98765432109876543", Code.COMMON_PASSWORD),
        ("abcdefghijklmnopq", Code.COMMON_PASSWORD),
        ("correct horse battery staple", Code.COMMON_PASSWORD),
        ("iloveyouforever2026!", Code.COMMON_PASSWORD),
        ("xk9xk9xk9xk9xk9xk9", Code.COMMON_PASSWORD),
        ("portico-demo-2026", Code.COMMON_PASSWORD),
        ("gina walks by the lake", Code.PERSONAL_PASSWORD),
        ("the gina.park diaries vol 2", Code.PERSONAL_PASSWORD),
        ("HARBOR COUNSELING lampion 7", Code.PERSONAL_PASSWORD),
        ("lampion gina@mail.example", Code.PERSONAL_PASSWORD),
        ("portico lampion velvet", Code.PERSONAL_PASSWORD),
    ],
)
def test_refused_with_its_reason(password: str, code: Code) -> None:
    assert refusal(password, ABOUT, demo_allowed=False) is code


def test_length_is_counted_after_normalising() -> None:
    wide = "ﬃ" * 5  # each becomes three letters
    assert refusal(wide + "kqz", ABOUT, demo_allowed=False) is not Code.SHORT_PASSWORD


def test_demo_password_is_for_the_demo_only() -> None:
    assert refusal("portico-demo-2026", ABOUT, demo_allowed=True) is None
    assert refusal("portico-demo-2026", ABOUT, demo_allowed=False) is Code.COMMON_PASSWORD


def test_a_name_of_three_letters_forbids_nothing() -> None:
    assert refusal("bea trice lampion velvet", ("bo@x.example", "Bo"), demo_allowed=False) is None


def test_a_long_password_is_judged_quickly() -> None:
    assert not is_common("kq" + "x7" * 40 + "vz9w" * 11)


def test_passwords_that_differ_after_72_bytes_differ() -> None:
    hasher = Hasher(memory_kib=8, passes=1)
    same = "é" * 36 + "abcdefgh"
    stored = hasher.hash(same + "1")
    assert hasher.verify(same + "1", stored)
    assert not hasher.verify(same + "2", stored)
    assert not hasher.verify(same, stored)


def test_one_password_from_every_keyboard() -> None:
    hasher = Hasher(memory_kib=8, passes=1)
    assert hasher.verify("cafe\u0301 und Kuchen", hasher.hash("caf\u00e9 und Kuchen"))


def test_hash_is_argon2id_with_the_costs_we_say() -> None:
    assert Hasher().hash("tractor lampion velvet").startswith("$argon2id$v=19$m=19456,t=2,p=1$")


def test_what_is_no_hash_matches_nothing() -> None:
    assert not Hasher(memory_kib=8, passes=1).verify("not-a-hash", "not-a-hash")
