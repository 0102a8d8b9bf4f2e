"""Which passwords are refused. NIST 800-63B-4: length and a list of common ones, and no other rules."""

import re
from collections.abc import Iterable

from portal.accounts.passwords import normalised
from portal.accounts.words import Code

SHORTEST = 15
SHORTEST_WITH_FACTOR = 8
LONGEST = 128
DEMO_PASSWORD = "portico-demo-2026"  # noqa: S105 - printed in the README, refused outside the demo
_PRODUCT = "portico"
# The words that long but common passwords are put together from, after lists of leaked passwords.
_COMMON_TEXT = """
    password passwort passw0rd passwords qwerty qwertz azerty asdf asdfgh asdfghjkl zxcv zxcvbn zxcvbnm qwertyuiop
    letmein welcome admin administrator login master monkey dragon football baseball basketball superman batman
    iloveyou ilove you love lovely forever princess sunshine shadow michael jordan jennifer charlie trustno1 secret
    changeme default guest test testing user access computer internet hello hellokitty freedom whatever starwars
    pokemon ninja flower summer winter spring autumn monday friday january december mustang harley ranger hunter
    soccer hockey killer pepper ginger cookie cheese chocolate banana orange purple yellow silver golden diamond
    unknown correcthorsebatterystaple correct horse battery staple thisismy my this is the new old pass word
    therapy therapist counseling counselling practice portal client patient health clinic doctor abc abcd abc123
    qwe asd zxc 1q2w3e 1q2w3e4r 1qaz2wsx 1qaz 2wsx 3edc q1w2e3 q1w2e3r4 aa zz xx"""
_COMMON_PARTS = frozenset(_COMMON_TEXT.split())
_SEQUENCES = ("abcdefghijklmnopqrstuvwxyz", "01234567890123456789", "qwertyuiopasdfghjklzxcvbnm", "qwertzuiopasdfghjkl")
_FEWEST_OWN = 5


def refusal(
    password: str, about: Iterable[str], *, demo_allowed: bool, with_second_factor: bool = False
) -> Code | None:
    """Return why a new password is refused, or None when it may be used.

    `about` is what others know of the person: e-mail address, name, names of their practices. Together with a second
    factor a shorter password suffices (NIST 800-63B-4).
    """
    text = normalised(password)
    if demo_allowed and text == DEMO_PASSWORD:
        return None
    if len(text) < (SHORTEST_WITH_FACTOR if with_second_factor else SHORTEST):
        return Code.SHORT_WITH_FACTOR if with_second_factor else Code.SHORT_PASSWORD
    if len(text) > LONGEST:
        return Code.LONG_PASSWORD
    if is_common(text):
        return Code.COMMON_PASSWORD
    if is_personal(text, about):
        return Code.PERSONAL_PASSWORD
    return None


def is_short(password: str) -> bool:
    """Say whether a password is too short to stand alone."""
    return len(normalised(password)) < SHORTEST


def is_common(password: str) -> bool:
    """Say whether a password is one that many have: a repetition, a row of keys, or common words put together."""
    folded = password.casefold()
    if folded == DEMO_PASSWORD:
        return True
    plain = _plain(folded)
    if len(set(folded)) < _FEWEST_OWN or _is_repetition(folded):
        return True
    return bool(plain) and _left_over(plain) < 2 * _FEWEST_OWN


def is_personal(password: str, about: Iterable[str]) -> bool:
    """Say whether a password holds what others know of its owner: address, name, practice, or this product."""
    plain = _plain(password.casefold())
    return any(len(known) > 3 and known in plain for known in _known(about))


def _known(about: Iterable[str]) -> set[str]:
    words = {_PRODUCT}
    for text in about:
        folded = normalised(text).casefold()
        words.add(_plain(folded))
        if "@" in folded:
            words.add(_plain(folded.split("@")[0]))
    return words


def _plain(folded: str) -> str:
    return re.sub(r"[\W_]+", "", folded)


def _is_repetition(text: str) -> bool:
    return any((text[:size] * len(text))[: len(text)] == text for size in range(1, 9))


def _left_over(plain: str) -> int:
    """Weigh what is no part of a common word or a row of keys (letters 2, digits 1), in the best reading."""
    fewest = [0]
    for end in range(1, len(plain) + 1):
        best = fewest[end - 1] + (1 if plain[end - 1].isdigit() else 2)
        for start in range(max(0, end - 26), end - 1):
            if fewest[start] < best and _is_common_part(plain[start:end]):
                best = fewest[start]
        fewest.append(best)
    return fewest[-1]


def _is_common_part(part: str) -> bool:
    if part in _COMMON_PARTS:
        return True
    return len(part) > 2 and any(part in row or part in row[::-1] for row in _SEQUENCES)
