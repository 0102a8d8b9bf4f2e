"""Folding and words: whatever somebody is called, typing any beginning of it finds them."""

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from portal.clients.search_words import LAST, LONGEST_WORD, MOST_WORDS, typed_words, words_of
from portal.kit.text import fold, is_printable, tidy
from portal.models.clients import sort_key

TEXT = st.text(max_size=60)
NAMES = st.text(
    st.characters(categories=["L", "M", "N", "Zs", "Pd", "Po"], exclude_characters="@"), min_size=1, max_size=30
)


@given(TEXT)
def test_folding_again_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(TEXT)
def test_case_and_the_form_of_accents_make_no_difference(text: str) -> None:
    for form in ("NFC", "NFD", "NFKC", "NFKD"):
        assert fold(unicodedata.normalize(form, text)) == fold(text)


def test_accents_strokes_and_ligatures_are_forgiven() -> None:
    assert fold("Łukasz Strauß-Ødegård") == "lukasz strauss-odegard"
    assert fold("Æsa Þór ﬁne \uff21\uff22\uff23") == "aesa thor fine abc"
    assert fold("İstanbul ISPARTA \u0131ş\u0131k") == "istanbul isparta isik"


@given(NAMES, NAMES)
def test_any_beginning_of_any_word_of_a_name_finds_it(given_name: str, family_name: str) -> None:
    words = words_of((given_name, family_name), "", "")
    for chunk in f"{given_name} {family_name}".split():
        for length in range(1, len(chunk) + 1):
            for typed in typed_words(chunk[:length]):
                assert any(typed <= word < typed + LAST for word in words), (typed, words)


@given(TEXT, TEXT, TEXT)
def test_words_can_be_kept_whatever_was_typed(name: str, email: str, phone: str) -> None:
    for word in words_of((name, name), email, phone):
        assert 0 < len(word) <= LONGEST_WORD
        assert word == fold(word)


@given(TEXT)
def test_what_is_typed_is_a_few_folded_words(query: str) -> None:
    typed = typed_words(query)
    assert len(typed) <= MOST_WORDS
    assert len(set(typed)) == len(typed)
    assert all(typed)


def test_an_email_is_found_whole_and_by_its_parts() -> None:
    words = words_of((), "Ana-Maria.Lopez@Mail.Example.org", "")
    assert {"ana-maria.lopez@mail.example.org", "mail.example.org", "ana", "maria", "lopez"} <= words
    assert typed_words("ana-maria.lopez@Mail") == ("ana-maria.lopez@mail",)
    assert typed_words("@mail.example") == ("mail.example",)
    assert any(word.startswith(typed_words("ana-maria.lopez")[0]) for word in words)


def test_a_phone_is_found_however_it_is_written() -> None:
    words = words_of((), "", "+44 20 7946 0958")
    for typed in ("+44 20 7946", "020 7946 0958", "(020) 79460958", "7946-0958", "0958", "442079460958"):
        for word in typed_words(typed):
            assert any(one.startswith(word) for one in words), (typed, word)


@given(st.text(min_size=1, max_size=20), st.text(max_size=5))
def test_the_range_holds_all_words_with_a_beginning_and_no_others(prefix: str, rest: str) -> None:
    assert prefix <= prefix + rest
    if LAST not in rest:
        assert prefix + rest < prefix + LAST


@given(NAMES, NAMES)
def test_the_sort_key_takes_family_name_first_and_fits(given_name: str, family_name: str) -> None:
    key = sort_key(family_name, given_name)
    assert len(key) <= 200
    assert key.startswith(fold(family_name)[:100])
    assert sort_key(family_name.upper(), given_name) >= fold(family_name)[:50]


@given(TEXT)
def test_tidy_text_has_no_loose_spaces(text: str) -> None:
    assert tidy(tidy(text)) == tidy(text)
    assert tidy(text) == tidy(text).strip()
    assert is_printable("Zoë O\u2019Brien")
    assert not is_printable("a\x00b")
